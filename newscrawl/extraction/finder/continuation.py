"""Text that goes on elsewhere: an article in several blocks, of which the finder took one.

Long reads are cut into chunks between advertisements, live blogs into posts. Each has the template of the block that
was found, so that its paragraphs stand at the same place: in elements of the same names and classes.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import islice

from lxml.html import HtmlElement

from newscrawl.extraction.cuts.lines import share_of
from newscrawl.extraction.text.body import Line
from newscrawl.extraction.text.missed import outermost
from newscrawl.text.clean import words

MIN_CHARS = 60
"""Shorter paragraphs stand in every template."""

MAIN_SHARE = 0.3
"""Of the found text that a place has to hold to be the article's."""

MIN_MORE = 0.25
"""Of the found text that the rest has to be: less is a caption or a note that was left out rightly."""

LINKED = 0.5
"""Share of a paragraph's characters in links from which on it is a list's."""

MAX_BLOCKS = 3_000  # a bound against pages made to be slow; the longest live blogs have some hundreds

Place = tuple[str, ...]


def continued(tree: HtmlElement, lines: Sequence[Line]) -> list[Line] | None:
    """Return *lines* with the paragraphs of *tree* that stand at the same place of its template; None if none do.

    What stands below another h1 or in another <article> than the found text is another story.
    """
    index: dict[str, int] = {}
    for at, line in enumerate(lines):
        index.setdefault(words(line.text), at)
    known = "\n".join(index)
    size: Counter[Place] = Counter()
    own: set[tuple[int, HtmlElement | None]] = set()
    missing: list[tuple[tuple[int, HtmlElement | None], Place, int, Line]] = []
    headings, after = 0, -1
    for element in islice(tree.iter("h1", "h2", "h3", "h4", "p"), MAX_BLOCKS):
        headings += element.tag == "h1"
        text = " ".join("".join(element.itertext()).split())
        if not text or element.tag == "h1":
            continue
        story = headings, outermost(element)
        key, place, prose = words(text), place_of(element), element.tag == "p" and len(text) >= MIN_CHARS
        if key in index or (prose and share_of(key, known) >= 0.5):
            after = max(after, index.get(key, after))
            if prose:
                size[place] += len(text)
                own.add(story)
        else:
            linked = sum(len("".join(link.itertext()).strip()) for link in element.iter("a")) / len(text)
            missing.append((story, place, after, Line(text, "p" if element.tag == "p" else "head", linked)))
    main = {place for place, chars in size.items() if chars >= MAIN_SHARE * size.total()}
    rest: defaultdict[int, list[Line]] = defaultdict(list)
    for story, place, position, line in missing:
        if place in main and story in own and line.linked < LINKED:
            rest[position].append(line)
    more = sum(
        len(line.text) for group in rest.values() for line in group if line.kind == "p" and len(line.text) >= MIN_CHARS
    )
    if not more or more < MIN_MORE * size.total():
        return None
    whole = rest[-1]
    for at, line in enumerate(lines):
        whole += [line, *rest[at]]
    return whole


def place_of(element: HtmlElement) -> Place:
    """Return the names and classes of the two elements around *element*."""
    around = islice(element.iterancestors(), 2)
    return tuple(part for parent in around for part in (str(parent.tag), parent.get("class") or ""))
