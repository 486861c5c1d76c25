"""The bytes of a page are hashed once: for the next look at it, and for its article."""

from __future__ import annotations

from hashlib import sha256

from scrapy.http import HtmlResponse

from newscrawl.extraction import extract
from newscrawl.items import Article
from newscrawl.looks import look_of
from newscrawl.responses import page_of

BODY = b"<html><h1>One</h1>" + b"<p>The harbour is closed until the ice is gone, the town says.</p>" * 20


def test_a_look_is_the_same_with_the_digest_as_with_the_bytes():
    response = HtmlResponse("https://a.example/a", body=BODY)
    assert look_of(response, page_of(response).sha256) == look_of(response)


def test_an_article_has_the_digest_of_its_bytes_whoever_made_it():
    response = HtmlResponse("https://a.example/a", body=BODY)
    article, _ = extract(page_of(response), response.url)
    assert isinstance(article, Article)
    assert article.html_sha256 == f"h{sha256(BODY).hexdigest()}"
