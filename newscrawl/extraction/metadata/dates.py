"""When it was published and changed: full instants with their zone, from the most trustworthy evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from lxml.html import HtmlElement

from newscrawl.dates.parse import AHEAD, is_plausible, read_moment
from newscrawl.extraction.declarations.declared import Choice, Declared, Evidence
from newscrawl.extraction.declarations.jsonld import text_of
from newscrawl.extraction.metadata.byline_places import is_in_card
from newscrawl.extraction.metadata.shown_dates import shown_date
from newscrawl.extraction.page import Page
from newscrawl.extraction.tree.nodes import Nodes

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
IN_URL = re.compile(
    r"/(?:(?P<y>20\d{2}|199\d)(?P<mark>[/-])(?P<m>0?[1-9]|1[0-2]|[a-z]{3,9})(?P=mark)(?P<d>0?[1-9]|[12]\d|3[01])"
    r"|(?P<Y>20\d{2}|199\d)(?P<M>0[1-9]|1[0-2])(?P<D>0[1-9]|[12]\d|3[01]))(?=[/_.-]|$)",
    re.I,
)
NUMBERS = re.compile(r"\s*\d{1,2}[/.-]\d{1,2}[/.-]\d{4}")
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()

MAX_APART = timedelta(days=7)
"""Between the day in the address, which a content system gives an article once, and what its page shows."""


def published(
    tree: HtmlElement, nodes: Nodes, declared: Declared, page: Page, language: str = "", title: str = ""
) -> Choice:
    """Return when the article was first published, as ``(instant, precision)``, and which evidence says so.

    What the page declares comes first, then what a feed said, what readers see, and the address. *language* is that
    of the text, *title* its headline, near which the date stands; *nodes* are those of the body of *tree*.
    """
    given: list[Evidence] = []

    unsure: set[tuple[datetime, str]] = set()

    def add(source: str, text: str) -> None:
        if text and (moment := read_moment(text, page.fetched_at, language)):
            given.append(Evidence(source, moment))
            if NUMBERS.match(text):
                unsure.add(moment)

    add("json-ld", text_of(declared.jsonld.get("datePublished")))
    for evidence in declared.all(*PUBLISHED):
        add("meta", evidence.value)
    if not given:
        for text in _marked(tree):
            add("meta", text)
        add("json-ld", text_of(declared.jsonld.get("dateCreated", page=False)))
    if page.published_at is not None and page.published_at <= page.fetched_at + AHEAD:
        source = page.via if page.via in ("feed", "news-sitemap") else "feed"
        given.append(Evidence(source, (page.published_at.astimezone(UTC), "second")))
    if all(evidence.value[1] == "day" for evidence in given):
        given += _shown(nodes, declared, page, language, title)
    if not given:
        return Choice()
    first = given[0]
    if first.value in unsure:
        first = next(
            (evidence for evidence in given if evidence.value not in unsure and _is_swapped(evidence, first)), first
        )
    best = next((evidence for evidence in given if evidence.value[1] != "day" and _same_day(evidence, first)), first)
    return Choice(best.value, best.source, tuple(given))


def _same_day(first: Evidence, second: Evidence) -> bool:
    difference: timedelta = first.value[0] - second.value[0]
    return -timedelta(hours=14) <= difference <= timedelta(hours=36)


def _is_swapped(first: Evidence, second: Evidence) -> bool:
    """Say whether the two name the same day with day and month exchanged, which 9/3/2026 does not tell."""
    a, b = first.value[0], second.value[0]
    return (a.year, a.month, a.day) == (b.year, b.day, b.month)


def _marked(tree: HtmlElement) -> Iterator[str]:
    """Yield the date that the body's markup (microdata) gives the article; comments and teasers have theirs later."""
    for element in tree.iterfind(".//*[@itemprop='datePublished']"):
        if not is_in_card(element):
            yield element.get("content") or element.get("datetime") or " ".join(element.text_content()[:200].split())
            return


def _shown(nodes: Nodes, declared: Declared, page: Page, language: str, title: str) -> Iterator[Evidence]:
    """Yield the date that the page shows and the date in its address, the more reliable first."""
    address = IN_URL.search(declared.url)
    day = _in_url(address) if address else None
    shown = shown_date(nodes, page.fetched_at, language, title)
    if shown is None and (said := declared.lang.lower()) and said[:2] != language[:2]:
        shown = shown_date(nodes, page.fetched_at, said, title)  # a template in one language, a text in another
    if shown and day and (shown[1][0].year, shown[1][0].day, shown[1][0].month) == (day.year, day.month, day.day):
        shown = None  # an address goes from year to day
    if shown and (day is None or abs(shown[1][0].date() - day) <= MAX_APART):
        yield Evidence(*shown)
    if day is not None and is_plausible(moment := datetime.combine(day, time(), UTC), page.fetched_at):
        yield Evidence("url", (moment, "day"))


def _in_url(match: re.Match[str]) -> date | None:
    month = match["m"] or match["M"]
    try:
        number = int(month) if month.isdigit() else MONTHS.index(month[:3].lower()) + 1
        return date(int(match["y"] or match["Y"]), number, int(match["d"] or match["D"]))
    except ValueError:
        return None


def modified(declared: Declared, page: Page) -> Choice:
    """Return when the article was last changed, as ``(instant, precision)``."""
    given = [Evidence("json-ld", text_of(declared.jsonld.get("dateModified")))]
    given += [Evidence("meta", evidence.value) for evidence in declared.all(*MODIFIED)]
    evidence = [
        Evidence(text.source, moment)
        for text in given
        if text.value and (moment := read_moment(text.value, page.fetched_at))
    ]
    if page.modified_at is not None and page.modified_at <= page.fetched_at + AHEAD:
        evidence.append(Evidence("feed", (page.modified_at.astimezone(UTC), "second")))
    return Choice(evidence[0].value, evidence[0].source, tuple(evidence)) if evidence else Choice()
