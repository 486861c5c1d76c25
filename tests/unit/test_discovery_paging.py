"""Which page of a listing a URL is."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from newscrawl.discovery import read_document
from newscrawl.discovery.paging import page_of_listing


@pytest.mark.parametrize(
    ("url", "page"),
    [
        ("https://a.example/news/page/3/", ("https://a.example/news", 3)),
        ("https://a.example/page/2/", ("https://a.example", 2)),
        ("https://a.example/", ("https://a.example", 1)),
        ("https://a.example/news?lang=de&page=4", ("https://a.example/news?lang=de", 4)),
        ("https://a.example/noticias/pagina-2", ("https://a.example/noticias", 2)),
        ("https://a.example/2026/11/26/harbour", ("https://a.example/2026/11/26/harbour", 1)),
    ],
)
def test_the_number_of_a_page_is_read_from_its_address(url, page):
    assert page_of_listing(url) == page


@pytest.mark.parametrize(("own", "next_page"), [("/news/", "/news/page/2/"), ("/news/page/2/", "/news/page/3/")])
def test_bare_numbers_lead_to_the_next_page_only(own, next_page):
    numbers = "".join(f'<a href="/news/page/{n}/">{n}</a>' for n in range(1, 6))
    story = '<h3><a href="/news/2026/11/26/harbour-opens-again-after-nine-years">Harbour opens after years</a></h3>'
    document = read_document(
        f"<html><body>{story}<div>{numbers}</div></body></html>".encode(),
        f"https://a.example{own}",
        fetched_at=datetime(2026, 11, 26, tzinfo=UTC),
    )

    assert [link.url for link in document.links if "/page/" in link.url] == [f"https://a.example{next_page}"]
    assert len(document.candidates) == 1
