"""Cutting lines that are no prose of the article: each step is small, has a name, and says what it saw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from newscrawl.extraction.body import Line
from newscrawl.extraction.declared import Choice, Declared
from newscrawl.extraction.jsonld import text_of
from newscrawl.extraction.memory import line_hash
from newscrawl.extraction.text import plain, words

MAX_SITE_SHARE = 0.4
"""Of a body's characters; a page that shares more with its neighbours is their copy, not boilerplate."""


@dataclass(frozen=True, slots=True)
class Context:
    """What the page says of itself and what its site taught, as the steps need it."""

    headlines: frozenset[str]
    """Compared as ``words``."""

    declared_text: str
    """Description and JSON-LD body, as ``words``: what stands in them is prose."""

    repeated: frozenset[int]


def cut_headline(lines: list[Line], context: Context) -> list[Line]:
    """Cut the copies of the headline that the text begins with."""
    for index, line in enumerate(lines[:6]):
        if line.cut:
            continue
        if words(line.text) not in context.headlines:
            break
        lines[index] = line.drop("headline", "the headline again")
    return lines


def cut_site(lines: list[Line], context: Context) -> list[Line]:
    """Cut what stands in other stories of the site, unless this page itself declares it as its text."""
    hits = [
        index
        for index, line in enumerate(lines)
        if not line.cut and line_hash(line.text) in context.repeated and words(line.text) not in context.declared_text
    ]
    size = sum(len(line.text) for line in lines if not line.cut)
    if sum(len(lines[index].text) for index in hits) > MAX_SITE_SHARE * size:
        return lines
    for index in hits:
        lines[index] = lines[index].drop("site", "stands in other stories of the site")
    return lines


STEPS = (cut_headline, cut_site)
"""In the order in which they run."""


def cut_lines(
    found: Sequence[Line], declared: Declared, choices: Mapping[str, Choice], repeated: frozenset[int]
) -> list[Line]:
    """Return the lines of *found*, those that are no prose marked as cut."""
    titles = [choices["title"].value, *(one.value for one in choices["title"].evidence)]
    article_body = plain(text_of(declared.jsonld.get("articleBody", page=False)), 200_000)
    context = Context(
        headlines=frozenset(words(title) for title in titles if title),
        declared_text=words(f"{choices['description'].value or ''} {article_body}"),
        repeated=repeated,
    )
    lines = list(found)
    for step in STEPS:
        lines = step(lines, context)
    return lines
