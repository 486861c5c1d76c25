"""A person sees which versions an article had, and what changed in each."""

from __future__ import annotations

from tests.crawling import crawl, scrapy
from tests.newspaper import article


def test_the_versions_of_an_article_and_what_changed_between_them(site, tmp_path):
    output = tmp_path / "output"
    site.pages["/story/1"] = article(1)
    first = crawl("news", output, url=f"{site.url}/story/1")
    (record,) = first.records
    paragraph = record["body"].split("\n\n")[0]
    word = paragraph.split()[3]
    site.pages["/story/1"] = article(1).replace(paragraph, paragraph.replace(word, "CORRECTED", 1) + " It was mended.")
    second = crawl("news", output, url=f"{site.url}/story/1")
    assert [r["version"] for r in second.records] == [1, 2], second.stderr
    where = ("-s", f"NEWSCRAWL_OUTPUT_DIR={output}")

    listed = scrapy("history", record["id"], *where, cwd=tmp_path)
    shown = scrapy("diff", f"{site.url}/story/1", *where, cwd=tmp_path)
    back = scrapy("diff", record["id"], "--versions", "2:1", *where, cwd=tmp_path)

    assert [line.split("\t")[0] for line in listed.stdout.splitlines()] == ["1", "2"], listed.stderr
    assert listed.stdout.splitlines()[1].split("\t")[3] == "body"
    assert f"[-{word}-]{{+CORRECTED+}}" in shown.stdout, shown.stderr
    assert "{+ It was mended.+}" in shown.stdout
    assert "unchanged" in shown.stdout
    assert shown.stdout.startswith("--- version 1, fetched 2")
    assert f"[-CORRECTED-]{{+{word}+}}" in back.stdout


def test_what_cannot_be_compared_is_said_in_one_sentence(site, tmp_path):
    site.pages["/story/1"] = article(1)
    done = crawl("news", tmp_path / "output", url=f"{site.url}/story/1")
    where = ("-s", f"NEWSCRAWL_OUTPUT_DIR={tmp_path / 'output'}")

    one = scrapy("diff", done.records[0]["id"], *where, cwd=tmp_path)
    none = scrapy("history", "n0000000000000000", *where, cwd=tmp_path)
    wrong = scrapy("diff", "what is this", *where, cwd=tmp_path)

    assert (one.returncode, "one version only" in one.stderr) == (2, True), one.stderr
    assert (none.returncode, "no published file has the article" in none.stderr) == (2, True)
    assert (wrong.returncode, "neither the id of an article nor a URL" in wrong.stderr) == (2, True)
