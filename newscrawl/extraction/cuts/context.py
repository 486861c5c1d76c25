"""What the steps that cut lines know of the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from newscrawl.extraction.cuts.headline import Headlines
from newscrawl.extraction.declarations.declared import Choice
from newscrawl.text.clean import words
from newscrawl.urls import site_of


@dataclass(frozen=True, slots=True)
class Context:
    """What the page says of itself and what its site taught, as the steps need it."""

    headlines: Headlines

    declared_text: str
    """Description and JSON-LD body, as ``words``: what stands in them is prose."""

    article_body: str
    """JSON-LD body, as ``words``."""

    topic: frozenset[str]
    """The longer words of title and description."""

    authors: tuple[str, ...]
    """Names, compared as ``words``."""

    repeated: frozenset[int]
    sites: frozenset[str] = frozenset()
    """The sites (``site_of``) of the page's address and of the address that it declares."""


def context_of(choices: Mapping[str, Choice], article_body: str, repeated: frozenset[int], url: str = "") -> Context:
    """Return what the steps need, from the fields as chosen and the text of JSON-LD *article_body*."""
    title, description = choices["title"], words(choices["description"].value or "")
    titles = [title.value, *(evidence.value for evidence in title.evidence)]
    body = words(article_body)
    return Context(
        headlines=Headlines.of(str(text) for text in titles if text),
        declared_text=f"{description} {body}",
        article_body=body,
        topic=frozenset(word for word in f"{words(title.value or '')} {description}".split() if len(word) > 3),
        authors=tuple(words(name) for name in choices["authors"].value or ()),
        repeated=repeated,
        sites=frozenset(site_of(address) for address in (url, choices["canonical_url"].value) if address)
        if url
        else frozenset(),
    )
