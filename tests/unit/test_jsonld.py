"""What JSON-LD says of other pages is not said of this one."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from newscrawl.extraction import Page, extract
from newscrawl.extraction.jsonld import OTHER_PAGES
from newscrawl.items import Article

NOW = datetime(2026, 6, 1, tzinfo=UTC)
URL = "https://a.example/news/the-council-asks-the-mayor"
PROSE = "".join(f"<p>The mayor answered question {n} of the council, as it had asked in May.</p>" for n in range(8))
HEADLINE = "The council asks the mayor"
OTHER = {
    "@type": "NewsArticle",
    "headline": "Lighthouse sold for a pound",
    "author": {"@type": "Person", "name": "Nell Harrowby"},
    "datePublished": "2019-02-03T04:05:06Z",
}


def read(data: object) -> Article:
    script = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    page = f"<html lang=en><head>{script}</head><body><article><h1>{HEADLINE}</h1>{PROSE}</article></body>"
    article = extract(Page(page.encode(), NOW, "text/html"), URL)[0]
    assert isinstance(article, Article)
    return article


@pytest.mark.parametrize("key", sorted(OTHER_PAGES))
def test_an_article_below_a_key_of_other_pages_lends_its_author_and_date_to_none(key):
    article = read({"@type": "WebPage", key: [OTHER]})

    assert (article.title, article.authors, article.published_at) == (HEADLINE, [], None)


@pytest.mark.parametrize("key", ["mainEntity", "@graph"])
def test_an_article_below_a_key_of_the_page_itself_is_the_pages(key):
    article = read({"@type": "WebPage", key: [OTHER | {"headline": HEADLINE}]})

    assert (article.authors, article.published_at) == (["Nell Harrowby"], datetime(2019, 2, 3, 4, 5, 6, tzinfo=UTC))
