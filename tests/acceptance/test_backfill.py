"""A backfill walks an archive of sitemaps between two dates, newest first, and is taken up by the next run."""

from __future__ import annotations

import pytest

from tests.crawling import FAST, crawl
from tests.newspaper import article


@pytest.fixture
def archive(site):
    """A site whose index names a sitemap a month, with two stories each."""
    months = [f"2026-{month:02}" for month in range(1, 11)]
    parts = "".join(f"<sitemap><loc>{site.url}/sitemap-{month}.xml</loc></sitemap>" for month in months)
    site.pages["/sitemap.xml"] = f"<?xml version='1.0'?><sitemapindex>{parts}</sitemapindex>"
    for number, month in enumerate(months):
        rows = ""
        for day in (5, 28):
            path = f"/{month.replace('-', '/')}/{day:02}/story-{number}-{day}"
            rows += f"<url><loc>{site.url}{path}</loc><lastmod>{month}-{day:02}T10:00:00Z</lastmod></url>"
            site.pages[path] = article(100 * number + day, date=f"{month}-{day:02}T08:00:00+00:00")
        site.pages[f"/sitemap-{month}.xml"] = f"<?xml version='1.0'?><urlset>{rows}</urlset>"
    return site


def test_only_what_may_hold_the_time_is_asked_for_newest_first_and_what_a_run_leaves_is_taken_up(archive, tmp_path):
    asked = {"url": f"{archive.url}/sitemap.xml", "since": "2026-03-01", "until": "2026-06-20"}
    one_by_one = FAST | {"CONCURRENT_REQUESTS_PER_DOMAIN": "1", "NEWSCRAWL_MAX_DOCUMENTS": "3"}

    first = crawl("news", tmp_path, settings=one_by_one, limit=2, **asked)
    second = crawl("news", tmp_path, settings=one_by_one, **asked)
    third = crawl("news", tmp_path, settings=one_by_one, **asked)

    days = [record["published_at"][:10] for record in third.records]
    assert [crawled.code for crawled in (first, second, third)] == [0, 0, 0], third.stderr
    assert set(days[:2]) == {"2026-06-05", "2026-05-28"}
    assert sorted(days) == sorted(
        {"2026-06-05"} | {f"2026-0{month}-{day}" for month in (3, 4, 5) for day in ("05", "28")}
    )
    sitemaps = {path: count for path, count in archive.hits.items() if path.startswith("/sitemap-")}
    assert sitemaps == {f"/sitemap-2026-{month}.xml": 1 for month in ("02", "03", "04", "05", "06")}
    assert archive.hits["/2026/06/28/story-5-28"] == 0


def test_a_time_that_no_story_can_have_is_a_mistake(tmp_path):
    wrong = crawl("news", tmp_path, settings={}, url="a.invalid", since="2026-06-01", until="2026-05-01")

    assert (wrong.code, "until=2026-05-01 is before since=" in wrong.stderr) == (2, True)
