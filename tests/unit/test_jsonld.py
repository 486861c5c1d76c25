"""What JSON-LD says of other pages is not said of this one."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from newscrawl.extraction import Page, extract
from newscrawl.extraction.declarations.jsonld import OTHER_PAGES, read_json
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


GOOD = '{"@type":"NewsArticle","headline":"The ferry","datePublished":"2026-11-04","author":{"name":"Nell Harrowby"}}'
SLIPS = {
    "trailing comma": GOOD.replace('"}}', '"},}'),
    "unescaped quotation marks": GOOD.replace("The ferry", 'The "new" ferry'),
    "line break in a string": GOOD.replace("The ferry", "The\nferry"),
    "missing comma": GOOD.replace('ferry",', 'ferry"\n'),
    "single quotation marks": GOOD.replace('"', "'"),
    "JavaScript comment": GOOD.replace('"headline"', '/* title */ "headline"'),
    "undefined": GOOD.replace('"}}', '"},"image":undefined}'),
    "not a number": GOOD.replace('"}}', '"},"wordCount":NaN}'),
    "CDATA in comments": f"/*<![CDATA[*/{GOOD}/*]]>*/",
    "HTML comment": f"<!-- {GOOD} -->",
    "byte order mark": f"\ufeff{GOOD}",
    "entities": GOOD.replace('"', "&quot;"),
    "wrong escape": GOOD.replace("ferry", "fe\\qry"),
    "two objects": GOOD + GOOD,
    "cut off": GOOD.removesuffix('"}}'),
}


@pytest.mark.parametrize("text", SLIPS.values(), ids=SLIPS)
def test_json_with_a_slip_still_says_when_and_by_whom(text: str) -> None:
    value = read_json(text)

    assert value["datePublished"] == "2026-11-04"
    assert value["author"]["name"] == "Nell Harrowby"
