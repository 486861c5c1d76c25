"""Items of any kind as articles, and what a record keeps of them."""

from __future__ import annotations

import enum
from datetime import UTC, date, datetime
from decimal import Decimal

import attrs
import pytest

from newscrawl.errors import UnwritableItem
from newscrawl.items import FIELDS, Article, RelatedLink, as_record, from_record
from newscrawl.user_items import article_of, json_value, missing, updated

STORY = {"url": "https://a.example/2026/storm?utm_source=x", "title": "Storm", "body": "The storm came."}


class Desk(enum.Enum):
    WORLD = "world"


@attrs.frozen
class Frozen:
    url: str
    title: str
    body: str


def test_a_line_read_again_keeps_the_fields_that_are_none_of_ours():
    record = as_record(article_of(STORY | {"rating": 4, "seen": {"by": ["me"]}}))

    assert as_record(from_record(record)) == record
    assert list(record)[len(FIELDS) :] == ["rating", "seen"]


def test_what_an_item_leaves_open_is_derived_from_what_it_has():
    record = as_record(article_of(STORY, source="a", discovered_via="feed"))

    assert record["url"] == "https://a.example/2026/storm"
    assert record["id"] == article_of({**STORY, "url": record["url"], "id": 17}).id
    assert (record["site"], record["word_count"], record["source"]) == ("a.example", 3, "a")


@pytest.mark.parametrize(
    ("item", "lacking"),
    [
        (STORY, []),
        (Article(url="https://a.example/"), []),
        (Frozen(**STORY), []),
        ({"url": "https://a.example/", "title": "Storm"}, ["body"]),
        (STORY | {"url": None}, ["url"]),
        (None, ["url", "title", "body"]),
        ("https://a.example/", ["url", "title", "body"]),
    ],
)
def test_an_item_needs_a_url_a_title_and_a_body(item, lacking):
    assert missing(item) == lacking


@pytest.mark.parametrize(
    ("name", "value", "read"),
    [
        ("published_at", "2026-11-20", datetime(2026, 11, 20, tzinfo=UTC)),
        ("published_at", date(2026, 11, 20), datetime(2026, 11, 20, tzinfo=UTC)),
        ("published_at", datetime(2026, 11, 20, 8), datetime(2026, 11, 20, 8, tzinfo=UTC)),
        ("authors", "Jane Roe", ["Jane Roe"]),
        ("tags", ("a", "b"), ["a", "b"]),
        (
            "related_links",
            [{"url": "https://a.example/1", "title": "One"}],
            [RelatedLink("https://a.example/1", "One")],
        ),
        ("related_links", ["https://a.example/1"], [RelatedLink("https://a.example/1", "")]),
        ("word_count", 7, 7),
        ("section", None, None),
    ],
)
def test_fields_of_ours_are_read_in_the_forms_that_people_write(name, value, read):
    assert getattr(article_of(STORY | {name: value}), name) == read


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("published_at", "the other day"),
        ("word_count", "many"),
        ("authors", 3),
        ("related_links", [5]),
        ("body", ["a"]),
    ],
)
def test_a_field_of_ours_with_another_type_is_named_in_one_sentence(name, value):
    with pytest.raises(UnwritableItem, match=f"the item's {name} is .* expected"):
        article_of(STORY | {name: value})


def test_json_values_lose_nothing():
    value = {
        "at": datetime(2026, 11, 20, 8, tzinfo=UTC),
        "price": Decimal("1.50"),
        "desk": Desk.WORLD,
        "raw": b"x",
        1: (2,),
    }

    assert json_value(value) == {
        "at": "2026-11-20T08:00:00Z",
        "price": "1.50",
        "desk": "world",
        "raw": "x",
        "1": [2],
    }


def test_only_fields_that_an_item_has_are_set_on_it():
    assert updated(Article(url="u"), title_key="k", rating=3).title_key == "k"
    assert updated({"url": "u"}, title_key="k") == {"url": "u", "title_key": "k"}
    assert updated(Frozen("u", "t", "b"), body="c", title_key="k") == {"url": "u", "title": "t", "body": "c"}
