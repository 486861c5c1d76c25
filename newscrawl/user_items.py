"""Items of a user's own, of every kind that ItemAdapter knows: dict, dataclass, attrs, pydantic, scrapy.Item."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any

from itemadapter import ItemAdapter

from newscrawl.errors import UnwritableItem
from newscrawl.items import FIELDS, TIMES, Article, ExtendedArticle, RelatedLink, format_time, parse_time
from newscrawl.similarity import fingerprint
from newscrawl.text.clean import count_words, one_line
from newscrawl.urls import article_id, canonical_url, site_of

NEEDED = ("url", "title", "body")
STORE_FIELDS = (
    "schema_version",
    "id",
    "story_id",
    "version",
    "changed",
    "duplicate_of",
    "duplicate_kind",
    "similarity",
    "run_id",
)
"""Written by us alone: an item's own values under these names are not read."""

LISTS = frozenset(part.name for part in dataclasses.fields(Article) if part.type == "list[str]")
NUMBERS = {"is_paywalled": bool, "ai_opt_out": bool, "word_count": int}


def missing(item: Any) -> list[str]:
    """Return what *item* lacks to be written: some of url, title and body; all three for what is no item at all."""
    if isinstance(item, Article):
        return []
    if not ItemAdapter.is_item(item):
        return list(NEEDED)
    adapter = ItemAdapter(item)
    names = {*adapter.field_names(), *adapter}
    return [name for name in NEEDED if name not in names or (name == "url" and not adapter.get(name))]


def text_of(item: Any, name: str) -> str:
    """Return the field *name* of *item* as text; empty where it has none."""
    value = getattr(item, name, None) if isinstance(item, Article) else ItemAdapter(item).get(name)
    return "" if value is None else str(value)


def url_of(item: Any) -> str:
    """Return the URL of *item*; empty for what has none."""
    return text_of(item, "url") if isinstance(item, Article) or ItemAdapter.is_item(item) else ""


def updated(item: Any, **values: Any) -> Any:
    """Return *item* with those of *values* that it has fields for; one that is frozen goes on as a dict."""
    adapter = ItemAdapter(item)
    taken = values if isinstance(item, dict) else {k: v for k, v in values.items() if k in adapter.field_names()}
    try:
        for name, value in taken.items():
            adapter[name] = value
    except (AttributeError, TypeError, ValueError):  # what frozen dataclasses, attrs classes and pydantic models raise
        return adapter.asdict() | taken
    return item


def article_of(item: Any, **known: Any) -> Article:
    """Return the article of *item*; fields that a record does not have stand behind ours.

    *known* is what the crawl knows of the page, for fields that the item does not fill. Raises
    :class:`~newscrawl.errors.UnwritableItem` where a field of ours has a value of another type.
    """
    if type(item) in (Article, ExtendedArticle):
        return item  # type: ignore[no-any-return]
    given = dict(ItemAdapter(item))
    ours = {name: _value(name, given[name]) for name in FIELDS if name in given and name not in STORE_FIELDS}
    ours = known | {name: value for name, value in ours.items() if value not in (None, "")}
    ours["url"] = url = canonical_url(ours["url"]) or ours["url"]
    body = ours.get("body", "")
    derived: dict[str, Any] = {"site": site_of(url), "word_count": count_words(body), "fetched_at": datetime.now(UTC)}
    if not ours.get("minhash"):
        names = (ours.get("publisher"), ours.get("site") or derived["site"])
        derived |= dataclasses.asdict(fingerprint(ours.get("title", ""), body, names=names))
    return ExtendedArticle(
        **derived | ours,
        id=article_id(url, ours.get("canonical_url")),
        extra={str(name): json_value(value) for name, value in given.items() if name not in FIELDS},
    )


def json_value(value: Any) -> Any:
    """Return *value* as JSON can hold it: items become objects, times are written as ours, the unknown as its text."""
    if value is None or isinstance(value, str | bool | int | float):
        return value.value if isinstance(value, Enum) else value
    if isinstance(value, datetime):
        return format_time(value.replace(tzinfo=UTC) if value.tzinfo is None else value)
    if isinstance(value, Mapping) or ItemAdapter.is_item(value):
        pairs = value if isinstance(value, Mapping) else ItemAdapter(value)
        return {str(name): json_value(part) for name, part in pairs.items()}
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, Enum):
        return json_value(value.value)
    if isinstance(value, Iterable):
        return [json_value(part) for part in value]
    return str(value)


def _value(name: str, value: Any) -> Any:
    """Return *value* as the field *name* of an article holds it."""
    if value is None:
        return None
    if name in TIMES:
        return _time(name, value)
    if name == "related_links":
        return [_link(link) for link in _many(name, value)]
    if name in LISTS:
        return [str(part) for part in _many(name, value)]
    if name in NUMBERS:
        if not isinstance(value, NUMBERS[name]):
            raise _unwritable(name, value, f"{NUMBERS[name].__name__} expected")
        return value
    if isinstance(value, list | tuple | set | dict | bytes):
        raise _unwritable(name, value, "text expected")
    return str(value)


def _many(name: str, value: Any) -> Iterable[Any]:
    if isinstance(value, str):
        return [value]
    if not isinstance(value, list | tuple | set | frozenset):
        raise _unwritable(name, value, "a list expected")
    return value


def _link(link: Any) -> RelatedLink:
    if isinstance(link, RelatedLink):
        return link
    if isinstance(link, str):
        return RelatedLink(link, "")
    if not ItemAdapter.is_item(link) or not url_of(link):
        raise _unwritable("related_links", link, "a URL, or an item with url and title expected")
    return RelatedLink(url_of(link), text_of(link, "title"))


def _time(name: str, value: Any) -> datetime:
    if isinstance(value, date) and not isinstance(value, datetime):
        value = value.isoformat()
    try:
        return parse_time(value.isoformat() if isinstance(value, datetime) else value)
    except (TypeError, ValueError):
        raise _unwritable(name, value, "a datetime or ISO 8601 text expected") from None


def _unwritable(name: str, value: Any, expected: str) -> UnwritableItem:
    return UnwritableItem(f"the item's {name} is {one_line(repr(value), 80)}: {expected}")
