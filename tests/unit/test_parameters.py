"""Which parameters say nothing at a site, as its pages tell."""

from __future__ import annotations

import pytest

from newscrawl.spiders.parameters import MOST, SiteParameters

SITE = "https://a.example"


def learned(*pages: tuple[str, str]) -> SiteParameters:
    known = SiteParameters()
    for url, canonical in pages:
        known.learn(SITE + url, SITE + canonical)
    return known


def test_a_parameter_that_two_stories_drop_says_nothing():
    known = learned(("/a?pos=top", "/a"), ("/b?pos=side&id=7", "/b?id=7"))

    assert known.without(f"{SITE}/c?pos=left") == f"{SITE}/c"
    assert known.without(f"{SITE}/c?pos=left&id=9") == f"{SITE}/c?id=9"
    assert known.without(f"{SITE}/c?position=left") == f"{SITE}/c?position=left"


@pytest.mark.parametrize(
    "pages",
    [
        [("/a?pos=top", "/a")],
        [("/a?pos=top", "/a"), ("/a?pos=side", "/a")],
        [("/read.php?pos=1", "/read.php"), ("/read.php?pos=2", "/read.php"), ("/read.php?pos=3", "/read.php")],
        [("/a?pos=top", "/a"), ("/b?pos=top", "/b"), ("/c?pos=1", "/c?pos=1")],
        [("/a?pos=top", "/x/a"), ("/b?pos=top", "/x/b")],
        [("/a?pos=top", "/"), ("/b?pos=top", "/")],
    ],
    ids=["one-story", "one-story-twice", "one-canonical-for-all", "kept-by-another", "another-path", "home-page"],
)
def test_a_parameter_stays_where_the_pages_do_not_agree_that_it_says_nothing(pages):
    assert learned(*pages).without(f"{SITE}/c?pos=left") == f"{SITE}/c?pos=left"


def test_a_site_that_makes_up_parameters_is_not_learned():
    known = learned(("/a?pos=top", "/a"), ("/b?pos=top", "/b"))
    for number in range(2 * MOST):
        known.learn(f"{SITE}/{number}?p{number}=1", f"{SITE}/{number}")
        known.learn(f"{SITE}/{number}?q{number}=1", f"{SITE}/{number}?q{number}=1")

    assert len(known.dropped) <= MOST
    assert len(known.kept) <= MOST + 1
    assert known.without(f"{SITE}/c?pos=left") == f"{SITE}/c?pos=left"


def test_what_a_page_says_again_is_no_news():
    known = SiteParameters()

    assert known.learn(f"{SITE}/a?pos=top", f"{SITE}/a")
    assert not known.learn(f"{SITE}/a?pos=side", f"{SITE}/a")
