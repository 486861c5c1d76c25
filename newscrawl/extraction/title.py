"""The headline: the one that readers see, told from kickers and site names by what the page declares."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from newscrawl.extraction.declared import Choice, Declared, Evidence
from newscrawl.extraction.jsonld import text_of
from newscrawl.text.clean import CJK, one_line, plain, words

SEPARATOR = re.compile(r"\s+[|–—•·»«:∙⋅~-]+\s+|\s*[|»«]\s*|\s+::?\s+|\s+/\s+|:\s+(?=\S+$)")
METAS = (
    "og:title",
    "twitter:title",
    "headline",
    "parsely-title",
    "sailthru.title",
    "dc.title",
    "citation_title",
    "title",
)
LINES = ("h2", "h3", "h4", "font", "b", "strong", "big", "center", "p", "td", "div", "span")
MIN_AGREEMENT = 0.5
BAR = re.compile(r"\s*[|»«]\s*|\s+::\s+")
KICKER = re.compile(
    r"kicker|topline|dachzeile|overline|over-?title|roof|eyebrow|label|categor|section|topic|prefix|super-?title|pre-?title|intro|tag",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Heading:
    """One h1 and the ways to read it."""

    whole: str
    readings: tuple[str, ...]
    """Without what leads it (a kicker in an element of its own), shortest cut first, beginning with the whole."""

    heads: tuple[str, ...]
    """Without what ends it."""

    has_kicker: bool
    """Whether it begins with an element that its template names a kicker."""


def visible_headings(tree: HtmlElement) -> list[Heading]:
    """Return the h1 elements of *tree* that hold text."""
    found = []
    for heading in list(tree.iter("h1"))[:20]:
        parts = _parts(heading)
        whole = one_line(" ".join(parts))
        if not whole:
            continue
        cuts = [one_line(" ".join(parts[start:])).lstrip(":|-–—/ ") for start in range(1, len(parts))]
        heads = [one_line(" ".join(parts[:end])) for end in range(1, len(parts))]
        readings = dict.fromkeys([whole, *(cut for cut in cuts if cut)])
        found.append(Heading(whole, tuple(readings), tuple(heads), len(readings) > 1 and _has_kicker(heading, parts)))
    return found


def _has_kicker(heading: HtmlElement, parts: Sequence[str]) -> bool:
    """Say whether *heading* begins with an element that its template names a kicker, and goes on as a headline."""
    first = next((child for child in heading if isinstance(child.tag, str)), None)
    return (
        first is not None
        and KICKER.search(first.get("class") or "") is not None
        and one_line(first.text_content()) == parts[0]
        and len(words(" ".join(parts[1:])).split()) >= 3
    )


def _parts(heading: HtmlElement) -> list[str]:
    """Return the texts of *heading*, one for each element or line that it is made of; at most six."""
    parts: list[str] = []

    def add(text: str | None, *, new: bool) -> None:
        if not text or not text.strip():
            return
        if new or not parts:
            parts.append(text)
        else:
            parts[-1] += text

    pending = False
    for event, element in _walk(heading):
        if event == "text":
            add(element, new=pending)
            pending = pending and not (element and element.strip())
        else:
            pending = True
    parts = [one_line(part) for part in parts]
    return parts if len(parts) <= 6 else [*parts[:5], " ".join(parts[5:])]


def _walk(element: HtmlElement) -> list[tuple[str, str | None]]:
    """Return the texts of *element* in order, with a mark wherever an element begins or ends."""
    out: list[tuple[str, str | None]] = [("text", (element.text or "")[:2000])]
    for child in list(element)[:60]:
        inline = child.tag in ("i", "em", "b", "strong", "sup", "sub", "mark", "wbr", "q", "abbr", "font")
        if not inline:
            out.append(("mark", None))
        if child.tag not in ("script", "style", "svg", "noscript", "button"):
            out += _walk(child)
        if not inline:
            out.append(("mark", None))
        out.append(("text", (child.tail or "")[:2000]))
    return out


def declared_titles(declared: Declared) -> list[Evidence]:
    """Return what the head of the page calls the article."""
    told = [Evidence("json-ld headline", plain(text_of(declared.jsonld.get("headline", page=False))))]
    if declared.jsonld.article:
        told.append(Evidence("json-ld name", plain(text_of(declared.jsonld.article.get("name")))))
    told += declared.all(*METAS)
    told.append(Evidence("title", plain(declared.page_title)))
    return [one for one in told if one.value]


def site_names(declared: Declared) -> tuple[str, ...]:
    """Return the names under which the site may stand at the end of a title."""
    names = [one.value for one in declared.publisher().evidence]
    names += [one.value.lstrip("@") for one in declared.all("twitter:site", "article:publisher")]
    host = urlsplit(declared.url).hostname or ""
    labels = host.removeprefix("www.").split(".")
    names += [".".join(labels[-2:]), host.removeprefix("www.")]
    return tuple(dict.fromkeys(name for name in names if name and "://" not in name))


def strip_site(title: str, names: Sequence[str], others: Sequence[str] = ()) -> str:
    """Return *title* without the site's name before or after it.

    What stands behind a separator is the site's name if it is one of *names*, or if what stands before it is a
    headline by itself: one of *others*.
    """
    keys = {_squeezed(name) for name in names} - {""}
    heads = {words(other) for other in others} - {""}
    for _ in range(3):
        cuts = list(SEPARATOR.finditer(title))
        for cut in cuts:
            if words(title[: cut.start()]) in heads:
                return title[: cut.start()].strip()
        if cuts and _is_site(title[cuts[-1].end() :], keys) and title[: cuts[-1].start()].strip():
            title = title[: cuts[-1].start()].strip()
        elif len(cuts) > 1 and _is_site(title[cuts[-2].end() :], keys) and title[: cuts[-2].start()].strip():
            title = title[: cuts[-2].start()].strip()
        elif cuts and _is_site(title[: cuts[0].start()], keys) and title[cuts[0].end() :].strip():
            title = title[cuts[0].end() :].strip()
        else:
            return title
    return title


def _squeezed(name: str) -> str:
    return words(name).replace(" ", "").removeprefix("the")


def _is_site(part: str, keys: set[str]) -> bool:
    name = _squeezed(part)
    if not name:
        return True
    if name in keys:
        return True
    return len(name) >= 4 and any(len(key) >= 4 and (key.startswith(name) or name.startswith(key)) for key in keys)


def agreement(one: str, other: str) -> float:
    """Return how far two headlines have the same words, 0 to 1 (Dice's coefficient)."""
    a, b = set(words(one).split()), set(words(other).split())
    if not a or not b:
        return 0.0
    if len(a) == len(b) == 1:  # scripts without blanks: one word each
        a, b = set(words(one)), set(words(other))
    return 2 * len(a & b) / (len(a) + len(b))


def choose_title(tree: HtmlElement, declared: Declared, known: str | None = None) -> Choice:
    """Return the headline: the h1 that agrees best with the declared titles, else the best declared title.

    *known* is what the feed or link that led here calls the article.
    """
    raw = declared_titles(declared)
    names = site_names(declared)
    whole = [one.value for one in raw]
    told = [Evidence(one.source, strip_site(one.value, names, [t for t in whole if t != one.value])) for one in raw]
    link = strip_site(text, names, whole) if known and (text := plain(known)) else ""
    if link:
        told.append(Evidence("feed or link", link))
    headings = visible_headings(tree)
    evidence = tuple([Evidence("h1", heading.whole) for heading in headings] + told)
    headings = [heading for heading in headings if not _names_site(heading.whole, names, whole)]
    best, score = "", 0.0
    for heading in headings:
        for reading in heading.readings:
            near = max((agreement(reading, one.value) for one in told), default=0.0)
            exact = any(one.source == "json-ld headline" and words(one.value) == words(reading) for one in told)
            if heading.has_kicker and reading == heading.whole and not exact:
                continue
            if near + 0.01 * exact > score + 1e-9:
                best, score = reading, near + 0.01 * exact
        for head in heading.heads:
            if words(head) in {words(text) for text in whole} and score < 1.0:
                best, score = head, 1.0
    if best and score >= MIN_AGREEMENT:
        return Choice(strip_site(best, names), "h1", evidence)
    if len(headings) == 1 and _is_headline(text := headings[0].readings[headings[0].has_kicker]):
        return Choice(strip_site(text, names), "h1", evidence)
    lone_title = all(one.source == "title" for one in raw)  # which may name the site, above a headline in <font>
    if lone_title and link and (line := _line_of(tree, link)):
        return Choice(line, "feed or link", evidence)
    if told and all(one.source == "title" for one in told):
        return Choice(_visible_part(told[0].value, tree), "title", evidence)
    if told:
        return Choice(told[0].value, told[0].source, evidence)
    if headings:
        return Choice(headings[0].readings[0], "h1", evidence)
    return Choice("", "", evidence)


def _line_of(tree: HtmlElement, text: str) -> str:
    """Return *text* as it stands on the page, in a line of its own that is no link; "" if it does not."""
    wanted = words(text)
    for element in tree.iter(*LINES):
        own = element.text or ""
        if len(own) <= 500 and words(own) == wanted and next(element.iterancestors("a"), None) is None:
            return one_line(own)
    return ""


def _is_headline(text: str) -> bool:
    """Say whether *text* is long enough to be a headline by itself and not a section's name."""
    return len(words(text).split()) >= 3 or len(CJK.findall(text)) >= 8


def _names_site(heading: str, names: Sequence[str], titles: Sequence[str]) -> bool:
    """Say whether *heading* is the site's name: a known one, or what ends the page's title behind a headline."""
    if _squeezed(heading) in {_squeezed(name) for name in names}:
        return True
    key = words(heading)
    return (
        all(
            words(title).endswith(" " + key)
            and 3 * len(key) < 2 * len(words(title))  # else it is the headline, behind the site's name
            and any(words(title[cut.end() :]) == key for cut in SEPARATOR.finditer(title))
            for title in titles
        )
        and bool(titles)
    )


def _visible_part(title: str, tree: HtmlElement) -> str:
    """Return the part of a <title> that stands as a heading on the page; else its longest part between bars."""
    parts = [part.strip() for part in SEPARATOR.split(title) if part.strip()]
    if len(parts) < 2:
        return title
    shown = {words(heading.text_content()[:500]) for heading in list(tree.iter("h1", "h2", "h3", "h4"))[:60]}
    shown |= {words(link.text_content()[:500]) for link in tree.iterfind(".//a[@rel='bookmark']")}
    if visible := [part for part in parts if words(part) in shown and len(words(part)) > 3]:
        return max(visible, key=len)
    bars = [part.strip() for part in BAR.split(title) if part.strip()]
    return max(bars, key=len) if len(bars) > 1 else title
