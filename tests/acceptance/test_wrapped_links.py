"""A feed whose links are wrapped anew each time: the id of an entry tells that its story is known."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.crawling import crawl
from tests.newspaper import article, headline, listing
from tests.site import Site


def feed(entries: Sequence[tuple[str, str, str]]) -> tuple[int, dict[str, str], bytes]:
    items = "".join(
        f"<item><title>{title}</title><link>{link}</link><guid isPermaLink='false'>{guid}</guid></item>"
        for link, title, guid in entries
    )
    rss = f"<rss version='2.0'><channel><title>Post</title>{items}</channel></rss>"
    return 200, {"Content-Type": "application/rss+xml"}, rss.encode()


@pytest.mark.parametrize("guid", ["tag:post.example,2026:{}", "https://post.example/?p={}", "{}"])
def test_a_known_entry_under_a_new_link_is_not_fetched_again(guid, tmp_path):
    with Site() as site:
        for run in "ab":
            for n in range(3):
                site.pages[f"/out/{run}{n}"] = (302, {"Location": f"/story-{n}"}, b"")
                site.pages[f"/story-{n}"] = article(n)
        for run in "ab":
            entries = [(f"{site.url}/out/{run}{n}", headline(n), guid.format(n)) for n in range(3)]
            site.pages["/feed"] = feed(entries)
            crawled = crawl("news", tmp_path, url=f"{site.url}/feed")

    assert len(crawled.records) == 3
    assert [site.hits[f"/out/b{n}"] for n in range(3)] == [0, 0, 0]


def test_an_id_that_the_next_story_takes_hides_no_story(tmp_path):
    with Site() as site:
        for first in (1, 4):
            for n in range(first, first + 3):
                site.pages[f"/story-{n}"] = article(n)
            entries = [(f"{site.url}/story-{n}", headline(n), str(n - first)) for n in range(first, first + 3)]
            site.pages["/feed"] = feed(entries)
            crawled = crawl("news", tmp_path, url=f"{site.url}/feed")

    assert len(crawled.records) == 6


def test_a_parameter_that_stories_drop_from_their_own_address_costs_no_second_request(tmp_path):
    with Site() as site:
        for box in ("top", "side"):
            for n in range(3):
                head = f"<link rel=canonical href='{site.url}/news/{n}-{headline(n).lower().replace(' ', '-')}'>"
                site.pages[f"/news/{n}-{headline(n).lower().replace(' ', '-')}?pos={box}"] = article(n, head=head)
        for box in ("top", "side"):
            links = [(f"/news/{n}-{headline(n).lower().replace(' ', '-')}?pos={box}", headline(n)) for n in range(3)]
            site.pages["/"] = listing(links)
            crawled = crawl("news", tmp_path, url=site.url)
        again = [path for path in site.hits if path.endswith("pos=side")]

    assert len(crawled.records) == 3
    assert not again
