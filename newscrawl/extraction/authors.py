"""Who wrote it: persons only; a wrong name is worse than none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from lxml.html import HtmlElement

from newscrawl.extraction.bylines import bylines
from newscrawl.extraction.declared import Choice, Declared, Evidence
from newscrawl.extraction.jsonld import types
from newscrawl.text.clean import CJK, plain, words

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
PREFIX = re.compile(
    r"^(?:(?:(?:all|more|alle|mehr)\s+)?(?:written|posted|published|reported|story|stories|articles|artikel|beiträge|erstellt"
    r"|veröffentlicht|geschrieben|verfasst|publié|écrit|escrito|publicado|scritto|pubblicato)\s+)?"
    r"(?:by|von|par|por|di|door|av|af|od|przez|texte?|autor(?:in)?|author|redazione|interview)\b\s*:?\s+",
    re.I,
)
PARTICLES = frozenset(
    "de da do dos del della di du des der den la le van von zu zur ter ten al el bin ibn af av e y i".split()
)
SPLIT = re.compile(r"\s*(?:[,;|/•·&]|\s(?:and|und|et|y|e|en|och|og|with|mit|avec)\s)\s*", re.I)
PARENTHESES = re.compile(r"\([^()]{0,200}\)?")
NOT_A_NAME = re.compile(r"https?:|www\.|@|\d|[<>{}\[\]=_]|\.(?:com|org|net|de|fr|co)\b", re.I)
HOUSE = re.compile(
    r"\b(?:staff|editors?|editorial|newsroom|news|team|desk|redaktion(?:en)?|redacci[oó]n|redazione|r[eé]daction|redactie|"
    r"agenc\w+|agentur|press|media|magazine|admin(?:istrator)?|reuters|afp|dpa|tass|wires?|bureau|correspondents?|reporters?|"
    r"contributors?|guest|unknown|anonymous|associated|online|tv|radio|times|post|posts|journal|daily|zeitung|nachrichten|gmbh|"
    r"inc|ltd|llc|group|department|officer|chief|sponsored|partner|telegram|gazette|herald|tribune|chronicle|observer|report|"
    r"view all|about|writer|image|photo|video|comments?|kommentare?|"
    r"minutes?|ago|min read|published|updated|university|institute|foundation|council)\b",
    re.I,
)
"""Words of organisations, desks and roles, and of what else stands beside a name."""

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
        seen = (Evidence("byline", _persons(_shown(texts), houses)) for texts in bylines(tree))
        told += islice((one for one in seen if one.value), 1)
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
        if "://" in text or text.startswith("www."):
            continue
        text = PARENTHESES.sub(" ", text)
        line = PREFIX.sub("", plain(text, 1000))
        yield from (part for part in SPLIT.split(line) if part)


def _shown(texts: Sequence[str]) -> Iterator[str]:
    """Yield the parts of visible bylines whose words all are written as names are."""
    for name in map(_unprefixed, _listed(texts)):
        if ":" not in name and all(word[0].isupper() or word in PARTICLES or CJK.match(word) for word in name.split()):
            yield name


def _unprefixed(name: str) -> str:
    return PREFIX.sub("", name)


def _persons(names: Iterator[str], houses: set[str]) -> list[str]:
    """Return those of *names* that can be a person's, each once."""
    kept: dict[str, str] = {}
    for name in names:
        name = ROLE.sub("", PREFIX.sub("", name)).strip(" .,:;-–—'\"*")
        key = words(name)
        if not key or len(name) > MAX_NAME_CHARS or key in houses or NOT_A_NAME.search(name) or HOUSE.search(name):
            continue
        if not (2 <= len(name.split()) <= 6 or CJK.search(name)):
            continue
        kept.setdefault(key, name if not name.isupper() else name.title())
    return list(kept.values())[:20]
