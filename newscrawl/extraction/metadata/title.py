"""The headline that readers see. What the page declares tells it from kickers and from the names of sites."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import islice

from lxml.html import HtmlElement

from newscrawl.extraction.declarations.declared import Choice, Declared, Evidence
from newscrawl.extraction.declarations.jsonld import text_of
from newscrawl.extraction.learned.memory import line_hash
from newscrawl.extraction.metadata.site_name import SEPARATOR, is_name, names_beside, site_names, strip_site
from newscrawl.extraction.tree.headings import Heading, first_subheading, visible_headings
from newscrawl.text.clean import estimate_words, one_line, plain, words
from newscrawl.text.scripts import DENSE, DENSE_CHAR

METAS = (
    "og:title",
    "twitter:title",
    "headline",
    "parsely-title",
    "sailthru.title",
    "articletitle",
    "dc.title",
    "citation_title",
    "title",
)
HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
LINES = ("h1", "h2", "h3", "h4", "font", "b", "strong", "big", "center", "p", "td", "div", "span")
MAX_LINES = 3_000
BAR = re.compile(rf"\s*[|»«｜丨]\s*|\s+::\s+|\s*-{{2,}}\s*|(?<=[{DENSE}])_+|_+(?=[{DENSE}])")
COLON = re.compile(r"(?<=\w): +(?=\S)|：")
MIN_AGREEMENT = 0.5
MAX_WORDS = 40
"""Of an h1 that is a headline, where the page declares another: a longer one is a paragraph."""


def declared_titles(declared: Declared) -> list[Evidence]:
    """Return what the head of the page calls the article."""
    stated = [Evidence("json-ld headline", plain(text_of(declared.jsonld.get("headline", page=False))))]
    if declared.jsonld.article:
        stated.append(Evidence("json-ld name", plain(text_of(declared.jsonld.article.get("name")))))
    stated += declared.all(*METAS)
    stated.append(Evidence("title", plain(declared.page_title)))
    return [claim for claim in stated if claim.value]


def agreement(first: str, second: str) -> float:
    """Return how far two headlines have the same words, 0 to 1 (Dice's coefficient)."""
    a, b = set(words(first).split()), set(words(second).split())
    if not a or not b:
        return 0.0
    if len(a) == len(b) == 1 or (DENSE_CHAR.search(first) and DENSE_CHAR.search(second)):  # scripts without blanks
        a, b = set("".join(a)), set("".join(b))
    return 2 * len(a & b) / (len(a) + len(b))


def choose_title(
    tree: HtmlElement, declared: Declared, known: str | None = None, repeated: Collection[int] = frozenset()
) -> Choice:
    """Return the headline: the h1 that agrees best with the declared titles, else the best declared title.

    *known* is what the feed or link that led here calls the article. What other stories of the site have too
    (*repeated*, hashes of lines) is no headline.
    """
    raw = declared_titles(declared)
    raw = [claim for claim in raw if line_hash(claim.value) not in repeated] or raw
    whole = [claim.value for claim in raw]
    names = [*site_names(tree, declared), *_shared(whole, repeated)]
    headings = visible_headings(tree)
    mastheads = [heading.whole for heading in headings if heading.leads_home]
    keep = _agreed(headings, raw)
    stated = [
        Evidence(claim.source, strip_site(claim.value, names, [t for t in whole if t != claim.value], keep))
        for claim in raw
    ]
    link = strip_site(text, names, whole, keep) if known and (text := plain(known)) else ""
    if link:
        stated.append(Evidence("feed or link", link))
    evidence = tuple([Evidence("h1", heading.whole) for heading in headings] + stated)
    beside = [*names, *names_beside(whole)]
    headings = [heading for heading in headings if not _is_masthead(heading, beside, stated, whole)]
    headings = [heading for heading in headings if line_hash(heading.whole) not in repeated]
    if stated:
        headings = [heading for heading in headings if estimate_words(heading.whole) <= MAX_WORDS]
    best, score = "", 0.0
    openings = {words(span) for text in whole for span in _openings(text)}
    for heading in headings:
        own, value = "", score
        for reading in heading.readings:
            near = max((agreement(reading, claim.value) for claim in stated), default=0.0)
            exact = any(claim.source == "json-ld headline" and words(claim.value) == words(reading) for claim in stated)
            if heading.has_kicker and reading == heading.whole and not exact:
                continue
            if near + 0.01 * exact > value + 1e-9:
                own, value = reading, near + 0.01 * exact
        if own:
            opening = (text for text in (*heading.readings, *heading.heads) if words(text) in openings)
            is_whole = any(words(own) == words(claim.value) for claim in stated)
            best, score = own if is_whole else next(opening, own), value
        for head in heading.heads:
            if words(head) in {words(text) for text in whole} and score < 1.0:
                best, score = head, 1.0
    if best and score >= MIN_AGREEMENT:
        return Choice(strip_site(best, names, keep=keep), "h1", evidence)
    if line := _shown_title(tree, stated, names):
        return Choice(line.value, line.source, evidence)
    if (
        len(headings) == 1
        and not (score == 0.0 and _is_agreed(stated))
        and _is_headline(text := headings[0].readings[headings[0].has_kicker])
    ):
        return Choice(strip_site(text, names), "h1", evidence)
    is_nameless = not headings and all(is_name(claim.value, (*names, *mastheads)) for claim in stated)
    if is_nameless and (below := first_subheading(tree)):
        return Choice(below, "h2", evidence)
    if stated and all(claim.source == "title" for claim in stated):
        own = _without_masthead(stated[0].value, mastheads)
        return Choice(max(BAR.split(own), key=len).strip(), "title", evidence)
    if stated:
        return Choice(stated[0].value, stated[0].source, evidence)
    if headings:
        return Choice(headings[0].readings[0], "h1", evidence)
    return Choice("", "", evidence)


def _without_masthead(title: str, mastheads: Sequence[str]) -> str:
    """Return *title* without the site's name that it begins or ends with, as the heading that leads home has it."""
    for name in mastheads:
        for rest in (title.removeprefix(name), title.removesuffix(name)):
            if rest != title and _is_phrase(rest) and not (rest[:1].isalnum() and rest[-1:].isalnum()):
                return rest.strip(" -–—|:·•»«<>[]/")
    return title


def _agreed(headings: Sequence[Heading], stated: Sequence[Evidence]) -> list[str]:
    """Return the headlines on which page and declarations agree: an h1 that stands in two other places as well."""
    declared = [words(claim.value) for claim in stated]
    keys = ((heading.whole, words(heading.whole)) for heading in headings)
    return [whole for whole, key in keys if sum(text == key or text.startswith(key + " ") for text in declared) >= 2]


def _is_agreed(stated: Sequence[Evidence]) -> bool:
    """Say whether two declarations are of one headline."""
    keys = [words(claim.value) for claim in stated]
    return len(keys) > len(set(keys))


def title_parts(declared: Declared, title: Choice) -> list[str]:
    """Return what the site's memory keeps of the titles of a page: each h1 and declared title, whole and in parts."""
    stated = [claim.value for claim in declared_titles(declared)]
    headings = [claim.value for claim in title.evidence if claim.source == "h1"]
    return [*headings, *stated, *(part for text in stated for part in parts_of(text))]


def _shared(titles: Sequence[str], repeated: Collection[int]) -> list[str]:
    """Return the parts of *titles* that stand in the titles of the site's other stories."""
    parts = (part for title in titles for part in parts_of(title))
    return [part for part in parts if line_hash(part) in repeated]


def parts_of(title: str) -> list[str]:
    """Return the parts between the separators of *title*."""
    return [part.strip() for part in SEPARATOR.split(title) if part and part.strip()]


def _is_masthead(heading: Heading, names: Sequence[str], stated: Sequence[Evidence], titles: Sequence[str]) -> bool:
    """Say whether *heading* is the site's, and no declared title: its name, or a line that leads to its front page."""
    if any(words(heading.whole) == words(claim.value) for claim in stated if claim.source != "title"):
        return False
    leads_away = heading.leads_home and all(agreement(heading.whole, claim.value) < MIN_AGREEMENT for claim in stated)
    return leads_away or is_name(heading.whole, names) or _ends_all(words(heading.whole), titles)


def _ends_all(key: str, titles: Sequence[str]) -> bool:
    """Say whether all *titles* end in *key* behind a headline that is longer."""
    return bool(titles) and all(
        3 * len(key) < 2 * len(words(title))
        and any(words(title[cut.end() :]) == key for cut in SEPARATOR.finditer(title))
        for title in titles
    )


def _shown_title(tree: HtmlElement, stated: Sequence[Evidence], names: Sequence[str]) -> Evidence | None:
    """Return the longest part of a declared title that stands on the page in a line of its own, which is no link."""
    spans = {words(span): Evidence(claim.source, span) for claim in reversed(stated) for span in _spans(claim.value)}
    whole = {words(span) for claim in stated for span in _spans(claim.value, colons=False)}
    spans = {key: claim for key, claim in spans.items() if _is_phrase(claim.value) and not is_name(claim.value, names)}
    if not spans:
        return None
    best: Evidence | None = None
    for element in islice(tree.iter(*LINES), MAX_LINES):
        own = element.text_content()[:500] if element.tag in HEADINGS else element.text or ""
        if not 3 < len(own) <= 500:
            continue
        span = spans.get(words(own))
        if span is None or (best is not None and len(span.value) <= len(best.value)):
            continue
        if element.tag not in HEADINGS and words(own) not in whole:
            continue
        if element.tag in HEADINGS or next(element.iterancestors("a"), None) is None:
            best = span if len(element) else Evidence(span.source, one_line(own))  # parts of a headline lose its colon
    return best


def _spans(title: str, *, colons: bool = True) -> list[str]:
    """Return *title*, and what stands between any two of its separators, and behind a colon where the site may end."""
    cuts = list(SEPARATOR.finditer(title))[:6]
    behind = [cut.end() for cut in COLON.finditer(title)][:3] if colons else []
    starts, ends = [0, *(cut.end() for cut in cuts), *behind], [*(cut.start() for cut in cuts), len(title)]
    return [title[start:end].strip() for start in starts for end in ends if start < end]


def _openings(title: str) -> list[str]:
    """Return what *title* begins with before a separator, and what stands behind the first, as long as a headline."""
    cuts = list(SEPARATOR.finditer(title))[:6]
    spans = [title[: cut.start()].strip() for cut in cuts] + [title[cut.end() :].strip() for cut in cuts[:1]]
    return [span for span in spans if _is_headline(span)]


def _is_phrase(text: str) -> bool:
    """Say whether *text* is more than the one word that a section is called by."""
    return len(words(text).split()) >= 2 or len(DENSE_CHAR.findall(text)) >= 6


def _is_headline(text: str) -> bool:
    """Say whether *text* is long enough to be a headline by itself and not a section's name."""
    return len(words(text).split()) >= 3 or len(DENSE_CHAR.findall(text)) >= 8
