"""Who wrote it: persons only, as the page declares them, unless a byline under the headline names somebody else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, islice
from typing import Any

from newscrawl.extraction.declarations.declared import Choice, Declared, Evidence
from newscrawl.extraction.declarations.jsonld import types
from newscrawl.extraction.metadata.author_boxes import author_boxes
from newscrawl.extraction.metadata.bare_bylines import bare_bylines
from newscrawl.extraction.metadata.bylines import Byline, bylines, sure_bylines
from newscrawl.extraction.metadata.dateline_bylines import dateline_bylines
from newscrawl.extraction.metadata.headline_place import Headline
from newscrawl.extraction.metadata.names_beside_dates import names_beside_dates
from newscrawl.extraction.metadata.persons import is_lower_case, is_person, is_written_as_name, listed, persons
from newscrawl.extraction.tree.nodes import Nodes
from newscrawl.phrases.authors import BY, BY_IN
from newscrawl.text.clean import words

METAS = (
    "author",
    "article:author",
    "og:author",
    "og:article:author",
    "article:author_name",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "byl",
    "citation_author",
    "authors",
    "cxenseparse:author",
    "dcterms.creator",
)
MAX_SHOWN = 25  # bylines that are looked at until one names a person
MAX_TEXT = 1_000  # characters of a text in which a name is looked for
NEWS = frozenset({"NewsArticle", "ReportageNewsArticle", "NewsMediaOrganization"})
SILENT = frozenset({"script", "style", "noscript", "title", "meta"})


def choose_authors(headline: Headline, declared: Declared) -> Choice:
    """Return the persons whom the page names as its authors, in what it declares or around its *headline*.

    Content systems declare who uploaded a text. Where a byline that says so ("By …") names nobody of the declared,
    it is believed.
    """
    sites = set(declared.jsonld.site_names) - set(declared.jsonld.person_names)
    houses = {words(name) for name in (*(claim.value for claim in declared.publisher().evidence), *sites)}
    houses = houses - _own_names(declared) | {words(declared.section().value or "")}
    given = [Evidence("json-ld author", persons(list(_structured(declared)), houses, single=True))]
    given += [
        Evidence(name, persons([value[:2000] for value in declared.meta[name]], houses, single=name == "author"))
        for name in METAS
        if name in declared.meta
    ]
    given = [evidence for evidence in given if evidence.value]
    if given and any(" " in name or not name.isascii() for name in given[0].value):
        seen = _first(sure_bylines(headline), houses)
        if seen is not None and not _is_shown(headline.nodes, given[0].value):
            given.insert(0, seen)
    elif (seen := _first(_in_language(_visible(headline), declared.lang.lower()), houses)) is not None:
        given.insert(0, seen)
    short = given[0].value[0] if given and len(given[0].value) == 1 and " " not in given[0].value[0] else ""
    if not given or (short and short.isascii()):
        seen = _first(author_boxes(headline), houses)
        if seen is not None and seen.value[0].startswith(f"{short} "[: len(short) + bool(short)]):
            given.insert(0, seen)  # whole, where only the given name is declared
    given.append(Evidence("twitter:data1", persons(_labelled(declared), houses, single=True)))
    given = [evidence for evidence in given if evidence.value]
    return Choice(given[0].value, given[0].source, tuple(given)) if given else Choice([], "", ())


def _visible(headline: Headline) -> Iterator[Byline]:
    """Yield what readers see of who wrote the story, the surest first."""
    return chain(bylines(headline), bare_bylines(headline), names_beside_dates(headline), dateline_bylines(headline))


def _structured(declared: Declared) -> Iterator[str]:
    """Yield the names in JSON-LD that are not declared to be organisations."""
    value = declared.jsonld.get("author", page=False) or declared.jsonld.get("creator", page=False)
    authors = value if isinstance(value, list) else [value]
    for entry in (entry for entries in authors for entry in (entries if isinstance(entries, list) else [entries])):
        author = declared.jsonld.resolve(entry)
        if isinstance(author, dict):
            if any(kind.endswith("Organization") for kind in types(author)):
                continue
            names: Any = author.get("name") or " ".join(
                part for part in (author.get("givenName"), author.get("familyName")) if isinstance(part, str)
            )
            yield from (name for name in (names if isinstance(names, list) else [names]) if isinstance(name, str))
        elif isinstance(author, str):
            yield author


def _own_names(declared: Declared) -> set[str]:
    """Return the names of persons whose own site it is: what publishes is declared to be a person, and is named so."""
    publisher = declared.jsonld.get("publisher", page=False)
    is_news = any(kind in NEWS for kind in declared.types())
    if is_news and not (isinstance(publisher, dict) and "Person" in types(publisher)):
        return set()
    names = (name for name in declared.jsonld.person_names if is_written_as_name(name) and not name.isupper())
    return {words(name) for name in names if is_person(name)}


def _labelled(declared: Declared) -> list[str]:
    """Return the name that is declared for link previews: twitter:label1 "Written by", twitter:data1 the name."""
    label = next((evidence.value for evidence in declared.all("twitter:label1")), "")
    return [evidence.value for evidence in declared.all("twitter:data1")] if label and BY.fullmatch(label) else []


def _in_language(bylines: Iterator[Byline], language: str) -> Iterator[Byline]:
    """Yield *bylines* without the word for "by" that other languages have in names: "de Ioana Drăgan" in Romanian."""
    by = BY_IN.get(language.partition("-")[0])
    for byline in bylines:
        texts = (
            [re.sub(rf"^(?:{by})\s?[:：]?\s+", "", text, count=1, flags=re.I) for text in byline.texts] if by else []
        )
        yield replace(byline, texts=texts) if by else byline


def _first(bylines: Iterator[Byline], houses: set[str]) -> Evidence | None:
    """Return the first of *bylines* that names persons."""
    named = (_shown(byline, houses) for byline in islice(bylines, MAX_SHOWN))
    return next((Evidence("byline", names) for names in named if names), None)


def _shown(byline: Byline, houses: set[str]) -> list[str]:
    """Return the persons of *byline* whose words all are written as names are."""
    names = [name for text in byline.texts for name in listed(text)]
    names = [name for name in names if is_written_as_name(name) or (byline.is_linked and is_lower_case(name))]
    return persons(names, houses)


def _is_shown(nodes: Nodes, names: list[str]) -> bool:
    """Say whether readers see one of *names* on the page: then it is no mere uploader's."""
    keys = [words(name) for name in names]
    least = min(map(len, keys), default=0)
    for at, tag in enumerate(nodes.tags):
        if tag in SILENT:
            continue
        for text in (nodes.texts[at], nodes.tails[at]):
            if text and least <= len(text) < MAX_TEXT and any(key in words(text) for key in keys):
                return True
    return False
