"""What our reading of a foreign document and the foreign suite's expectation of it have in common."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

VARIABLE = "NEWSCRAWL_TEST_FOREIGN"
TABLE = Path(__file__).with_name("differences.csv")
NOW = datetime(2026, 11, 23, 22, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Comparison:
    """One fact of one document."""

    case: str
    """The document, and which fact of it."""

    ours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a case may differ: a row of ``differences.csv``. A case that ends in ``*`` covers all that begin so."""

    case: str
    ours: str
    theirs: str
    why: str

    def covers(self, difference: Comparison) -> bool:
        named = difference.case.startswith(self.case[:-1]) if self.case.endswith("*") else difference.case == self.case
        return named and self.ours in ("*", difference.ours) and self.theirs in ("*", difference.theirs)


def folder(project: str) -> Path:
    """Return the folder with the data of *project*; skip the test where the person has none."""
    root = os.environ.get(VARIABLE)
    if not root:
        pytest.skip(f"{VARIABLE} names no folder with the foreign data; tests/foreign/README.md says where it is from")
    path = Path(root) / project
    if not path.is_dir():
        pytest.skip(f"{path} is missing; tests/foreign/README.md says where its data is from")
    return path


def explanations(project: str) -> list[Explanation]:
    """Return the rows of the table that are about *project*."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = [Explanation(row["case"], row["ours"], row["theirs"], row["why"]) for row in csv.DictReader(file)]
    return [row for row in rows if row.case.startswith(f"{project}/")]


def differences(comparisons: Iterable[Comparison]) -> Iterator[Comparison]:
    """Yield the comparisons that are none of agreement."""
    return (comparison for comparison in comparisons if comparison.ours != comparison.theirs)


def written(value: object) -> str:
    """Return *value* as the table has it."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, (list, tuple)):
        return " ".join(map(written, value))
    return "" if value is None else str(value)
