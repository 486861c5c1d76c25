"""All versions of one article, found in the published files."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from newscrawl.errors import UsageError
from newscrawl.export.records import Record, read_records
from newscrawl.urls import article_id

ID = re.compile(r"n[0-9a-f]{16}")


def read_versions(paths: Sequence[Path], named: str, address: str) -> list[Record]:
    """Return the records of the article that is *named* by its id or a URL, the first version first.

    *address*: *named* as a canonical URL, empty where it is none. UsageError: it is neither, or no file has it.
    """
    url = "" if ID.fullmatch(named) else address
    if not url and not ID.fullmatch(named):
        raise UsageError(f"{named} is neither the id of an article nor a URL; an id is n and 16 hex digits")
    wanted = article_id(url) if url else named
    same = {named, url} - {""}
    records = [
        record
        for record in read_records(paths)
        if record.get("id") == wanted or {record.get("url"), record.get("canonical_url")} & same
    ]
    if url and records and not any(record.get("id") == wanted for record in records):  # under a URL that it had once
        wanted = str(records[0].get("id"))
        records = [record for record in read_records(paths) if record.get("id") == wanted]
    if not records:
        raise UsageError(f"no published file has the article {named}; scrapy search finds it by its words")
    return sorted(records, key=lambda record: (record.get("version") or 1, record.get("fetched_at") or ""))
