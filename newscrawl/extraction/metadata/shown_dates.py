"""The date that readers see: labelled, or in the headline's neighbourhood; never one that stands in the prose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from lxml.html import HtmlElement

from newscrawl.dates.parse import read_moment
from newscrawl.extraction.metadata.date_names import named_dates
from newscrawl.extraction.metadata.element_dates import HAS_DAY, HEADINGS, Kind, Moment, dates_of
from newscrawl.extraction.tree.nodes import Nodes
from newscrawl.text.clean import words
from newscrawl.text.scripts import DENSE_CHAR

KINDS: tuple[Kind, ...] = ("tag", "label", "name", "line", "dateline")
CARDS = frozenset({"li", "article", "section", "figure", "td"})
ASIDE = frozenset({"aside", "nav", "footer", "form", "blockquote"})
STRANGE = re.compile(
    r"(?:^|[\s_-])(?:comments?|related|sidebar|widget|copyright|teaser|recommend\w*|events?|popular|disqus)(?=$|[\s_-])",
    re.I,
)
INLINE = frozenset("a b strong i em u span font small abbr time mark label s bdi".split())
BLOCKS = frozenset("p div td th li header section h2 h3 h4 h5 h6 dd dt address center figcaption article main".split())
LINES = INLINE | BLOCKS
TITLED = LINES - HEADINGS - {"a"}
MAX_ELEMENTS = 6_000
MIN_HEADLINE = 24  # characters; a linked name of an author is shorter
MAX_CARD = 1_500  # characters of a teaser with its markup's blanks; what is longer is the story
LEADS = frozenset({"p", "div", "strong", "b"})
PARTS = frozenset({"b", "strong", "em", "i", "span", "font"})
MAX_DATELINE = 60
DATELINE = re.compile(
    r"(?:[^\W\d_][^\d|:–—]{1,30}[,(/ ] ?)?(?=[^|:–—]{0,30}\d)[^|:–—]{5,30}?"
    r"(?=\s?(?:[–—|„“\"«]|:(?!\d))|\s-\s|\s?\([^()]{2,20}\) ?[-–—]|\) ?[-–—])"
)
"""What stands before the dash: a place and a whole day, or the day alone."""

PROSE = 150  # characters of a paragraph; below the second, which is no summary, no unnamed line is the date
NEAR = 40
"""Elements between headline and date: subtitle, byline, share buttons and the lead picture stand there."""

BESIDE = 12
"""Elements between the headline and a time that is told from now on; further down teasers of other stories have one."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One date on the page."""

    moment: Moment
    place: int
    """The number of its element in document order."""

    kind: Kind


def shown_date(nodes: Nodes, fetched_at: datetime, language: str, title: str = "") -> tuple[str, Moment] | None:
    """Return the date that the page of *nodes* shows of its own story, with its evidence (time-tag or text), or None.

    The surest kind within reach of the headline wins: a ``<time>``, a labelled line, an element named for a date, a
    line. Away from the headline only what is labelled or marked counts, and last the date of a change.
    """
    page = _Page(nodes, fetched_at, language, title)
    dates = list(page.dates())
    near = [date for date in dates if page.is_near(date.place)]
    for group, kinds in ((near, KINDS), (dates, KINDS[: 3 if page.headline is not None else 5]), (dates, ("change",))):
        for kind in kinds:
            if of_kind := [date for date in group if date.kind == kind]:
                return _refined(min(of_kind, key=page.distance), dates)
    return None


def _refined(best: Shown, dates: list[Shown]) -> tuple[str, Moment]:
    """Return *best* as evidence, or a date that names the same day more exactly, wherever it stands."""
    exact = [date for date in dates if date.moment[1] != "day" and date.kind != "change"]
    if best.moment[1] == "day" and best.kind != "change":
        same_day = (date for date in exact if date.moment[0].date() == best.moment[0].date())
        best = next(same_day, best)
    return ("time-tag" if best.kind in ("tag", "elsewhere") else "text"), best.moment


class _Page:
    """A page that is searched for dates; its elements are their places in the nodes."""

    def __init__(self, nodes: Nodes, fetched_at: datetime, language: str, title: str) -> None:
        self.nodes = nodes
        self.end = min(len(nodes.tags), MAX_ELEMENTS)
        self.fetched_at, self.language = fetched_at, language
        self.headline = at = _headline(nodes, self.end, words(title))
        self.above_headline = {at, *nodes.around(at)} if at is not None else set()
        articles = nodes.tagged["article"]
        if len(articles) == 1 and not any(
            nodes.inside(heading, "a") for tag in HEADINGS for heading in nodes.inside(articles[0], tag)
        ):
            self.above_headline.add(articles[0])  # the only one, whose heading leads nowhere, is no teaser

    def distance(self, shown: Shown) -> int:
        """Return how far *shown* is from the headline; above it counts a little further."""
        apart = shown.place - (self.headline or 0)
        return apart if apart >= 0 else 5 - apart

    def is_near(self, place: int) -> bool:
        """Say whether *place* is in the headline's neighbourhood."""
        return self.headline is not None and -NEAR // 2 <= place - self.headline <= NEAR

    def dates(self) -> Iterator[Shown]:
        """Yield the dates of the page; of those of other stories only the instants."""
        nodes, tags, headline = self.nodes, self.nodes.tags, self.headline
        start = (headline or 0) + 1
        texts = enumerate(nodes.texts[start : self.end], start)
        prose = islice((at for at, text in texts if text and len(text) > PROSE and tags[at] in LINES), 2)
        first, second = [*prose, self.end, self.end][:2]
        named, numbered = named_dates(nodes, self.end), self._numbered()
        asked = named.keys() | numbered
        asked.update(nodes.tagged["abbr"])
        leads = {
            at
            for tag in LEADS
            for at in nodes.tagged[tag]
            if start <= at < second and (at in numbered or self._begins_with_part(at))
        }
        for at in sorted(asked | leads):
            if tags[at] not in LINES or at >= self.end:
                continue
            dates: list[tuple[Kind, Moment]] = []
            if at in asked:
                is_byline = headline is not None and headline < at < first and at - headline <= BESIDE
                names = named.get(at, (False, False))
                element = nodes.elements[at]
                dates = list(dates_of(element, names, self.fetched_at, self.language, is_byline=is_byline))
            if not dates and at in leads and (day := self._dateline(at)):
                yield Shown(day, at, "dateline")
            for kind, moment in dates:
                if kind == "line" and (at >= second or _is_in(nodes, at, "a")):
                    continue
                if not self._is_elsewhere(at, self.is_near(at)):
                    yield Shown(moment, at, kind)
                elif kind == "tag":
                    yield Shown(moment, at, "elsewhere")

    def _numbered(self) -> set[int]:
        """Return the elements in whose own text a day may stand."""
        nodes = self.nodes
        numbered = {at for at, text in enumerate(nodes.texts[: self.end]) if text and HAS_DAY.search(text)}
        tails = enumerate(nodes.tails[: self.end])
        return numbered | {nodes.parents[at] for at, tail in tails if tail and HAS_DAY.search(tail)}

    def _dateline(self, at: int) -> Moment | None:
        """Return the day with which the paragraph *at* begins: "BERLIN, 22. November 2022 – The …"."""
        nodes = self.nodes
        start = (nodes.texts[at] or "").strip()
        if self._begins_with_part(at):
            first = at + 1
            start = nodes.text(first)[: 2 * MAX_DATELINE] + (nodes.tails[first] or "")
        match = DATELINE.match(" ".join(start[: 2 * MAX_DATELINE].split()))
        if match is None or self._is_elsewhere(at, True):
            return None
        return read_moment(match[0], self.fetched_at, self.language)

    def _begins_with_part(self, at: int) -> bool:
        """Say whether the text of *at* begins in its first child, in which a place and a day may stand."""
        nodes = self.nodes
        return not nodes.own[at] and at + 1 < nodes.ends[at] and nodes.tags[at + 1] in PARTS

    def _is_elsewhere(self, at: int, is_near: bool) -> bool:
        """Say whether *at* stands in another story's teaser, among comments or beside the text."""
        nodes = self.nodes
        for above in nodes.around(at):
            if above in self.above_headline:
                return False
            tag = nodes.tags[above]
            if tag in ASIDE and not (is_near and tag in ("aside", "footer")):
                return True
            if STRANGE.search(f"{nodes.classes[above] or ''} {nodes.ids[above] or ''}"):
                return True
            if tag in CARDS and _is_teaser(nodes.elements[above]):
                return True
        return False


def _is_teaser(card: HtmlElement) -> bool:
    """Say whether *card* is as short as a teaser, with a heading or the link of a headline in it."""
    if len(card.text_content()) >= MAX_CARD:
        return False
    if next(card.iter(*HEADINGS), None) is not None:
        return True
    links = [" ".join(link.text_content().split()) for link in islice(card.iter("a"), 5)]
    return card.tag == "li" and any(
        len(text) >= MIN_HEADLINE or len(DENSE_CHAR.findall(text)) >= MIN_HEADLINE // 4 for text in links
    )


def _headline(nodes: Nodes, end: int, title: str) -> int | None:
    """Return which element is the headline *title*, a heading before others; else the first h1."""
    headings = sorted(at for tag in HEADINGS for at in nodes.tagged[tag] if at < end)
    if title:
        for at in headings:
            if words(nodes.elements[at].text_content()[:500]) == title and not _is_in(nodes, at, "nav"):
                return at
        for at, text in enumerate(nodes.texts[:end]):
            if not text or not len(title) <= 2 * len(text) < 800 or nodes.tags[at] not in TITLED:
                continue
            if words(text) == title and not _is_in(nodes, at, "a", "nav"):
                return at
    return next((at for at in headings if nodes.tags[at] == "h1"), None)


def _is_in(nodes: Nodes, at: int, *tags: str) -> bool:
    return any(nodes.tags[above] in tags for above in nodes.around(at))
