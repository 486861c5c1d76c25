"""The fields of the record as columns: name, kind, whether null may stand there, and meaning."""

from __future__ import annotations

import ast
import dataclasses
import inspect
import types
import typing
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache

from newscrawl.items import Article, RelatedLink


class Kind(StrEnum):
    """The types that a field of the record may have."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    TIME = "time"
    TEXTS = "texts"
    LINKS = "links"


KINDS: dict[object, Kind] = {
    str: Kind.TEXT,
    int: Kind.INTEGER,
    float: Kind.NUMBER,
    bool: Kind.BOOLEAN,
    datetime: Kind.TIME,
    list[str]: Kind.TEXTS,
    list[RelatedLink]: Kind.LINKS,
}


@dataclass(frozen=True, slots=True)
class Column:
    """One field of the record."""

    name: str
    kind: Kind
    nullable: bool
    meaning: str
    """The field's documentation, on one line."""


@cache
def columns() -> tuple[Column, ...]:
    """Return the record's fields in the order of its keys.

    ``site`` may be null though it is a str: ``scrapy extract`` reads saved pages that have no address.
    """
    hints = typing.get_type_hints(Article)
    meanings = docstrings(Article)
    return tuple(
        column(field.name, hints[field.name], meanings[field.name], hostless=field.name == "site")
        for field in dataclasses.fields(Article)
    )


def column(name: str, hint: object, meaning: str, *, hostless: bool) -> Column:
    """Return the column for a field of type *hint*."""
    parts = typing.get_args(hint) if isinstance(hint, types.UnionType) else (hint,)
    (kind,) = (KINDS[part] for part in parts if part is not type(None))
    return Column(name, kind, hostless or type(None) in parts, meaning)


def docstrings(record: type) -> dict[str, str]:
    """Return the docstring that stands below each field of *record*, a dataclass."""
    (tree,) = ast.parse(inspect.getsource(record)).body
    assert isinstance(tree, ast.ClassDef)
    meanings = {}
    for field, below in zip(tree.body, tree.body[1:], strict=False):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and isinstance(below, ast.Expr):
            meanings[field.target.id] = " ".join(str(ast.literal_eval(below.value)).split())
    return meanings
