"""Leaves out what is surely older than ``since=`` of a large sitemap, before it is parsed."""

from __future__ import annotations

import re
from datetime import datetime

from newscrawl.discovery.age import EDITED_BEFORE, FARTHEST, dated_by_address

MANY = 1_000  # entries: below it each is read, and counted as skipped
END = b"</url>"
DATE = re.compile(rb"<(?:\w{1,20}:)?(?:lastmod|publication_date)>\s*(?:<!\[CDATA\[\s*)?([^<\]]{0,40})")
DAY = re.compile(rb"(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")
ADDRESS = re.compile(rb"<(?:\w{1,20}:)?loc>\s*(?:<!\[CDATA\[\s*)?([^<\]\s]{0,2000})")


def without_old(body: bytes, since: datetime, now: datetime) -> tuple[bytes, int]:
    """Return *body* without the entries whose dates are all long before *since*, and how many those are.

    An entry stays where a date cannot be read, where its address names a later day, and everywhere if all have one
    date: that is the day on which the site was built.
    """
    if body.count(END) < MANY:
        return body, 0
    limit = (since - EDITED_BEFORE - FARTHEST).date().isoformat().encode()
    years = [str(year).encode() for year in range(int(limit[:4]), now.year + 1)]
    entries = body.split(END)
    dates = [DATE.findall(entry) for entry in entries[:-1]]
    if len({days[0][:10] for days in dates if days}) < 2:
        return body, 0
    kept: list[bytes] = []
    for entry, days in zip(entries, dates, strict=False):
        if (
            not days
            or not all(DAY.match(date) and date[:10] < limit for date in days)
            or _is_later(entry, years, since)
        ):
            kept.append(entry + END)
        elif not kept:
            kept.append(entry[: max(entry.rfind(b"<url"), 0)])  # what stands before the first entry
    old = len(entries) - 1 - sum(entry.endswith(END) for entry in kept)
    return b"".join(kept) + entries[-1], old


def _is_later(entry: bytes, years: list[bytes], since: datetime) -> bool:
    """Tell whether the address of *entry* names a day that is not long before *since*."""
    address = ADDRESS.search(entry)
    if address is None or not any(year in address[1] for year in years):
        return False
    named = dated_by_address(address[1].decode("latin-1"))
    return named is None or named + FARTHEST >= since
