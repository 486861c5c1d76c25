"""Bylines as the papers of many languages write them, and names that stand in other stories' teasers."""

from __future__ import annotations

import pytest
from lxml.html import fromstring

from newscrawl.extraction.declarations.declared import Declared
from newscrawl.extraction.metadata.authors import choose_authors
from newscrawl.extraction.metadata.headline_place import find_headline
from newscrawl.extraction.tree.nodes import nodes_of

TEXT = {
    "zh": "市政府周一决定将旧桥关闭至明年春天，以便进行维修。",
    "ja": "市議会は月曜日、古い橋を春まで閉鎖することを決めた。",
    "ko": "시의회는 월요일 낡은 다리를 봄까지 폐쇄하기로 결정했다.",
}


def authors(body: str, language: str = "en") -> list[str]:
    tree = fromstring(f'<html lang="{language}"><body>{body}</body></html>')
    value: list[str] = choose_authors(
        find_headline(nodes_of(tree), ""), Declared(tree, "https://harbour.example/2026/11/24/bridge")
    ).value
    return value


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Opinion by Nell Harrowby", "Nell Harrowby"),
        ("Ein Gastbeitrag von Gerda Mühlbauer", "Gerda Mühlbauer"),
        ("Von unserer Redakteurin Gerda Mühlbauer", "Gerda Mühlbauer"),
        ("Un article de Solène Carpentier", "Solène Carpentier"),
        ("Periodista: Marisa Quintana", "Marisa Quintana"),
        ("Reportagem: Marta Sardinha", "Marta Sardinha"),
        ("dal nostro inviato Paolo Conti", "Paolo Conti"),
        ("Door onze redacteur Femke Dijkstra", "Femke Dijkstra"),
        ("Toimittaja: Aino Salonen", "Aino Salonen"),
        ("Opracowała Zofia Wiśniewska", "Zofia Wiśniewska"),
        ("Autorka: Jana Nováčková", "Jana Nováčková"),
        ("Szerzők: Kovács Ágnes", "Kovács Ágnes"),
        ("Publicat de Ioana Drăgan", "Ioana Drăgan"),
        ("Автор статьи: Анна Белова", "Анна Белова"),
        ("Підготувала Оксана Бойко", "Оксана Бойко"),
        ("Κείμενο: Ελένη Μαυρίδη", "Ελένη Μαυρίδη"),
        ("Muhabir: Elif Yıldırım", "Elif Yıldırım"),
        ("Pewarta: Siti Rahmawati", "Siti Rahmawati"),
        ("Phóng viên: Nguyễn Thị Lan", "Nguyễn Thị Lan"),
        ("كتبت- ليلى الحداد", "ليلى الحداد"),
        ("כתב: נועה ברק", "נועה ברק"),
        ("रिपोर्टर: अनीता शर्मा", "अनीता शर्मा"),
        ("লিখেছেন শিরীন আক্তার", "শিরীন আক্তার"),
        ("ผู้สื่อข่าว: สุดา ใจดี", "สุดา ใจดี"),
        ("Հեղինակ՝ Անի Հակոբյան", "Անի Հակոբյան"),
        ("ដោយ៖ សុខ សុភា", "សុខ សុភា"),
        ("文｜王丽华", "王丽华"),
        ("记者王丽华报道", "王丽华"),
        ("（记者 王丽华）", "王丽华"),
        ("記者陳美玲／台北報導", "陳美玲"),
        ("(中央社記者陳美玲台北24日電)", "陳美玲"),
        ("山田太郎記者", "山田太郎"),
        ("[서울=뉴스] 김민수 기자", "김민수"),
        ("Nell Harrowby, Political Editor", "Nell Harrowby"),
        ("Aino Salonen, toimittaja", "Aino Salonen"),
    ],
)
@pytest.mark.parametrize("tag", ["p", "div", "span"])
def test_a_byline_is_known_in_its_language(line: str, name: str, tag: str) -> None:
    assert authors(f"<h1>The bridge is closed</h1><{tag}>{line}</{tag}><p>The council closed the bridge.</p>") == [name]


@pytest.mark.parametrize(
    ("language", "opening", "end", "expected"),
    [
        ("zh", "新华社北京11月24日电（记者王丽华、张伟）", "", ["王丽华", "张伟"]),
        ("zh", "本报讯（记者 王丽华 通讯员 张伟）", "", ["王丽华", "张伟"]),
        ("zh", "中新网北京11月24日电 (王丽华)", "", ["王丽华"]),
        ("zh", "", "（本报记者 王丽华）", ["王丽华"]),
        ("zh", "〔記者陳美玲／台北報導〕", "", ["陳美玲"]),
        ("ja", "【東京＝山田太郎】", "", ["山田太郎"]),
        ("ja", "", "（山田太郎、佐藤花子）", ["山田太郎", "佐藤花子"]),
        ("ja", "", "（聞き手・山田太郎）", ["山田太郎"]),
        ("ko", "(서울=연합뉴스) 김민수·이서연 기자 = ", "", ["김민수", "이서연"]),
        ("ko", "[헤럴드경제=김민수 기자] ", "", ["김민수"]),
        ("ko", "", " / 김민수 기자 minsu@press.example", ["김민수"]),
        ("zh", "（新华社记者 李响 摄）", "", []),
        ("zh", "", "（责任编辑：张伟）", []),
        ("ja", "", "（写真提供）", []),
        ("ja", "【会員限定】", "", []),
        ("ja", "山田太郎", "", []),
    ],
)
def test_a_reporter_is_named_at_the_edge_of_the_text(
    language: str, opening: str, end: str, expected: list[str]
) -> None:
    text = TEXT[language]

    body = f"<h1>The bridge</h1><p>{opening}{text}{text}</p><p>{text}</p><p>{text}{end}</p>"

    assert authors(body, language) == expected


def test_microdata_of_a_teaser_names_nobody() -> None:
    teaser = (
        '<div class="post"><h4><a href="/lock">The lock</a></h4><div itemprop="author" itemscope>'
        '<meta itemprop="name" content="Ines Calder"></div></div>'
    )

    assert authors(f"<h1>The bridge is closed</h1><p>The council closed the bridge.</p>{teaser}") == []


def test_a_headline_that_links_to_itself_is_no_teaser() -> None:
    post = (
        '<div class="post"><h2><a href="/bridge">The bridge is closed</a></h2><p class="author">Ines Calder</p></div>'
    )
    tree = fromstring(f"<html><body>{post}</body></html>")

    headline = find_headline(nodes_of(tree), "The bridge is closed")

    assert choose_authors(headline, Declared(tree, "")).value == ["Ines Calder"]


def test_whoever_gave_the_picture_did_not_write_the_story() -> None:
    picture = '<figure><img src="a.jpg"><figcaption><span>By Ida Lund</span></figcaption></figure>'

    assert authors(f"<h1>The bridge is closed</h1>{picture}<div>By Nell Harrowby</div>") == ["Nell Harrowby"]


def test_what_a_label_before_the_name_says_counts_for_a_named_byline() -> None:
    line = '<div><span>Fact checked by</span> <a class="author-name">Ida Lund</a></div>'

    assert authors(f"<h1>The bridge is closed</h1>{line}<p>The council closed the bridge.</p>") == []


@pytest.mark.parametrize(
    ("language", "line", "name"),
    [
        ("ro", "De Ioana Drăgan", "Ioana Drăgan"),
        ("bg", "От Мария Колева", "Мария Колева"),
        ("cs-CZ", "Od: Jana Nováčková", "Jana Nováčková"),
        ("sw", "Na Amina Juma", "Amina Juma"),
        ("sv", "Per Holmgren", "Per Holmgren"),
        ("nl", "De Vries Pieter", "De Vries Pieter"),
    ],
)
def test_a_short_word_for_by_counts_in_its_language(language: str, line: str, name: str) -> None:
    assert authors(f'<h1>The bridge is closed</h1><p class="byline">{line}</p>', language) == [name]


@pytest.mark.parametrize(
    "line",
    [
        "<ul><li><span>Nell Harrowby</span></li><li><span>24. November 2026</span></li></ul>",
        "<p><span>Nell Harrowby</span> | <time>2026-11-24 10:30</time></p>",
        "<small>24.11.2026 | 13:10 Uhr | Nell Harrowby</small>",
        "<div>24.11.2026 - Nell Harrowby</div>",
    ],
)
def test_a_name_beside_the_date_is_the_author(line: str) -> None:
    assert authors(f"<h1>The bridge is closed</h1>{line}<p>The council closed the bridge.</p>") == ["Nell Harrowby"]


@pytest.mark.parametrize(
    "line",
    [
        "<p><span>New Delhi</span> | <time>2026-11-24 10:30</time></p>",
        '<p><a href="/inter">Inter Milano</a> | <time>2026-11-24 10:30</time></p>',
        "<p><span>Harbour Desk</span> | <time>2026-11-24 10:30</time></p>",
        "<p><span>Print This Page</span> | <time>2026-11-24 10:30</time></p>",
        "<p><span>Real Madrid</span></p><p>The match of 2026-11-24 was lost before it began.</p>",
    ],
)
def test_a_place_or_a_section_beside_the_date_is_nobody(line: str) -> None:
    menu = '<nav><a href="/inter">Inter Milano</a></nav>'

    assert authors(f"{menu}<h1>The bridge is closed</h1>{line}<p>The council closed the bridge.</p>") == []


@pytest.mark.parametrize(
    "box",
    [
        '<div class="meta"><div>By: <a href="/author/nell">Nell Harrowby</a></div></div>',
        '<p><a href="/author/nell">View all posts by Nell Harrowby</a></p>',
        "<h4>About the author - <span>Nell Harrowby</span></h4>",
        "<h3>Über die Autorin</h3><p>Nell Harrowby ist Reporterin in Leeds.</p>",
        "<p><strong>Autorin: Nell Harrowby, Projektleiterin in Leeds.</strong></p>",
        "<p>Auteur : Nell Harrowby</p>",
    ],
)
def test_the_author_is_named_below_the_text(box: str) -> None:
    text = "<p>The council closed the bridge on Monday until spring, and nobody was asked about it.</p>" * 20

    assert authors(f"<h1>The bridge is closed</h1>{text}{box}") == ["Nell Harrowby"]


def test_the_whole_name_is_taken_where_the_given_name_is_declared() -> None:
    page = (
        '<html><head><meta name="author" content="Nell"></head><body><h1>The bridge</h1><p>The council closed it.</p>'
        "<p>Written by Nell Harrowby</p></body></html>"
    )
    tree = fromstring(page)

    assert choose_authors(find_headline(nodes_of(tree), ""), Declared(tree, "")).value == ["Nell Harrowby"]


def test_a_section_is_nobody() -> None:
    page = '<html><head><meta property="article:section" content="College Rowing"></head><body>'
    tree = fromstring(f'{page}<h1>The bridge</h1><p class="author">College Rowing</p></body></html>')

    assert choose_authors(find_headline(nodes_of(tree), ""), Declared(tree, "")).value == []
