"""A scheduler learns which of its sources are unwell, and since when."""

from __future__ import annotations

import json

from tests.crawling import crawl, scrapy
from tests.newspaper import article, headline, rss

FRIDAY = "Fri, 20 Nov 2026 08:00:00 GMT"


def test_a_dead_source_is_named_from_the_second_run_on_with_exit_code_3(site, tmp_path):
    site.pages["/feed.xml"] = rss([(f"{site.url}/story/1", headline(1), FRIDAY)])
    site.pages |= {"/story/1": article(1), "/gone.xml": (404, {}, b"")}
    path, output = tmp_path / "sites.toml", tmp_path / "output"
    path.write_text(f'[good]\nfeeds = "{site.url}/feed.xml"\n[bad]\nfeeds = "{site.url}/gone.xml"\n', "utf-8")

    first = crawl("news", output, sites=path, health=1)
    second = crawl("news", output, sites=path, force=1, health=1)
    third = crawl("news", output, sites=path, health=1)
    without = crawl("news", output, sites=path, force=1)

    assert (first.code, second.code, third.code, without.code) == (0, 3, 3, 0), second.stderr
    assert "no answer in 2 runs (not-found) since the first run, " in second.stderr
    told = {m["run_id"]: m for m in without.manifests}
    unwell = [
        m["discovery"]["bad"]["health"][0]["kind"] for m in told.values() if "health" in m["discovery"].get("bad", {})
    ]
    assert unwell == ["no-answer", "no-answer"]
    assert {"good", "bad"} == {*third.manifests[2]["not_due"]}

    done = scrapy("health", "-s", f"NEWSCRAWL_OUTPUT_DIR={output}", "--json", cwd=tmp_path)
    assert (done.returncode, json.loads(done.stdout)["source"]) == (3, "bad"), done.stderr
    past = scrapy("health", path, "-s", f"NEWSCRAWL_OUTPUT_DIR={output}", "--day", "2026-01-01", cwd=tmp_path)
    assert (past.returncode, past.stdout) == (0, "2 sources judged, 0 unwell\n")


def test_a_template_that_changed_is_named_beside_what_to_do(site, tmp_path):
    def publish(numbers: range, page: str | None = None) -> None:
        site.pages["/feed.xml"] = rss([(f"{site.url}/story/{n}", headline(n), FRIDAY) for n in numbers])
        site.pages.update({f"/story/{n}": page or article(n) for n in numbers})

    output = tmp_path / "output"
    publish(range(24))
    crawl("news", output, url=f"{site.url}/feed.xml")
    days = {"2026-11-01": {"runs": 3, "pages": 24, "articles": 24, "written": 24}}
    set_history(output, days)
    publish(range(100, 110), "<html><body><p>moved</p></body></html>")

    done = crawl("news", output, url=f"{site.url}/feed.xml", health=1)

    assert done.code == 3, done.stderr
    assert "0 of 10 pages gave an article, 100% before since" in done.stderr
    assert "scrapy show" in done.stderr


def test_a_mistake_gets_one_sentence(tmp_path):
    none = scrapy("health", cwd=tmp_path)
    day = scrapy("health", "--day", "yesterday", cwd=tmp_path)

    assert (none.returncode, "there is no store" in none.stderr) == (1, True)
    assert (day.returncode, day.stderr) == (2, "newscrawl: --day yesterday is no day; write it as 2026-11-26\n")


def set_history(output, days: dict[str, dict[str, int]]) -> None:
    """Let the only source of a store have had these days."""
    import sqlite3

    with sqlite3.connect(output / "state.sqlite") as connection:
        told = {"days": days, "arrivals": [], "broken": {}, "certificate": None}
        connection.execute("UPDATE sources SET learned = ?", (json.dumps(told).encode(),))
    connection.close()
