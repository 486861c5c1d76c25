"""Is a story surely older than ``since=``? Only then may it be skipped unread."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from newscrawl.discovery.candidate import Candidate
from newscrawl.discovery.document import DocumentLink

FARTHEST = timedelta(hours=36)  # a day ends twelve hours later than in UTC where its sun sets last
EDITED_BEFORE = timedelta(days=7)  # stories are written and stored before the day that they are published on
SAME_DATES = 3  # entries of one document with one lastmod: the day on which the site was built
YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:[-_/.]?(0[1-9]|1[0-2])(?:[-_/.]?(0[1-9]|[12]\d|3[01]))?)?(?!\d)")


def latest(moment: datetime) -> datetime:
    """Return the last moment that *moment* can mean: midnight sharp stands for a day, in any time zone."""
    return moment + FARTHEST if moment.timetz() == time(tzinfo=moment.tzinfo) else moment


def dated_by_address(url: str) -> datetime | None:
    """Return the end of the year, month or day that *url* names in its path; None if it names none."""
    found = YEAR.findall(url.partition("://")[2].partition("/")[2].partition("?")[0])
    if not found:
        return None
    year, month, day = (int(part or 0) for part in found[-1])
    try:
        if day:
            return datetime(year, month, day, tzinfo=UTC) + timedelta(days=1)
        return (
            datetime(year + month // 12, month % 12 + 1, 1, tzinfo=UTC)
            if month
            else datetime(year + 1, 1, 1, tzinfo=UTC)
        )
    except ValueError:
        return None


def is_surely_older(candidate: Candidate, since: datetime) -> bool:
    """Tell whether a story was published before *since* for sure.

    The date of publication decides. What was changed last, long before *since*, was not published after it; the address
    may say otherwise.
    """
    if candidate.published_at:
        return latest(candidate.published_at) < since
    named = dated_by_address(candidate.url)
    if candidate.modified_at and latest(candidate.modified_at) + EDITED_BEFORE < since:
        return named is None or named + FARTHEST < since
    return named is not None and candidate.modified_at is None and named + FARTHEST + EDITED_BEFORE < since


def without_build_dates(candidates: Sequence[Candidate], document: str) -> list[Candidate]:
    """Return *candidates* without their ``lastmod`` where all have the same one, unless *document* names that day."""
    dates = Counter(candidate.modified_at for candidate in candidates if not candidate.published_at)
    date, count = next(iter(dates.most_common(1)), (None, 0))
    named = dated_by_address(document)
    if date is None or count < SAME_DATES or len(dates) > 1 or (named and abs(named - date) < timedelta(days=32)):
        return list(candidates)
    return [replace(candidate, modified_at=None) for candidate in candidates]


def part_is_surely_older(link: DocumentLink, parts: Sequence[DocumentLink], since: datetime) -> bool:
    """Tell whether the part *link* of an index holds nothing since *since*.

    Its ``lastmod`` is believed where the address says the same, or where the index is kept: other parts are newer.
    """
    if link.modified_at is None or latest(link.modified_at) >= since:
        return False
    named = dated_by_address(link.url)
    if named is not None:
        return named + FARTHEST < since
    return any(part.modified_at and latest(part.modified_at) >= since for part in parts)
