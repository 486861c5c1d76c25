"""Pipelines and spiders of a user's own: items of every kind are written once, and none is lost without a word."""

from __future__ import annotations

import dataclasses
import json
from datetime import UTC, date, datetime
from decimal import Decimal

import attrs
import pydantic
import pytest
import scrapy
from itemadapter import ItemAdapter

from newscrawl.items import FIELDS, Article
from newscrawl.settings import ITEM_PIPELINES
from newscrawl.spiders.news import NewsSpider
from tests.crawling import FAST, crawl
from tests.newspaper import article, headline, rss

HERE = "tests.acceptance.test_own_items"
DATE = "Fri, 20 Nov 2026 08:00:00 GMT"


@attrs.define(slots=True)
class AttrsStory:
    url: str
    title: str
    body: str
    rating: Decimal = Decimal("4.5")


@attrs.frozen
class FrozenStory:
    url: str
    title: str
    body: str
    rating: Decimal = Decimal("4.5")


class PydanticStory(pydantic.BaseModel):
    url: pydantic.HttpUrl
    title: str
    body: str
    rating: Decimal = Decimal("4.5")


class ScrapyStory(scrapy.Item):
    url = scrapy.Field()
    title = scrapy.Field()
    body = scrapy.Field()
    rating = scrapy.Field()


@dataclasses.dataclass(kw_only=True)
class RatedArticle(Article):
    rating: Decimal = Decimal("4.5")
    reviewed_on: date | None = None


class OwnKindPipeline:
    """Puts an item of another kind in the article's place."""

    def build(self, item):
        raise NotImplementedError

    def process_item(self, item):
        return self.build(item)


class DictPipeline(OwnKindPipeline):
    def build(self, item):
        return ItemAdapter(item).asdict() | {"rating": Decimal("4.5")}


class AttrsPipeline(OwnKindPipeline):
    def build(self, item):
        return AttrsStory(item.url, item.title, item.body)


class FrozenPipeline(OwnKindPipeline):
    def build(self, item):
        return FrozenStory(item.url, item.title, f"{item.title}\n\n{item.body}")


class PydanticPipeline(OwnKindPipeline):
    def build(self, item):
        return PydanticStory(url=item.url, title=item.title, body=item.body)


class ScrapyPipeline(OwnKindPipeline):
    def build(self, item):
        return ScrapyStory(url=item.url, title=item.title, body=item.body, rating=Decimal("4.5"))


class SubclassPipeline(OwnKindPipeline):
    def build(self, item):
        values = {field.name: getattr(item, field.name) for field in dataclasses.fields(item)}
        return RatedArticle(**values, reviewed_on=date(2026, 11, 20))


class RenamingPipeline(OwnKindPipeline):
    def build(self, item):
        values = ItemAdapter(item).asdict()
        return {"link": values.pop("url"), **values}


class ForgetfulPipeline(OwnKindPipeline):
    def build(self, item):
        return None


class WrongTimePipeline(OwnKindPipeline):
    def build(self, item):
        return ItemAdapter(item).asdict() | {"published_at": "the other day"}


class OwnItemSpider(NewsSpider):
    """Reads the page itself and yields what it likes."""

    name = "own"

    async def parse_article(self, response, pending):
        yield {
            "url": response.url,
            "title": response.css("h1::text").get(),
            "body": "\n".join(response.css("p::text").getall()),
        }


class WrappingSpider(NewsSpider):
    name = "wrapping"

    async def parse_article(self, response, pending):
        async for item in super().parse_article(response, pending):
            yield PydanticStory(url=item.url, title=item.title, body=item.body)


class SilentSpider(NewsSpider):
    name = "silent"

    async def parse_article(self, response, pending):
        if not response.url.endswith("/1"):
            async for item in super().parse_article(response, pending):
                yield item


class PlainSpider(scrapy.Spider):
    """Knows nothing of us."""

    name = "plain"

    async def start(self):
        yield {"url": "https://a.example/1", "title": "One", "body": ""}


@pytest.fixture
def paper(site):
    """A feed of three stories."""
    stories = [(f"{site.url}/story/{number}", headline(number), DATE) for number in (1, 2, 3)]
    site.pages["/feed.xml"] = rss(stories)
    for number in (1, 2, 3):
        site.pages[f"/story/{number}"] = article(number)
    return site


def with_pipeline(name: str, at: int = 50) -> dict[str, str]:
    return FAST | {"ITEM_PIPELINES": json.dumps(ITEM_PIPELINES | {f"{HERE}.{name}": at})}


@pytest.mark.parametrize(
    ("pipeline", "at"),
    [
        ("DictPipeline", 50),
        ("DictPipeline", 500),
        ("AttrsPipeline", 50),
        ("PydanticPipeline", 250),
        ("ScrapyPipeline", 50),
        ("SubclassPipeline", 500),
    ],
)
def test_items_of_every_kind_are_written_once_with_their_own_fields_behind_ours(paper, tmp_path, pipeline, at):
    settings = with_pipeline(pipeline, at)

    first = crawl("news", tmp_path, url=f"{paper.url}/feed.xml", settings=settings)
    again = crawl("news", tmp_path, url=f"{paper.url}/feed.xml", settings=settings)

    assert (first.code, again.code) == (0, 0), first.stderr + again.stderr
    assert {r["title"] for r in again.records} == {headline(n) for n in (1, 2, 3)}
    assert len(again.records) == 3
    assert all(tuple(r)[: len(FIELDS)] == FIELDS and r["rating"] == "4.5" for r in again.records)
    assert {r["source"] for r in again.records} == {f"{paper.url}/feed.xml"}
    assert [(m["figures"]["written"], m["figures"]["pending"]) for m in again.manifests] == [(3, 0)]
    assert again.stderr.rstrip().endswith(": 0 new")  # a run that found nothing leaves no manifest
    assert [paper.hits[f"/story/{n}"] for n in (1, 2, 3)] == [1, 1, 1]


def test_a_frozen_item_loses_its_headline_too(paper, tmp_path):
    done = crawl("news", tmp_path, url=f"{paper.url}/feed.xml", settings=with_pipeline("FrozenPipeline"))

    assert done.code == 0, done.stderr
    assert [r["rating"] for r in done.records] == ["4.5"] * 3
    assert not any(r["body"].startswith(r["title"]) for r in done.records)


@pytest.mark.parametrize("pipeline", ["RenamingPipeline", "ForgetfulPipeline", "WrongTimePipeline"])
def test_an_item_that_cannot_be_written_is_a_warning_and_exit_code_1(paper, tmp_path, pipeline):
    done = crawl("news", tmp_path, url=f"{paper.url}/feed.xml", settings=with_pipeline(pipeline))
    mended = crawl("news", tmp_path, url=f"{paper.url}/feed.xml")

    assert done.code == 1
    assert "without an outcome" in done.stderr
    assert f"{paper.url}/story/1" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.manifests[0]["figures"]["pending"] == 3
    assert (mended.code, len(mended.records)) == (0, 3)


@pytest.mark.parametrize("spider", ["own", "wrapping"])
def test_a_spider_of_ones_own_may_yield_its_own_items_after_redirects_too(paper, tmp_path, spider):
    paper.pages["/old/1"] = (301, {"Location": "/story/1"}, b"")
    paper.pages["/feed.xml"] = rss(
        [(f"{paper.url}{path}", headline(number), DATE) for path, number in (("/old/1", 1), ("/story/2", 2))]
    )
    settings = FAST | {"SPIDER_MODULES": HERE}

    first = crawl(spider, tmp_path, url=f"{paper.url}/feed.xml", settings=settings)
    again = crawl(spider, tmp_path, url=f"{paper.url}/feed.xml", settings=settings)

    assert (first.code, again.code) == (0, 0), first.stderr
    assert {(r["url"], r["title"]) for r in again.records} == {(f"{paper.url}/story/{n}", headline(n)) for n in (1, 2)}
    assert len(again.records) == 2
    assert paper.hits["/old/1"] == 1
    assert again.manifests[0]["figures"]["pending"] == 0


def test_a_page_for_which_a_spider_gives_nothing_is_in_the_rejected_log(paper, tmp_path):
    settings = FAST | {"SPIDER_MODULES": HERE}

    done = crawl("silent", tmp_path, url=f"{paper.url}/feed.xml", settings=settings)

    assert (done.code, len(done.records)) == (0, 2)
    assert [(r["url"], r["reason"]) for r in done.rejected] == [(f"{paper.url}/story/1", "dropped")]


def test_the_schema_of_a_record_names_every_field():
    schema = ItemAdapter.get_json_schema(Article)

    assert tuple(schema["properties"]) == FIELDS
    assert all(prop["description"] for prop in schema["properties"].values())
    assert schema["properties"]["published_at"]["anyOf"][0] == {"type": "string", "format": "date-time"}


def test_an_article_stands_in_a_feed_export_as_in_its_line(paper, tmp_path):
    feeds = json.dumps({str(tmp_path / "feed.jsonl"): {"format": "jsonlines"}})

    done = crawl("news", tmp_path / "out", url=f"{paper.url}/feed.xml", settings=FAST | {"FEEDS": feeds})

    exported = [json.loads(line) for line in (tmp_path / "feed.jsonl").read_text("utf-8").splitlines()]
    assert {tuple(row) for row in exported} == {FIELDS}
    assert {row["id"]: row["published_at"] for row in exported} == {r["id"]: r["published_at"] for r in done.records}
    assert datetime.fromisoformat(exported[0]["fetched_at"]).tzinfo == UTC


def test_the_items_of_a_foreign_spider_are_left_as_they_are(tmp_path):
    feed = tmp_path / "feed.jsonl"
    settings = FAST | {"SPIDER_MODULES": HERE, "FEEDS": json.dumps({str(feed): {"format": "jsonlines"}})}

    done = crawl("plain", tmp_path / "out", settings=settings)

    assert done.code == 0, done.stderr
    assert json.loads(feed.read_text("utf-8")) == {"url": "https://a.example/1", "title": "One", "body": ""}
    assert not (tmp_path / "out").exists()


class EditionSpider(NewsSpider):
    """Takes an argument of its own beside ours."""

    name = "edition"

    def __init__(self, edition="national", **kwargs):
        super().__init__(**kwargs)
        self.edition = edition

    async def parse_article(self, response, pending):
        async for item in super().parse_article(response, pending):
            yield ItemAdapter(item).asdict() | {"edition": self.edition}


def test_a_subclass_of_the_news_spider_takes_arguments_of_its_own(site, tmp_path):
    site.pages = {"/feed.xml": rss([(f"{site.url}/1.html", headline(1), DATE)]), "/1.html": article(1)}
    result = crawl(
        "edition", tmp_path, settings=FAST | {"SPIDER_MODULES": HERE}, url=f"{site.url}/feed.xml", edition="local"
    )

    assert [record["edition"] for record in result.records] == ["local"]


def test_an_argument_that_neither_knows_is_one_sentence(tmp_path):
    result = crawl("edition", tmp_path, settings=FAST | {"SPIDER_MODULES": HERE}, url="example.com", editon="local")

    assert (result.code, len(result.stderr.splitlines())) == (2, 1)
    assert "unknown argument 'editon'; did you mean 'edition'?" in result.stderr
