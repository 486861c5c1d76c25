"""Which documents of a source are polled together."""

from __future__ import annotations

import pytest

from newscrawl.schedule.learned import Learned
from newscrawl.schedule.rhythm import Rhythm
from newscrawl.schedule.together import in_order, with_company
from newscrawl.store.schedule.states import DocumentState


def document(kind, stories=0.0, failures=0, name=""):
    learned = Learned(rhythm=Rhythm(stories=stories)).to_bytes()
    return DocumentState(f"https://a.example/{name or kind}", "a", kind, failures=failures, learned=learned)


FEED, HOME, SITEMAP, NEWS = (document(kind) for kind in ("feed", "page", "sitemap", "news-sitemap"))


@pytest.mark.parametrize(
    ("due", "others", "polled"),
    [
        ([HOME], [FEED, SITEMAP], ["feed", "sitemap", "page"]),
        ([FEED], [HOME, SITEMAP], ["feed"]),
        ([SITEMAP], [HOME, FEED, NEWS], ["feed", "news-sitemap", "sitemap"]),
        ([HOME], [document("feed", failures=1)], ["page"]),
        ([document("feed", 1)], [document("feed", 90, name="main")], ["main", "feed"]),
        ([document("feed", 50)], [document("feed", 90, name="main")], ["feed"]),
        ([document("feed", 90, name="main")], [document("feed", 1)], ["main"]),
        ([HOME], [document("page", 90, name="section")], ["page"]),
        ([], [FEED, HOME], []),
    ],
)
def test_a_document_never_goes_without_those_that_name_the_same_stories_better(due, others, polled):
    assert [state.url.rpartition("/")[2] for state in with_company(due, others)] == polled


def test_a_story_is_counted_for_the_feed_that_brings_most():
    small, main = document("feed", 1, name="small"), document("feed", 9, name="main")

    assert in_order([HOME, small, SITEMAP, main]) == [main, small, SITEMAP, HOME]
