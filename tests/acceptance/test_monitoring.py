"""Programs that watch the crawler read its log and its metrics."""

from __future__ import annotations

import json

from tests.crawling import FAST, crawl
from tests.newspaper import article, headline, rss

FRIDAY = "Fri, 20 Nov 2026 08:00:00 GMT"


def test_the_log_is_json_and_the_metrics_stand_in_a_file_where_that_is_set(site, tmp_path):
    site.pages["/feed.xml"] = rss([(f"{site.url}/story/1", headline(1), FRIDAY)])
    site.pages["/story/1"] = article(1)
    file = tmp_path / "metrics" / "newscrawl.prom"
    settings = {"NEWSCRAWL_LOG_FORMAT": "json", "NEWSCRAWL_PROMETHEUS_FILE": str(file), "LOG_LEVEL": "INFO"}

    done = crawl("news", tmp_path / "output", url=f"{site.url}/feed.xml", settings=FAST | settings)

    # What Scrapy says before the crawl is made is text.
    lines = [json.loads(line) for line in done.stderr.splitlines() if line.startswith('{"at"')]
    run_id = done.records[0]["run_id"]
    (summary,) = (line for line in lines if line["logger"] == "newscrawl.summary")
    assert (summary["run_id"], summary["figures"]["written"], summary["exit_code"]) == (run_id, 1, 0)
    assert [line["run_id"] for line in lines if "/story/1" in line["message"]] == [run_id]
    assert 'newscrawl_run_urls{outcome="written"} 1\n' in file.read_text("utf-8")
    assert [path.name for path in file.parent.iterdir()] == ["newscrawl.prom"]
