"""The date that readers see: labelled, or in the headline's neighbourhood; never one that stands in the prose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Literal

from lxml.html import HtmlElement

from newscrawl.dates.labels import PUBLISHED, PUBLISHED_LATER, is_update, unlabelled
from newscrawl.dates.parse import read_moment
from newscrawl.dates.relative import is_length, read_relative
from newscrawl.extraction.metadata.date_names import names_of
from newscrawl.text.clean import words
from newscrawl.text.scripts import DENSE_CHAR

Moment = tuple[datetime, str]
Kind = Literal["tag", "label", "name", "line", "dateline", "change", "elsewhere"]
KINDS: tuple[Kind, ...] = ("tag", "label", "name", "line", "dateline")

HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
CARDS = frozenset({"li", "article", "section", "figure", "td"})
ASIDE = frozenset({"aside", "nav", "footer", "form", "blockquote"})
STRANGE = re.compile(
    r"(?:^|[\s_-])(?:comments?|related|sidebar|widget|copyright|teaser|recommend\w*|events?|popular|disqus)(?=$|[\s_-])",
    re.I,
)
INLINE = frozenset("a b strong i em u span font small abbr time mark label s bdi".split())
BLOCKS = frozenset("p div td th li header section h2 h3 h4 h5 h6 dd dt address center figcaption article main".split())
LINES = INLINE | BLOCKS
INSTANT = re.compile(r"\d{10}(?:\d{3})?|\d{4}-\d{2}-\d{2}[T ]?.*")
STAMPS = (
    "datetime content title data-seconds data-timestamp data-time data-date data-datetime data-published"
    " data-publish-date data-utc data-epoch data-ts data-created"
).split()
MAX_ELEMENTS = 6_000
MAX_LINE = 120  # characters of a line that holds a date; a longer one is prose
MAX_WORDS = 14
BARS, PARTS = re.compile(r"\s*[|·•]\s*"), re.compile(r"\s*[|·•,،、–—]\s*")
MAX_HEADING = 30  # characters of a heading that is nothing but a date
MAX_LABEL = 40
MIN_HEADLINE = 24  # characters; a linked name of an author is shorter
MAX_CARD = 1_500  # characters of a teaser with its markup's blanks; what is longer is the story
LEADS = frozenset({"p", "div", "strong", "b"})
MAX_DATELINE = 60
DATELINE = re.compile(
    r"(?:[^\W\d_][^\d|:–—]{1,30}[,(/ ] ?)?(?=[^|:–—]{0,30}\d)[^|:–—]{5,30}?"
    r"(?=\s?(?:[–—|„“\"«]|:(?!\d))|\s-\s|\s?\([^()]{2,20}\) ?[-–—]|\) ?[-–—])"
)
"""What stands before the dash: a place and a whole day, or the day alone."""

HAS_DAY = re.compile(r"[\d月]")
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


def shown_date(tree: HtmlElement, fetched_at: datetime, language: str, title: str = "") -> tuple[str, Moment] | None:
    """Return the date that *tree* shows of its own story, with its evidence (time-tag or text), or None.

    The surest kind within reach of the headline wins: a ``<time>``, a labelled line, an element named for a date, a
    line. Away from the headline only what is labelled or marked counts, and last the date of a change.
    """
    page = _Page(tree, fetched_at, language, title)
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
    """A tree that is searched for dates."""

    def __init__(self, tree: HtmlElement, fetched_at: datetime, language: str, title: str) -> None:
        self.elements = list(islice(tree.iter(), MAX_ELEMENTS))
        self.fetched_at, self.language = fetched_at, language
        self.headline = _headline(self.elements, words(title))
        at = self.elements[self.headline] if self.headline is not None else None
        self.above_headline = {at, *at.iterancestors()} if at is not None else set()
        articles = list(islice(tree.iter("article"), 2))
        if len(articles) == 1 and not any(one.find(".//a") is not None for one in articles[0].iter(*HEADINGS)):
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
        prose = 0
        numbered = set(self._numbered())
        for place, element in enumerate(self.elements):
            if element.tag not in LINES:
                continue
            is_below = place > (self.headline or 0)
            prose += is_below and len(element.text or "") > PROSE
            is_byline = self.headline is not None and is_below and not prose and place - self.headline <= BESIDE
            names = names_of(element)
            dates: list[tuple[Kind, Moment]] = []
            if any(names) or element in numbered or element.tag == "abbr":
                dates = list(dates_of(element, names, self.fetched_at, self.language, is_byline=is_byline))
            if not dates and is_below and prose <= 1 and element.tag in LEADS and (day := self._dateline(element)):
                yield Shown(day, place, "dateline")
            for kind, moment in dates:
                if kind == "line" and (prose > 1 or next(element.iterancestors("a"), None) is not None):
                    continue
                if not self._is_elsewhere(element, self.is_near(place)):
                    yield Shown(moment, place, kind)
                elif kind == "tag":
                    yield Shown(moment, place, "elsewhere")

    def _numbered(self) -> Iterator[HtmlElement]:
        """Yield the elements in whose own text a day may stand."""
        for element in self.elements:
            if (text := element.text) and HAS_DAY.search(text):
                yield element
            if (tail := element.tail) and HAS_DAY.search(tail):
                yield element.getparent()

    def _dateline(self, element: HtmlElement) -> Moment | None:
        """Return the day with which the paragraph *element* begins: "BERLIN, 22. November 2022 – The …"."""
        start = (element.text or "").strip()
        if not start and len(element) and element[0].tag in ("b", "strong", "em", "i", "span", "font"):
            start = element[0].text_content()[: 2 * MAX_DATELINE] + (element[0].tail or "")
        match = DATELINE.match(" ".join(start[: 2 * MAX_DATELINE].split()))
        if match is None or self._is_elsewhere(element, True):
            return None
        return read_moment(match[0], self.fetched_at, self.language)

    def _is_elsewhere(self, element: HtmlElement, is_near: bool) -> bool:
        """Say whether *element* stands in another story's teaser, among comments or beside the text."""
        for above in element.iterancestors():
            if above in self.above_headline:
                return False
            if above.tag in ASIDE and not (is_near and above.tag in ("aside", "footer")):
                return True
            if STRANGE.search(f"{above.get('class') or ''} {above.get('id') or ''}"):
                return True
            if above.tag in CARDS and _is_teaser(above):
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


def _headline(elements: list[HtmlElement], title: str) -> int | None:
    """Return the place of the element that is the headline *title*, a heading before others; else of the first h1."""
    first: int | None = None
    spare: int | None = None
    for place, element in enumerate(elements):
        if element.tag in HEADINGS:
            if (
                title
                and words(element.text_content()[:500]) == title
                and next(element.iterancestors("nav"), None) is None
            ):
                return place
            first = place if first is None and element.tag == "h1" else first
        elif title and spare is None and element.tag in LINES and element.tag != "a":
            own = element.text
            if own and len(own) < 400 and words(own) == title and next(element.iterancestors("a", "nav"), None) is None:
                spare = place
    return spare if spare is not None else first


def dates_of(
    element: HtmlElement, names: tuple[bool, bool], fetched_at: datetime, language: str, *, is_byline: bool = False
) -> Iterator[tuple[Kind, Moment]]:
    """Yield the date that *element* shows, if any, and how it is known to be one; behind a change's the publication's.

    *names* is what :func:`names_of` says of it; *is_byline* that it stands between headline and text, where a time may
    be told from now on: "2 hours ago".
    """
    is_named, is_change = names
    if is_named or element.tag == "abbr":
        for attribute in STAMPS:
            stamp = element.get(attribute)
            if stamp and INSTANT.fullmatch(stamp.strip()) and (moment := read_moment(stamp, fetched_at)):
                yield ("change" if is_change or is_update(_before(element)) else "tag"), moment
                return
    for text in _lines(element, is_named):
        moment = read_moment(text, fetched_at, language)
        if moment is None and (is_named or (is_byline and HAS_DAY.search(text) and not is_length(text))):
            parts = (part.strip(" :") for part in PARTS.split(unlabelled(text)))
            moment = next((at for part in parts if (at := read_relative(part, fetched_at, language))), None)
        if moment is None:
            continue
        if is_change or is_update(text) or is_update(_before(element)):
            yield "change", moment
            later = PUBLISHED_LATER.search(text)
            if later is not None and (moment := read_moment(later[1], fetched_at, language)):
                yield "label", moment
            continue
        elif PUBLISHED.match(text) or PUBLISHED.match(_before(element)):
            yield "label", moment
        elif is_named:
            yield "name", moment
        elif not _is_title(element, text):
            yield "line", moment
        return


def _is_title(element: HtmlElement, text: str) -> bool:
    """Say whether *text* is a sentence, or a heading that is more than a date."""
    if text.endswith((".", "!", "?", "。", "।")) and len(text) >= 40:
        return True
    return element.tag in HEADINGS and len(text) > MAX_HEADING


def _lines(element: HtmlElement, is_named: bool) -> Iterator[str]:
    """Yield the text of *element* where it is a line, else its pieces that are; without a digit only if it is named."""
    pieces = [element.text or "", *((child.tail or "")[: 2 * MAX_LINE] for child in element[:20])]
    if not is_named and not any(HAS_DAY.search(piece) for piece in pieces if piece):
        return
    parts, size = [], 0
    for part in element.itertext():
        parts.append(part)
        size += len(part.strip())
        if size > MAX_LINE:
            break
    lines = [" ".join(parts)] if size <= MAX_LINE else pieces
    for line in lines:
        text = " ".join(line.split())
        for part in [text] if _is_short(text) else BARS.split(text):
            if len(part) >= 3 and _is_short(part):
                yield part


def _is_short(text: str) -> bool:
    return len(text) <= MAX_LINE and len(text.split()) <= MAX_WORDS


def _before(element: HtmlElement) -> str:
    """Return what stands before *element*: the label that a template puts there."""
    previous, parent = element.getprevious(), element.getparent()
    if previous is None:
        text = (parent.text if parent is not None else None) or ""
    else:
        text = previous.tail or ""
        if not text.strip() and isinstance(previous.tag, str):
            text = previous.text_content()[:200]
    text = " ".join(text.split())
    is_label = len(text) <= MAX_LABEL and not any(map(str.isdigit, text))  # with a figure it is a date of its own
    return text if is_label else ""
