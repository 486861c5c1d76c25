"""Folders of pages with what is expected of them: the tests of a person's own rules."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from newscrawl.errors import UsageError
from newscrawl.extraction.page import Page
from newscrawl.items import Article, as_record, parse_time
from newscrawl.outcomes import Rejection
from newscrawl.workers import WorkerPool

PAGE, EXPECTED = "page.html", "article.json"


@dataclass(frozen=True, slots=True)
class PageCase:
    """A saved page, and what its record is to have: some of its fields, or ``reason`` where it is no article."""

    name: str
    html: bytes = field(repr=False)
    expected: dict[str, Any]

    @property
    def url(self) -> str:
        """Where the page is from."""
        return str(self.expected.get("url") or "")

    def differences(self, result: Article | Rejection) -> list[tuple[str, Any, Any]]:
        """Return name, expected and true value of each field that is not as it is to be."""
        if isinstance(result, Rejection):
            given: dict[str, Any] = {"url": result.url, "reason": result.reason.value}
        else:
            given = as_record(result)
        return [
            (name, value, given.get(name)) for name, value in self.expected.items() if given.get(name, ...) != value
        ]


def page_cases(folder: Path) -> Iterator[PageCase]:
    """Yield the cases in *folder*, which is one or holds one in each of its folders. Raises UsageError."""
    folders = sorted(path.parent for path in (folder.rglob(EXPECTED) if folder.is_dir() else ()))
    if not folders:
        raise UsageError(f"{folder} holds no page; give a folder with folders of {PAGE} and {EXPECTED}")
    for path in folders:
        try:
            expected = json.loads((path / EXPECTED).read_text("utf-8"))
            if not isinstance(expected, dict):
                raise ValueError("no object")
            yield PageCase(str(path), (path / PAGE).read_bytes(), expected)
        except OSError as error:
            raise UsageError(
                f"{error.filename} cannot be read: {error.strerror}; write {PAGE} and {EXPECTED}"
            ) from None
        except ValueError as error:
            raise UsageError(f"{path / EXPECTED} is no record in JSON: {error}; mend it") from None


async def run_case(pool: WorkerPool, case: PageCase, now: datetime) -> list[tuple[str, Any, Any]]:
    """Return what of the page of *case* is not as it is to be; *now* stands for a ``fetched_at`` that is not named."""
    at = parse_time(case.expected["fetched_at"]) if case.expected.get("fetched_at") else now
    result, _ = await pool.extract(Page(case.html, fetched_at=at.astimezone(UTC)), case.url)
    return case.differences(result)
