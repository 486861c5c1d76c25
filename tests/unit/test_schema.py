"""The schema says what the record is, in every format."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import jsonschema
import pytest

from newscrawl import schema
from newscrawl.items import FIELDS, Article, RelatedLink, as_record

COMMITTED = Path(schema.__file__).with_name("article.schema.json")
VALIDATOR = jsonschema.Draft202012Validator(schema.json_schema())


def record(**changes: object) -> dict[str, object]:
    """Return the record of an article in which every nullable field is null, but for *changes*."""
    required = dict.fromkeys(("id", "title", "body", "site", "source", "title_key", "body_sha256", "minhash"), "x")
    required |= dict.fromkeys(("story_id", "html_sha256", "extractor", "run_id"), "x")
    return as_record(Article(**{"url": "https://a.example/", **required, **changes}))


def test_the_committed_schema_is_up_to_date():
    assert COMMITTED.read_text("utf-8") == schema.FORMATS["json"]() + "\n"


def test_the_schema_is_a_valid_schema():
    jsonschema.Draft202012Validator.check_schema(schema.json_schema())


def test_every_field_has_a_column_with_its_meaning_in_the_order_of_the_record():
    assert tuple(column.name for column in schema.columns()) == FIELDS
    assert all(column.meaning for column in schema.columns())


def test_a_record_whose_nullable_fields_are_null_fits():
    VALIDATOR.validate(record())


def test_a_record_whose_fields_are_filled_fits():
    at = datetime(2026, 11, 18, 11, 40, tzinfo=UTC)
    VALIDATOR.validate(
        record(
            published_at=at,
            authors=["Nell Harrowby"],
            related_links=[RelatedLink("https://a.example/b", "B")],
            is_paywalled=True,
            similarity=0.5,
        )
    )


def test_a_field_of_the_users_own_may_stand_behind_ours():
    VALIDATOR.validate(record() | {"sentiment": 0.1})


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": None},
        {"body": ""},
        {"published_at": "2026-11-18"},
        {"published_at": "2026-11-18T11:40:00+00:00"},
        {"authors": None},
        {"authors": "Nell Harrowby"},
        {"related_links": [{"url": "https://a.example/b"}]},
        {"is_paywalled": "yes"},
        {"word_count": 1.5},
        {"schema_version": 2},
    ],
    ids=str,
)
def test_a_wrong_value_does_not_fit(wrong):
    assert not VALIDATOR.is_valid(record() | wrong)


@pytest.mark.parametrize("name", FIELDS)
def test_a_missing_key_does_not_fit(name):
    shorter = record()
    del shorter[name]

    assert not VALIDATOR.is_valid(shorter)


@pytest.mark.parametrize("name", [name for name in schema.FORMATS if name != "json"])
def test_every_format_names_every_field(name):
    text = schema.FORMATS[name]()

    assert [field for field in FIELDS if field not in text] == []


def test_elasticsearch_is_told_of_every_field():
    mapping = json.loads(schema.FORMATS["elasticsearch"]())["mappings"]["properties"]

    assert tuple(mapping) == FIELDS
    assert mapping["published_at"] == {"type": "date"}


def test_the_readers_agree_on_the_names_of_the_fields():
    pytest.importorskip("pyarrow")
    pytest.importorskip("polars")

    assert tuple(schema.arrow().names) == tuple(schema.polars()) == tuple(schema.duckdb()) == FIELDS
