"""When it was published and changed: full instants with their zone, from the most trustworthy evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice

from htmldate import find_date
from lxml.html import HtmlElement

from newscrawl.extraction.bylines import is_in_card
from newscrawl.extraction.declared import Choice, Declared, Evidence
from newscrawl.extraction.jsonld import text_of
from newscrawl.extraction.page import Page

OLDEST = datetime(1990, 1, 1, tzinfo=UTC)
PUBLISHED = (
    "article:published_time og:article:published_time article:published og:published_time datepublished "
    "parsely-pub-date sailthru.date cxenseparse:recs:publishtime publishdate publish-date publish_date "
    "pubdate publication_date article.published article:published_date og:pubdate date dc.date dc.date.issued "
    "dcterms.date dcterms.created "
    "citation_publication_date datecreated date.issued shareaholic:article_published_time "
    "iso-8601-publish-date ptime displaydate"
).split()
MODIFIED = (
    "article:modified_time og:updated_time og:article:modified_time datemodified dcterms.modified "
    "last-modified lastmod article:modified"
).split()
ISO = re.compile(
    r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T\s,]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:[.,]\d{1,9})?"
    r"\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2}(?!\d))?)?",
    re.I,
)
COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?(Z|[+-]\d{2}:?\d{2})?)?$")
IN_URL = re.compile(r"/(20\d{2}|199\d)[/-]?(0[1-9]|1[0-2]|[1-9])[/-]?(0[1-9]|[12]\d|3[01]|[1-9])(?:[/_.-]|$)")

MAX_APART = timedelta(days=7)
"""Between the day in the address, which a content system gives an article once, and what its page shows."""

Moment = tuple[datetime, str]
"""An instant in UTC and its precision: second, minute or day."""


def read_moment(text: str, fetched_at: datetime) -> Moment | None:
    """Return the instant that *text* begins with, or None; one later than a day after *fetched_at* is none."""
    text = text.strip()[:100]
    found = COMPACT.match(text) or ISO.match(text)
    if not found:
        return _read_rfc(text, fetched_at)
    year, month, day, hour, minute, second, zone = found.groups()
    try:
        moment = datetime(int(year), int(month), int(day), tzinfo=UTC)
        precision = "day"
        if hour is not None and zone:
            moment += timedelta(hours=int(hour), minutes=int(minute), seconds=int(second or 0)) - _offset(zone)
            precision = "second" if second is not None else "minute"
    except (ValueError, OverflowError):
        return None
    return (moment, precision) if OLDEST <= moment <= fetched_at + timedelta(days=1) else None


def _read_rfc(text: str, fetched_at: datetime) -> Moment | None:
    from email.utils import parsedate_to_datetime

    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    if moment.tzinfo is None:
        moment, precision = moment.replace(hour=0, minute=0, second=0, tzinfo=UTC), "day"
    else:
        moment, precision = moment.astimezone(UTC), "second"
    return (moment, precision) if OLDEST <= moment <= fetched_at + timedelta(days=1) else None


def _offset(zone: str) -> timedelta:
    if zone[0] not in "+-":
        return timedelta()
    digits = zone[1:].replace(":", "").ljust(4, "0")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    if offset > timedelta(hours=15):
        raise ValueError(zone)
    return -offset if zone[0] == "-" else offset


def published(tree: HtmlElement, declared: Declared, page: Page) -> Choice:
    """Return when the article was first published, as ``(instant, precision)``, and which evidence says so."""
    told: list[Evidence] = []

    def add(source: str, text: str) -> None:
        if text and (moment := read_moment(text, page.fetched_at)):
            told.append(Evidence(source, moment))

    add("json-ld", text_of(declared.jsonld.get("datePublished")))
    for one in declared.all(*PUBLISHED):
        add("meta", one.value)
    if not told:
        for text in _marked(tree):
            add("meta", text)
        add("json-ld", text_of(declared.jsonld.get("dateCreated", page=False)))
    if page.published_at is not None and page.published_at <= page.fetched_at + timedelta(days=1):
        source = page.via if page.via in ("feed", "news-sitemap") else "feed"
        told.append(Evidence(source, (page.published_at.astimezone(UTC), "second")))
    if not told:
        _guess(tree, declared, page, told)
    if not told:
        return Choice()
    best = next((one for one in told if one.value[1] != "day" and _same_day(one, told[0])), told[0])
    return Choice(best.value, best.source, tuple(told))


def _same_day(one: Evidence, other: Evidence) -> bool:
    difference: timedelta = one.value[0] - other.value[0]
    return -timedelta(hours=14) <= difference <= timedelta(hours=36)


def _marked(tree: HtmlElement) -> Iterator[str]:
    """Yield the date that the body's markup (microdata) gives the article; comments and teasers have theirs later."""
    for element in tree.iterfind(".//*[@itemprop='datePublished']"):
        if not is_in_card(element):
            yield element.get("content") or element.get("datetime") or element.text or ""
            return


def _guess(tree: HtmlElement, declared: Declared, page: Page, told: list[Evidence]) -> None:
    """Look for the date where it is not declared: time tags, the URL, the text."""
    address = IN_URL.search(declared.url)
    day = _in_url(address) if address else None
    spare: Moment | None = None
    for element in islice(tree.iter("time"), 20):
        changed = "modif" in (element.get("class") or "").lower()
        if changed or not (moment := read_moment(element.get("datetime") or "", page.fetched_at)):
            continue
        if day is not None and abs(moment[0].date() - day) > MAX_APART:
            continue
        if not is_in_card(element):
            told.append(Evidence("time-tag", moment))
            return
        spare = spare or moment
    found = _search(tree, declared.url, page, extensive=False) or _search(tree, declared.url, page, extensive=True)
    guess = read_moment(found, page.fetched_at) if found else None
    if spare and (guess is None or spare[0].date() == guess[0].date()):
        told.append(Evidence("time-tag", spare))
    elif guess:
        told.append(Evidence("url" if day == guess[0].date() else "text", guess))


def _search(tree: HtmlElement, url: str, page: Page, *, extensive: bool) -> str | None:
    """Let htmldate search the text. The extensive way tries 300 languages, five seconds at its first call."""
    today = page.fetched_at.strftime("%Y-%m-%d")
    for element in list(tree.iter("meta")):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        if name.lower() in MODIFIED:  # which htmldate takes for want of a better one
            element.drop_tree()
    try:
        found = find_date(tree, url=url or None, original_date=True, extensive_search=extensive, max_date=today)
    except Exception:  # dateparser has raised OverflowError, RecursionError and others on what pages write
        return None
    return str(found) if found else None


def _in_url(match: re.Match[str]) -> date | None:
    try:
        return datetime(int(match[1]), int(match[2]), int(match[3]), tzinfo=UTC).date()
    except ValueError:
        return None


def modified(declared: Declared, page: Page) -> Choice:
    """Return when the article was last changed, as ``(instant, precision)``."""
    told = [Evidence("json-ld", text_of(declared.jsonld.get("dateModified")))]
    told += [Evidence("meta", one.value) for one in declared.all(*MODIFIED)]
    evidence = [
        Evidence(one.source, moment)
        for one in told
        if one.value and (moment := read_moment(one.value, page.fetched_at))
    ]
    if page.modified_at is not None and page.modified_at <= page.fetched_at + timedelta(days=1):
        evidence.append(Evidence("feed", (page.modified_at.astimezone(UTC), "second")))
    return Choice(evidence[0].value, evidence[0].source, tuple(evidence)) if evidence else Choice()
