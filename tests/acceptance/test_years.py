"""Runs that find nothing leave nothing, and packed files are as good as plain ones."""

from __future__ import annotations

from tests.crawling import crawl, scrapy
from tests.newspaper import article, headline, rss

FRIDAY = "Fri, 20 Nov 2026 08:00:00 GMT"


def test_a_run_that_found_nothing_leaves_no_file_and_packed_files_are_read_by_a_rebuild(site, tmp_path):
    output = tmp_path / "output"
    site.pages["/feed.xml"] = rss([(f"{site.url}/story/{n}", headline(n), FRIDAY) for n in (1, 2)])
    site.pages |= {"/story/1": article(1), "/story/2": article(2)}
    crawl("news", output, url=f"{site.url}/feed.xml")
    before = sorted(path.name for path in output.glob("runs/*"))

    again = crawl("news", output, url=f"{site.url}/feed.xml")

    assert (again.code, sorted(path.name for path in output.glob("runs/*"))) == (0, before), again.stderr
    assert "0 new" in again.stderr

    where = ("-s", f"NEWSCRAWL_OUTPUT_DIR={output}")
    packed = scrapy("compact", "--older-than", "2100-01-01", *where, cwd=tmp_path)
    assert packed.stdout.startswith("1 files packed: "), packed.stderr
    for path in output.glob("state.sqlite*"):
        path.unlink()
    rebuilt = crawl("news", output, url=f"{site.url}/feed.xml")
    assert "0 new, 2 known" in rebuilt.stderr
    tailed = scrapy("tail", *where, cwd=tmp_path)
    assert len(tailed.stdout.splitlines()) == 2, tailed.stderr
    pruned = scrapy("prune", "--older-than", "2100-01-01", *where, cwd=tmp_path)
    assert pruned.stdout.startswith("1 files removed"), pruned.stderr


def test_a_mistake_gets_one_sentence(tmp_path):
    for arguments, sentence in (
        (("compact",), "usage: scrapy compact --older-than"),
        (("compact", "--older-than", "old"), "since=old is neither an age nor a date"),
        (("compact", "--older-than", "1d", "--format", "zip"), "--format zip is not one of zst, gz"),
        (("prune",), "usage: scrapy prune --older-than"),
    ):
        done = scrapy(*arguments, cwd=tmp_path)
        assert (done.returncode, sentence in done.stderr) == (2, True), done.stderr
