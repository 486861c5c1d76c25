"""When the feed's text stands in for the page's."""

from __future__ import annotations

from newscrawl.discovery import Candidate, Via
from newscrawl.items import Article
from newscrawl.outcomes import Reason, Rejection
from newscrawl.spiders.feed_text import FeedTexts, is_wanted, page_of_text

URL = "https://a.example/1"
TEXT = " ".join(f"The harbour opened again on day {n} after nine years of work." for n in range(40))
CANDIDATE = Candidate(URL, Via.FEED, "https://a.example/feed", title="A & B", content=f"<p>{TEXT}</p>")


def article(body: str, **known: object) -> Article:
    return Article(url=URL, title="A & B", body=body, word_count=len(body.split()), **known)


def test_the_feed_stands_in_for_a_wall_and_a_teaser_and_not_for_a_page_that_is_none_or_whole():
    assert is_wanted(Rejection(URL, Reason.HTTP_STATUS), CANDIDATE)
    assert is_wanted(Rejection(URL, Reason.NO_BODY), CANDIDATE)
    assert is_wanted(article(TEXT[:300]), CANDIDATE)
    assert not is_wanted(Rejection(URL, Reason.GONE), CANDIDATE)
    assert not is_wanted(article(TEXT), CANDIDATE)
    assert not is_wanted(article("Another story, which is short and stands at this address by now."), CANDIDATE)


def test_a_text_is_kept_until_its_page_came_and_its_title_is_escaped():
    texts = FeedTexts()
    texts.keep([CANDIDATE, Candidate("https://a.example/2", Via.FEED, "https://a.example/feed")])

    assert texts.take("a.example/1") is CANDIDATE
    assert texts.take("a.example/1") is texts.take("a.example/2") is None
    assert b"<h1>A &amp; B</h1>" in page_of_text(CANDIDATE).body
