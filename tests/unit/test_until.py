"""What is surely not from before ``until=``."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from newscrawl.discovery.age import is_surely_newer, part_is_surely_newer
from newscrawl.discovery.candidate import Candidate, Via
from newscrawl.discovery.document import DocumentLink
from newscrawl.errors import UsageError
from newscrawl.sources.values import read_until

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
UNTIL = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("url", "published", "newer"),
    [
        ("/a", datetime(2026, 11, 1, 0, 1, tzinfo=UTC), True),
        ("/a", datetime(2026, 10, 31, 23, 59, tzinfo=UTC), False),
        ("/a", datetime(2026, 11, 1, tzinfo=UTC), False),
        ("/a", datetime(2026, 11, 2, tzinfo=UTC), True),
        ("/2026/11/20/a", None, True),
        ("/2026/11/02/a", None, False),
        ("/2026/11/a", None, False),
        ("/a", None, False),
    ],
    ids=[
        "later",
        "before",
        "a day begun elsewhere",
        "a later day",
        "address",
        "stored early",
        "month",
        "?",
    ],
)
def test_a_story_is_newer_by_its_date_of_publication_or_the_day_in_its_address(url, published, newer):
    candidate = Candidate(f"https://a.example{url}", Via.SITEMAP, "https://a.example/", published_at=published)

    assert is_surely_newer(candidate, UNTIL) is newer


@pytest.mark.parametrize(("name", "newer"), [("2026-11", False), ("2026-12", True), ("2027", True), ("2026", False)])
def test_a_part_of_an_index_is_newer_by_the_time_that_its_address_names(name, newer):
    link = DocumentLink(f"https://a.example/sitemap-{name}.xml", "sitemap", "https://a.example/")

    assert part_is_surely_newer(link, UNTIL) is newer


def test_until_is_an_age_or_a_date_with_its_day():
    assert read_until("2026-10-31", NOW) == UNTIL
    assert read_until("1d", NOW) == datetime(2026, 11, 25, 12, tzinfo=UTC)
    assert read_until(None, NOW) is None
    with pytest.raises(UsageError, match="until=soon is neither an age nor a date"):
        read_until("soon", NOW)
