"""Who wrote a page: persons only, from what it declares or from the byline that readers see."""

from __future__ import annotations

import json

import pytest
from lxml.html import fromstring

from newscrawl.extraction.declarations.declared import Declared
from newscrawl.extraction.metadata.authors import choose_authors
from newscrawl.extraction.metadata.bylines import bylines, parted_text
from newscrawl.extraction.metadata.headline_place import find_headline
from newscrawl.extraction.tree.nodes import nodes_of

URL = "https://gazette.example/2026/05/05/ferry"
NELL, INES = "Nell Harrowby", "Ines Calder"


def authors(body: str, head: str = "") -> list[str]:
    tree = fromstring(f"<html><head>{head}</head><body>{body}</body></html>")
    value: list[str] = choose_authors(find_headline(nodes_of(tree), ""), Declared(tree, URL)).value
    return value


def json_ld(author: object) -> str:
    story = {"@type": "NewsArticle", "headline": "The ferry is back", "author": author}
    return f'<script type="application/ld+json">{json.dumps(story)}</script>'


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        pytest.param({"@type": "Person", "name": "Nell Harrowby"}, ["Nell Harrowby"], id="a person"),
        pytest.param([{"name": "Nell Harrowby"}, {"name": "Ines Calder"}], ["Nell Harrowby", "Ines Calder"], id="two"),
        pytest.param("By Nell Harrowby and Ines Calder", ["Nell Harrowby", "Ines Calder"], id="a sentence"),
        pytest.param({"@type": "Organization", "name": "Coast Wire"}, [], id="an organisation"),
        pytest.param({"@type": "Person", "name": "Gazette Staff"}, [], id="a desk"),
        pytest.param("https://social.example/nell", [], id="an address"),
    ],
)
def test_takes_the_persons_that_json_ld_names(author: object, expected: list[str]) -> None:
    assert authors("<h1>The ferry is back</h1>", json_ld(author)) == expected


@pytest.mark.parametrize(
    ("byline", "expected"),
    [
        pytest.param(f'<p>By <a href="/author/nell">{NELL}</a></p>', [NELL], id="address of an author"),
        pytest.param(
            f'<ul><li><a href="/people/nell">{NELL}</a></li><li><a href="/people/ines">{INES}</a></li></ul>',
            [NELL, INES],
            id="two addresses",
        ),
        pytest.param(f'<div class="byline">By<a>{NELL}</a><a>News</a></div>', [NELL], id="class name"),
        pytest.param(f"<ul><li>Von: <a>{NELL}</a>, <a>{INES}</a></li></ul>", [NELL, INES], id="spoken"),
        pytest.param('<p class="author">Leave a comment here</p>', [], id="no name at all"),
        pytest.param('<p class="author">Posted on | Monday</p>', [], id="a date's label"),
    ],
)
def test_reads_the_byline_below_the_headline(byline: str, expected: list[str]) -> None:
    assert authors(f"<h1>The ferry is back</h1>{byline}<p>The ferry crossed the sound this morning.</p>") == expected


def test_leaves_the_author_of_a_teaser_to_the_other_story() -> None:
    teaser = '<article><h3><a href="/lock">The lock is shut</a></h3><a href="/author/ines">Ines Calder</a></article>'

    assert authors(f"<h1>The ferry is back</h1>{teaser}") == []


def test_believes_what_is_declared_before_what_is_shown() -> None:
    shown = '<h1>The ferry is back</h1><p class="byline">Ines Calder</p>'

    assert authors(shown, json_ld({"name": "Nell Harrowby"})) == ["Nell Harrowby"]


def test_parts_the_texts_of_neighbouring_elements() -> None:
    line = fromstring("<div>By<a>Nell <b>Harrowby</b></a><span>Chief</span></div>")

    assert parted_text(nodes_of(line), 0) == "By|Nell Harrowby|Chief"


def test_reads_a_hostile_byline_in_bounded_time() -> None:
    tree = fromstring("<html><body><h1>x</h1><div class='author'>" + "<span>a" * 20_000 + "</body></html>")

    assert list(bylines(find_headline(nodes_of(tree), "")))


@pytest.mark.parametrize(
    ("byline", "expected"),
    [
        ("<p>记者 张伟 李娜 通讯员 王芳</p>", ["张伟", "李娜", "王芳"]),
        ('<span class="author">来源：江城晚报 责任编辑：王申</span>', []),
        ('<p class="byline">김철수 기자 kim@paper.example</p>', ["김철수"]),
        ('<p class="author">文・山田太郎</p>', ["山田太郎"]),
        ('<div class="author">Автор: Анна Петрова</div>', ["Анна Петрова"]),
        ('<div class="byline">بقلم: أحمد حسن</div>', ["أحمد حسن"]),
        ("<p>लेखक: राम कुमार</p>", ["राम कुमार"]),
        ('<div class="author">Του Νίκου Παππά</div>', ["Νίκου Παππά"]),
        ('<span data-component="Byline">By Jane Roe</span>', ["Jane Roe"]),
        ("<div>By JANE ROE and MAX MUSTER</div>", ["Jane Roe", "Max Muster"]),
        ("<p>Photo by Max Muster</p>", []),
        ('<p class="byline">Foto: Max Muster</p>', []),
        ('<p class="byline">Escrito por María del Carmen Ruiz</p>', ["María del Carmen Ruiz"]),
        ("<p>Haber: Ayşe Yılmaz</p>", ["Ayşe Yılmaz"]),
        ('<div class="author"><span>Oleh</span> <b>Budi Santoso</b></div>', ["Budi Santoso"]),
        ("<p>Written by</p><p>Jane Roe</p>", ["Jane Roe"]),
        ('<div class="author">โดย สมชาย ใจดี</div>', ["สมชาย ใจดี"]),
        ('<div class="author">מאת דנה כהן</div>', ["דנה כהן"]),
        ('<span class="author">作者：欧阳海</span>', ["欧阳海"]),
        ('<div class="byline">Tekst: Kari Nordmann</div>', ["Kari Nordmann"]),
    ],
)
def test_a_byline_is_read_in_every_script(byline: str, expected: list[str]) -> None:
    assert authors(f"<h1>The ferry is back</h1>{byline}<p>The ferry crossed the sound this morning.</p>") == expected


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        ("江城发布", []),
        ("张伟", ["张伟"]),
        ("新华社", []),
        ("연합뉴스", []),
        ("온라인뉴스팀", []),
        ("編集部", []),
        ("朝日新聞社", []),
        ("Редакция", []),
        ("Служба новостей", []),
        ("وكالة الأنباء الوطنية", []),
        ("غرفة الأخبار", []),
        ("न्यूज डेस्क", []),
        ("AFP", []),
        ("Reuters, Jane Roe", ["Jane Roe"]),
        ("Jane Roe, Associated Press", ["Jane Roe"]),
        ("Haber Merkezi", []),
        ("CC BY-SA 4.0", []),
        ("admin", []),
        ("webmaster", []),
        ("王", []),
        ("本报讯", []),
        ("关注", []),
        ("网易", []),
        (
            "Dana A. Ford, James S.A. Corey, Chien-Ming Wang, and Tom Watkins, CNN",
            ["Dana A. Ford", "James S.A. Corey", "Chien-Ming Wang", "Tom Watkins"],
        ),
    ],
)
def test_a_declared_author_is_a_person(declared: str, expected: list[str]) -> None:
    assert authors("<h1>The ferry is back</h1>", f'<meta name="author" content="{declared}">') == expected


def test_an_address_beside_a_name_takes_none_of_it() -> None:
    byline = '<div class="author vcard">By <a class="fn">Nell Harrowby | nell@gazette.example</a><br><a>Email</a></div>'

    assert authors(f"<h1>The ferry is back</h1>{byline}") == ["Nell Harrowby"]


def test_the_uploader_gives_way_to_the_byline() -> None:
    shown = (
        '<h1>The ferry is back</h1><p class="byline">By <a rel="author" href="/contributors/ines">Ines Calder</a></p>'
    )

    assert authors(shown, json_ld({"@type": "Person", "name": "Nell Harrowby"})) == ["Ines Calder"]
    assert authors(f"{shown}<p>Nell Harrowby</p>", json_ld({"name": "Nell Harrowby"})) == ["Nell Harrowby"]


def test_a_menu_of_columnists_is_no_byline() -> None:
    names = ["Alejo Dias", "Claudia Alves", "Diego Bronte", "Elena Llorente", "Ezequiel Boetti", "Fernanda Ruiz"]
    menu = "".join(f'<li><a href="/autores/{name}">{name}</a></li>' for name in names)

    assert authors(f"<h1>El ferry</h1><ul>{menu}</ul><p>El ferry cruzó el estrecho esta mañana.</p>") == []


@pytest.mark.parametrize(
    "line",
    [
        f"By {NELL} on 4 November 2026",
        f"Posted by {NELL} on November 4, 2026 at 10:30 am in News",
        f"By {NELL} Updated 4 November",
        f"By {NELL} Wednesday 4 November",
        f"By <a href='/x'>{NELL}</a> Nov. 4, 2026",
        f"Von {NELL} am 4. November 2026",
        f"Par {NELL} le 4 novembre 2026",
        f"Por {NELL} el 4 de noviembre de 2026",
        f"Av {NELL} den 4 november 2026",
        f"Yazan: {NELL} 4 Kasım 2026 Çarşamba",
        f"Posted on 4 November 2026 by {NELL}",
        f"Posted on 4 November 2026 by <a href='/x'>{NELL}</a>",
        f"Mittwoch, 4. November 2026 von {NELL}",
        f"04.11.2026, 10:20 Uhr | Von {NELL}",
        f"Publié le 4 novembre 2026 à 10h20 par {NELL}",
    ],
)
@pytest.mark.parametrize("tag", ["p", "div", "span"])
def test_a_date_beside_the_name_is_no_part_of_it(line: str, tag: str) -> None:
    byline = f"<div><{tag} class=meta>{line}</{tag}></div>"

    assert authors(f"<h1>The ferry is back</h1>{byline}<p>The ferry crossed the sound this morning.</p>") == [NELL]


@pytest.mark.parametrize(
    "line",
    [
        "The ferry sank in 2019 by Cape Horn.",
        "He died on 4 May 2019 by Cape Horn.",
        "By 2030 Cape Town has water",
        "By 24 Hours",
    ],
)
def test_a_sentence_with_a_date_is_no_byline(line: str) -> None:
    assert authors(f"<h1>The ferry is back</h1><p>{line}</p><p>The ferry crossed the sound this morning.</p>") == []


@pytest.mark.parametrize(
    "line", [f"By {NELL}", f"Von {NELL}", f"Por {NELL}", f"Oleh {NELL}", f"4 November 2026 by {NELL}"]
)
@pytest.mark.parametrize(
    "markup",
    [
        "<article><h1>The ferry is back</h1>{0}<br><br>The ferry crossed the sound.</article>",
        "<div><h1>The ferry is back</h1><x-byline>{0}</x-byline><x-p>The ferry crossed the sound.</x-p></div>",
        "<div><header><h1>The ferry is back</h1></header>{0}<p>The ferry crossed the sound.</p></div>",
        "<div><h1>The ferry is back</h1><img src=a.jpg>{0}<p>The ferry crossed the sound.</p></div>",
    ],
)
def test_a_byline_may_be_bare_text_or_a_custom_element(markup: str, line: str) -> None:
    assert authors(markup.format(line)) == [NELL]


def test_bare_text_further_down_is_no_byline() -> None:
    text = "The ferry crossed the sound this morning, with nine people and a dog on board. " * 3

    assert authors(f"<div><h1>The ferry is back</h1>{text}<br>By {NELL}<br></div>") == []


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (f"By {NELL} Edited by {INES}", [NELL]),
        (f"Words by {NELL}. Photographs by {INES}", [NELL]),
        (f"By {NELL} - Westmere", [NELL]),
        ("Por María de los Ángeles Ruiz", ["María de los Ángeles Ruiz"]),
        ("By Omar al-Hassan", ["Omar al-Hassan"]),
        ("Di Sofia d'Angelo", ["Sofia d'Angelo"]),
        ("新华社记者 张伟", ["张伟"]),
        ("本报记者 张伟 李丽", ["张伟", "李丽"]),
        ("홍길동 기자 hong@g.example", ["홍길동"]),
        ("كتب: محرر الشؤون المحلية", []),
        ("By Executive Content Editor", []),
        ("By Letters To The Editor", []),
        ("By Executive Content Editor | 3 May", []),
    ],
)
def test_a_byline_names_its_authors_and_nobody_else(line: str, expected: list[str]) -> None:
    assert (
        authors(f"<h1>The ferry is back</h1><p>{line}</p><p>The ferry crossed the sound this morning.</p>") == expected
    )
