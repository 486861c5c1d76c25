"""Is a story surely older than ``since=``, or newer than ``until=``? Only then may it be skipped unread."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from newscrawl.discovery.candidate import Candidate
from newscrawl.discovery.document import DocumentLink

FIRST = timedelta(hours=14)  # a day begins so long before UTC where its sun rises first
FARTHEST = timedelta(hours=36)  # a day ends twelve hours later than in UTC where its sun sets last
EDITED_BEFORE = timedelta(days=7)  # stories are written and stored before the day that they are published on
SAME_DATES = 3  # entries of one document with one lastmod: the day on which the site was built
YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:[-_/.]?(0[1-9]|1[0-2])(?:[-_/.]?(0[1-9]|[12]\d|3[01]))?)?(?!\d)")


def earliest(moment: datetime) -> datetime:
    """Return the first moment that *moment* can mean: midnight sharp stands for a day, in any time zone."""
    return moment - FIRST if moment.timetz() == time(tzinfo=moment.tzinfo) else moment


def latest(moment: datetime) -> datetime:
    """Return the last moment that *moment* can mean: midnight sharp stands for a day, in any time zone."""
    return moment + FARTHEST if moment.timetz() == time(tzinfo=moment.tzinfo) else moment


def dated_by_address(url: str) -> datetime | None:
    """Return the end of the year, month or day that *url* names in its path; None if it names none."""
    named = span_of_address(url)
    return named[1] if named else None


def span_of_address(url: str) -> tuple[datetime, datetime] | None:
    """Return begin and end of the year, month or day that *url* names in its path; None if it names none."""
    dates = YEAR.findall(url.partition("://")[2].partition("/")[2].partition("?")[0])
    if not dates:
        return None
    year, month, day = (int(part or 0) for part in dates[-1])
    try:
        begin = datetime(year, month or 1, day or 1, tzinfo=UTC)
        if day:
            return begin, begin + timedelta(days=1)
        return begin, begin.replace(year=year + month // 12, month=month % 12 + 1) if month else begin.replace(
            year=year + 1
        )
    except ValueError:
        return None


def is_surely_older(candidate: Candidate, since: datetime) -> bool:
    """Tell whether a story was published before *since* for sure.

    The date of publication decides. What was changed last, long before *since*, was not published after it; the address
    may say otherwise.
    """
    dated = candidate.published_at or candidate.modified_at
    if dated is not None and dated >= since:
        return False
    if candidate.published_at:
        return latest(candidate.published_at) < since
    named = dated_by_address(candidate.url)
    if candidate.modified_at and latest(candidate.modified_at) + EDITED_BEFORE < since:
        return named is None or named + FARTHEST < since
    return named is not None and candidate.modified_at is None and named + FARTHEST + EDITED_BEFORE < since


def is_surely_newer(candidate: Candidate, until: datetime) -> bool:
    """Tell whether a story was not published before *until* for sure; a late date of change says nothing."""
    if candidate.published_at:
        return earliest(candidate.published_at) >= until
    named = span_of_address(candidate.url)
    return named is not None and named[1] - named[0] == timedelta(days=1) and named[0] - EDITED_BEFORE >= until


def part_is_surely_newer(link: DocumentLink, until: datetime) -> bool:
    """Tell whether the address of a part of an index names a time behind *until*."""
    named = span_of_address(link.url)
    return named is not None and named[0] - FIRST >= until


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
    Without one the address is believed where others name other times: a part for each.
    """
    named = dated_by_address(link.url)
    if link.modified_at is None:
        times = {dated_by_address(part.url) for part in parts if part.modified_at is None} - {None}
        return named is not None and len(times) >= SAME_DATES and named + EDITED_BEFORE < since
    if latest(link.modified_at) >= since:
        return False
    if named is not None:
        return named + FARTHEST < since
    return any(part.modified_at and latest(part.modified_at) >= since for part in parts)
