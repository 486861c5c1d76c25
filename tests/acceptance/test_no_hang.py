"""A fault ends the run with a word; it never waits for ever."""

from __future__ import annotations

from tests.crawling import FAST, ROOT, crawl

FAULTY = """
from newscrawl.spiders.sample import SampleSpider
from newscrawl.store import Store


class FaultySpider(SampleSpider):
    name = "faulty"


async def take(self, number):
    raise RuntimeError("no page today")


Store.take = take
"""


def test_a_store_that_fails_to_give_pages_ends_the_run(tmp_path, monkeypatch):
    spiders = tmp_path / "faulty_spiders"
    spiders.mkdir()
    (spiders / "__init__.py").write_text("")
    (spiders / "faulty.py").write_text(FAULTY)
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}:{ROOT}")

    done = crawl("faulty", tmp_path / "out", settings={**FAST, "SPIDER_MODULES": "faulty_spiders"}, timeout=240)

    assert done.code == 1
    assert "no page today" in done.stderr


def test_a_news_spider_without_its_extensions_ends_with_one_sentence(tmp_path):
    done = crawl("sample", tmp_path / "out", settings={**FAST, "EXTENSIONS": "{}"})

    assert done.code == 2
    assert "Traceback" not in done.stderr
    assert "cannot work without newscrawl.extensions.store.StoreExtension" in done.stderr
