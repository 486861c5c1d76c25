"""Who wrote it: persons only; a wrong name is worse than none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from lxml.html import HtmlElement

from newscrawl.extraction.declared import Choice, Declared, Evidence
from newscrawl.extraction.jsonld import types
from newscrawl.extraction.text import plain, words

MAX_NAME_CHARS = 100
METAS = (
    "author",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "byl",
    "citation_author",
    "authors",
    "cxenseparse:author",
    "dcterms.creator",
)
BYLINES = (
    ".//*[@itemprop='author']//*[@itemprop='name'] | .//*[@itemprop='author' and not(.//*[@itemprop='name'])]",
    ".//a[@rel='author' or contains(@rel, 'author ')]",
    ".//*[contains(@class, 'author-name') or contains(@class, 'author__name') or contains(@class, 'byline__name') "
    "or contains(@class, 'byline-name') or contains(@class, 'authorName') or contains(@class, 'author_name')]",
)
PREFIX = re.compile(
    r"^(?:(?:written|posted|published|reported|story)\s+)?(?:by|von|par|por|di|door|av|af|od|przez|texte?|autor(?:in)?|author|redazione)\b\s*:?\s+",
    re.I,
)
SPLIT = re.compile(r"\s*(?:[,;|/•·&]|\s(?:and|und|et|y|e|en|och|og|with|mit|avec)\s)\s*", re.I)
NOT_A_NAME = re.compile(r"https?:|www\.|@|\d{2,}|[<>{}\[\]=_]|\.(?:com|org|net|de|fr|co)\b", re.I)
HOUSE = re.compile(
    r"\b(?:staff|editors?|editorial|newsroom|news|team|desk|redaktion|redaktionen|redaccion|redacción|redazione|redaction|rédaction|redactie|agenc\w+|agentur|"
    r"press|media|magazine|admin|administrator|reuters|afp|dpa|tass|wires?|bureau|correspondents?|reporters?|contributors?|guest|unknown|anonymous|associated|"
    r"online|tv|radio|times|post|journal|daily|zeitung|gmbh|inc|ltd|llc|group|department|university|institute|foundation|council)\b",
    re.I,
)
ROLE = re.compile(r"\s+(?:for|in|of|at|from|für|aus)\s+.*$|\s*\([^()]{0,60}\)\s*$", re.I)


def choose_authors(tree: HtmlElement, declared: Declared) -> Choice:
    """Return the persons whom the page names as its authors."""
    houses = {words(one.value) for one in declared.publisher().evidence} - {""}
    told = [Evidence("json-ld author", _persons(_structured(declared), houses))]
    told += [
        Evidence(name, _persons(_listed([value[:2000] for value in declared.meta[name]]), houses))
        for name in METAS
        if name in declared.meta
    ]
    if not any(one.value for one in told):
        told += [Evidence("byline", _persons(_listed(texts), houses)) for texts in _bylines(tree)]
    told = [one for one in told if one.value]
    return Choice(told[0].value, told[0].source, tuple(told)) if told else Choice([], "", ())


def _structured(declared: Declared) -> Iterator[str]:
    """Yield the names in JSON-LD that are not declared to be organisations."""
    value = declared.jsonld.get("author", page=False) or declared.jsonld.get("creator", page=False)
    for author in value if isinstance(value, list) else [value]:
        author = declared.jsonld.resolve(author)
        if isinstance(author, dict):
            if any(kind.endswith("Organization") for kind in types(author)):
                continue
            names: Any = author.get("name")
            for name in names if isinstance(names, list) else [names]:
                yield from _listed([name] if isinstance(name, str) else [])
        elif isinstance(author, str):
            yield from _listed([author])


def _listed(texts: Sequence[str]) -> Iterator[str]:
    for text in texts:
        line = PREFIX.sub("", plain(text, 1000))
        yield from (part for part in SPLIT.split(line) if part)


def _bylines(tree: HtmlElement) -> Iterator[list[str]]:
    for path in BYLINES:
        found = tree.xpath(path)[:10]
        yield [element.get("content") or element.text_content()[:500] for element in found]


def _persons(names: Iterator[str], houses: set[str]) -> list[str]:
    """Return those of *names* that can be a person's, each once."""
    kept: dict[str, str] = {}
    for name in names:
        name = ROLE.sub("", PREFIX.sub("", name)).strip(" .,:;-–—'\"*")
        key = words(name)
        if not key or len(name) > MAX_NAME_CHARS or key in houses or NOT_A_NAME.search(name) or HOUSE.search(name):
            continue
        if not 1 <= len(name.split()) <= 6:
            continue
        kept.setdefault(key, name if not name.isupper() else name.title())
    return list(kept.values())[:20]
