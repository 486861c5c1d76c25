"""What a page says of the other pages of its article; and what it says of comments, pictures and other stories."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from lxml.html import fromstring

from newscrawl.extraction import Page, extract
from newscrawl.extraction.links.joining import is_repetition, is_same_story, joined, single
from newscrawl.extraction.links.paged import PagedArticle, Pager
from newscrawl.extraction.links.pager import find_pager
from newscrawl.extraction.tree.nodes import nodes_of
from newscrawl.items import Article

HOST = "https://gazette.example"
STORY = f"{HOST}/2026/11/a-long-read-about-the-harbour"
TEXT = "<p>The harbour of Narvik is older than the town, and its pilots know each rock by the name of a ship.</p>" * 3


def pager(url: str, markup: str, head: str = "", canonical: str | None = None) -> Pager | None:
    html = f"<html><head>{head}</head><body><article><h1>A long read</h1>{TEXT}</article>{markup}</body></html>"
    tree = fromstring(html)
    return find_pager(tree, nodes_of(tree), url, url, canonical)


def others(url: str, markup: str, head: str = "", canonical: str | None = None) -> list[str] | None:
    found = pager(url, markup, head, canonical)
    return None if found is None else [other.removeprefix(HOST) for _, other in found.others]


@pytest.mark.parametrize(
    ("address", "markup", "expected"),
    [
        (
            "/story.html",
            "<a href='?page=2'>2</a> <a href='?page=3'>3</a>",
            ["/story.html?page=2", "/story.html?page=3"],
        ),
        ("/a-story/", "<a href='/a-story/2/'>Page 2</a>", ["/a-story/2/"]),
        ("/a-story", "<a href='/a-story/page/2'>Weiter</a>", ["/a-story/page/2"]),
        ("/a-story", "<a rel=next href='/a-story/page:2'>&raquo;</a>", ["/a-story/page:2"]),
        ("/artikel-55.html", "<a href='/artikel-55-seite-2.html'>Auf Seite 2</a>", ["/artikel-55-seite-2.html"]),
        ("/artikel-55.html", "<a href='/artikel-55-p2.html'>Nächste Seite</a>", ["/artikel-55-p2.html"]),
        (
            "/recit.html",
            "<a href='/recit_2.html'>2</a><a href='/recit_3.html'>3</a>",
            ["/recit_2.html", "/recit_3.html"],
        ),
        ("/recit,1.html", "<a href='/recit,2.html'>2</a>", ["/recit,2.html"]),
        ("/nota/", "<a href='/nota/pagina/2'>Página siguiente</a>", ["/nota/pagina/2"]),
        ("/tekst", "<a href='/tekst?strona=2'>następna strona</a>", ["/tekst?strona=2"]),
        ("/текст", "<a href='/текст/2'>Далее</a>", ["/%D1%82%D0%B5%D0%BA%D1%81%D1%82/2"]),
        ("/kiji/", "<a href='/kiji/?p=2'>次のページへ</a>", ["/kiji/?p=2"]),
        ("/wenzhang.html", "<a href='wenzhang_2.html'>2</a>", ["/wenzhang_2.html"]),
        ("/khabar", "<a href='/khabar?page=2'>الصفحة التالية</a>", ["/khabar?page=2"]),
        ("/gisa?no=77", "<a href='/gisa?no=77&pg=2'>다음 페이지</a>", ["/gisa?no=77&pg=2"]),
        ("/artikel", "<a href='/artikel?start=1'>Vidare</a><a href='?start=1'>2</a>", ["/artikel?start=1"]),
        ("/joomla", "<ul class='pagination'><li><a href='/joomla?start=1'>Chapter two</a></ul>", ["/joomla?start=1"]),
        ("/node/5", "<ul class='pager'><li><a href='/node/5?page=0%2C1'>2</a></ul>", ["/node/5?page=0%2C1"]),
        ("/review", "<select><option value='/review/2'>2. Benchmarks</option></select>", ["/review/2"]),
        ("/review", "<div class='page-links'>Pages: <a href='/review/2/'><span>2</span></a></div>", ["/review/2/"]),
        ("/bai-viet.html", "<a href='/bai-viet-trang-2.html'>Trang sau</a>", ["/bai-viet-trang-2.html"]),
        ("/haber", "<a href='/haber?sayfa=2'>Sonraki sayfa</a>", ["/haber?sayfa=2"]),
    ],
)
def test_links_to_the_own_address_with_a_number_lead_to_further_pages(address, markup, expected):
    found = others(HOST + address, markup)

    assert found is not None
    assert found == expected


def test_a_link_in_the_head_leads_to_the_next_page():
    assert others(STORY, "", f"<link rel=next href='{STORY}?page=2'>") == [f"{STORY}?page=2".removeprefix(HOST)]


def test_a_further_page_knows_the_first():
    links = f"<a href='{STORY}'>1</a> <b>2</b> <a href='{STORY}?page=3'>3</a>"

    found = pager(f"{STORY}?page=2", links)

    assert found == Pager(2, STORY, ((3, f"{STORY}?page=3"),))


def test_the_last_page_knows_the_first():
    assert pager(f"{STORY}/3/", f"<a href='{STORY}/'>1</a> <a href='{STORY}/2/'>2</a> <b>3</b>") == Pager(
        3, f"{STORY}/", ((2, f"{STORY}/2/"),)
    )


def test_the_first_page_may_have_a_number_itself():
    links = f"<b>1</b> <a href='{STORY}?page=2'>2</a>"

    assert pager(f"{STORY}?page=1", links) == Pager(1, None, ((2, f"{STORY}?page=2"),))


def test_a_link_called_1_is_the_page_itself():
    assert others(STORY, f"<a href='{STORY}?page=1'>1</a><a href='{STORY}?page=2'>2</a>") == [
        f"{STORY}?page=2".removeprefix(HOST)
    ]


def test_the_pages_are_those_of_the_canonical_address():
    assert others(f"{HOST}/?p=77", f"<a href='{STORY}/2'>2</a>", canonical=STORY) == [f"{STORY}/2".removeprefix(HOST)]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("View all on one page", "?page=all"),
        ("Single page", "?single_page=true"),
        ("Artikel auf einer Seite lesen", "/komplettansicht"),
        ("All pages", "?showall=1"),
        ("Lire l’article sur une seule page", "?full=1"),
        ("全文表示", "?view=all"),
        ("На одной странице", "/full"),
    ],
)
def test_a_link_to_all_of_it_on_one_page_is_known(text, address):
    found = pager(STORY, f"<a href='{STORY}/2'>2</a><a href='{STORY}{address}'>{text}</a>")

    assert found is not None
    assert found.whole == STORY + address


@pytest.mark.parametrize(
    "markup",
    [
        f"<a rel=next href='{HOST}/2026/11/another-story'>Next article</a>",
        f"<a rel=next href='{STORY}-2'>Next: the harbour again</a>",
        f"<div class='comments'><a href='{STORY}?page=2'>2</a></div>",
        f"<div id='kommentare'><ul><li><a href='{STORY}?page=2'>2</a></ul></div>",
        f"<a href='{STORY}/comment-page-2/#comments'>2</a>",
        f"<a href='{STORY}?cpage=2'>2</a>",
        f"<a href='{STORY}?page=2#comments'>2</a>",
        f"<div class='gallery'><a href='{STORY}?page=2'>2</a></div>",
        f"<a href='{STORY}?image=2'>2</a>",
        f"<a href='{STORY}/photo-2'>2</a>",
        f"<a href='{HOST}/page/2/'>2</a><a href='{HOST}/news?page=2'>Older posts</a>",
        f"<a href='{STORY}?share=2'>Share</a>",
        f"<a href='{STORY}-part-2'>Part 2</a>",
        f"<a href='{STORY}#page2'>2</a>",
        f"<a href='{STORY}?print=1'>Print</a>",
    ],
)
def test_other_stories_comments_pictures_and_lists_are_no_further_pages(markup):
    assert pager(STORY, markup) is None


def test_numbers_in_addresses_of_other_stories_count_no_pages():
    links = f"<a href='{HOST}/news/13'>13 rescued at sea</a><a href='{HOST}/news/11'>Ferry late</a>"

    assert pager(f"{HOST}/news/12", links) is None


def test_extraction_says_that_an_article_has_further_pages():
    html = f"<html><body><article><h1>A long read</h1>{TEXT}</article><a href='?page=2'>2</a></body></html>"

    article, _ = extract(Page(html.encode(), datetime(2026, 11, 25, tzinfo=UTC)), STORY)

    assert isinstance(article, PagedArticle)
    assert type(single(article)) is Article


def article(url: str, *lines: str, title: str = "A long read", pager: Pager | None = None) -> Article:
    known = {"url": url, "title": title, "body": "\n\n".join(lines)}
    return PagedArticle(**known, pager=pager) if pager else Article(**known)


def test_paragraphs_that_each_page_repeats_stand_once():
    first = article(STORY, "The deck.", "One.", "Written by the desk.")
    second = article(f"{STORY}?page=2", "The deck.", "Two.", "Written by the desk.")

    whole = joined(first, [second], [f"{STORY}?page=3"])

    assert whole.body == "The deck.\n\nOne.\n\nWritten by the desk.\n\nTwo."
    assert (whole.parts, whole.parts_missing, whole.word_count) == ([f"{STORY}?page=2"], [f"{STORY}?page=3"], 8)


def test_a_page_that_shows_the_same_text_is_none():
    assert is_repetition("One.\n\nTwo, which is longer.\n\nThree.", "Two, which is longer.\n\nOne.")
    assert not is_repetition("One.\n\nTwo.", "One.\n\nThree, which is new.")


def test_a_page_of_another_title_is_a_part_only_where_it_links_back():
    first, other = article(STORY, "One."), article(f"{STORY}/2", "Two.", title="Benchmarks and heat")
    linked = article(f"{STORY}/2", "Two.", title="Benchmarks and heat", pager=Pager(2, STORY))

    assert not is_same_story(first, other)
    assert is_same_story(first, linked)
