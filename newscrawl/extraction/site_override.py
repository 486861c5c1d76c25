"""Puts what the rules of a site found in the place of what extraction found; runs in a worker."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, time
from typing import Any

from lxml.html import HtmlElement
from parsel import Selector

from newscrawl.dates.parse import is_plausible, read_moment
from newscrawl.extraction.declarations.declared import Choice, Declared, Evidence
from newscrawl.extraction.links.paged import Pager
from newscrawl.extraction.metadata.persons import listed, persons
from newscrawl.extraction.page import Page
from newscrawl.extraction.rules.site_answers import NOTHING, ask
from newscrawl.extraction.rules.site_page import SitePage
from newscrawl.extraction.rules.site_rules import SiteOutcome, SiteRules
from newscrawl.extraction.text.blocks import blocks_of
from newscrawl.extraction.text.body import Line
from newscrawl.html.parse import parse
from newscrawl.items import RelatedLink
from newscrawl.outcomes import Reason
from newscrawl.text.clean import clean, one_line
from newscrawl.urls import absolute_url, canonical_url, url_key
from newscrawl.urls.page_number import page_numbers

SOURCE = "site"
"""The evidence that won, where a rule did."""

EMPTY = (Reason.EMPTY, Reason.NO_BODY, Reason.NEEDS_JAVASCRIPT)
"""What a page is not on which a rule found the text."""

MAX_RELATED, MAX_PAGES = 50, 40


def override(
    rules: SiteRules, page: Page, text: str, url: str, read: Mapping[str, Choice], kind: tuple[Reason, str] | None
) -> dict[str, Any]:
    """Return what *rules* change in the reading of the page with that *text*, by the names of its parts.

    *read* are the fields as extraction chose them, *kind* is what it takes the page for.
    """
    tree = parse(text)
    if tree is None:
        return {}
    base = Declared(tree, url).base
    answers, missed = ask(rules, SitePage(Selector(root=tree, type="html"), url, base))
    language = read["language"].value or ""
    values: dict[str, Any] = {
        "title": next((text for text in map(shown, answers.get("title", ())) if text), None),
        "published_at": next(
            (m for text in answers.get("published_at", ()) if (m := moment(text, page, language))), None
        ),
        "authors": authors(answers.get("authors", ())),
        "body": lines(answers.get("body", ())),
        "related_links": links(answers.get("related_links", ()), base, url),
        "next_page": pager(answers.get("next_page", ()), base, url),
        "is_article": answers.get("is_article"),
    }
    ruled = tuple(name for name in answers if values[name])
    missed |= {
        name: f"{NOTHING} that is a {name}: {shown(answers[name][0])[:80]}" for name in answers if not values[name]
    }
    choices = dict(read)
    for name in ("title", "published_at", "authors"):
        if name in ruled:
            before = read[name]
            evidence = (Evidence(SOURCE, values[name]), *before.evidence)
            choices[name] = Choice(values[name], SOURCE, evidence)
    changes = {
        "choices": choices,
        "kind": kind_of(kind, values["is_article"], "body" in ruled),
        "site": SiteOutcome(rules.host, ruled, missed),
    }
    if "body" in ruled:
        changes["lines"] = tuple(values["body"])
    if "related_links" in ruled:
        changes["related"] = tuple(values["related_links"])
    if "next_page" in ruled:
        changes["pager"] = values["next_page"]
    return changes


def kind_of(kind: tuple[Reason, str] | None, said: Any, has_body: bool) -> tuple[Reason, str] | None:
    """Return what the page is instead of an article; *said* is what the rule ``is_article`` found, if anything."""
    if said and said[0] is False:
        return Reason.SECTION, "the rules of its site say that it is no article"
    if said or (has_body and kind is not None and kind[0] in EMPTY):
        return None
    return kind


def shown(value: Any) -> str:
    """Return the text of what a rule found on one line: of a selector or a text."""
    if isinstance(value, Selector):
        value = value.root.text_content() if isinstance(value.root, HtmlElement) else value.root
    return one_line(" ".join(clean(str(value)).split()))


def moment(value: Any, page: Page, language: str) -> tuple[datetime, str] | None:
    """Return the instant that *value* names and its precision, None where it names none that can be."""
    if isinstance(value, datetime):
        at = value if value.tzinfo else value.replace(tzinfo=UTC)
        return (at.astimezone(UTC), "second") if is_plausible(at, page.fetched_at) else None
    if hasattr(value, "year"):
        at = datetime.combine(value, time(), UTC)
        return (at, "day") if is_plausible(at, page.fetched_at) else None
    texts = [shown(value)]
    if isinstance(value, Selector) and isinstance(value.root, HtmlElement):
        texts = [value.root.get("datetime") or "", value.root.get("content") or "", *texts]
    return next((read for text in texts if text and (read := read_moment(text, page.fetched_at, language))), None)


def authors(values: Sequence[Any]) -> list[str]:
    """Return the names in what a rule found; those of a function as it has them."""
    names: list[str] = []
    for value in values:
        text = shown(value)
        if not isinstance(value, Selector):
            names.append(text)
        else:
            names += persons([text], set(), single=True) or list(listed(text))
    return list(dict.fromkeys(filter(None, names)))


def lines(values: Sequence[Any]) -> list[Line]:
    """Return the paragraphs of what a rule found, elements within others only once."""
    made: list[Line] = []
    roots = {value.root for value in values if isinstance(value, Selector) and isinstance(value.root, HtmlElement)}
    for value in values:
        element = value.root if isinstance(value, Selector) else None
        if not isinstance(element, HtmlElement):
            parts = str(value.root if isinstance(value, Selector) else value).splitlines()
            made += [Line(line) for part in parts if (line := " ".join(clean(part).split()))]
        elif not any(above in roots for above in element.iterancestors()):
            made += [block.line for block in blocks_of(element)]
    return made


def links(values: Sequence[Any], base: str, own: str) -> list[RelatedLink]:
    """Return the links in what a rule found, absolute and each once, without the page itself."""
    made: dict[str, RelatedLink] = {}
    for href, title in pairs(values):
        url = canonical_url(href, base)
        if url and title and url_key(url) != url_key(own) and len(made) < MAX_RELATED:
            made.setdefault(url_key(url), RelatedLink(url=url, title=title))
    return list(made.values())


def pairs(values: Sequence[Any]) -> Iterator[tuple[str, str]]:
    """Yield address and text of each link in what a rule found."""
    for value in values:
        root = value.root if isinstance(value, Selector) else value
        if isinstance(root, HtmlElement):
            for element in root.iter("a"):
                if href := (element.get("href") or "").strip():
                    text = one_line(" ".join(clean(element.text_content()).split()))
                    yield href, text or one_line(element.get("title") or "")
        elif isinstance(root, Mapping):
            yield str(root.get("url", "")), one_line(str(root.get("title", "")))
        elif isinstance(root, tuple | list) and len(root) == 2:
            yield str(root[0]), one_line(str(root[1]))
        else:
            yield str(root).strip(), str(root).strip()


def pager(values: Sequence[Any], base: str, own: str) -> Pager | None:
    """Return the pages that a rule found the links to; by their addresses it is known which is the first."""
    urls: dict[str, str] = {}
    for href, _ in pairs(values):
        if (url := absolute_url(href, base)) and url_key(url) != url_key(own):
            urls.setdefault(url_key(url), url)
    if not urls:
        return None
    mine = page_numbers(own)
    first = next((reading for reading in mine if reading.root in urls), None)
    number = first.number if first else -1
    others = []
    for at, (key, url) in enumerate(urls.items()):
        if first is None or key != first.root:
            counted = [reading.number for reading in page_numbers(url)]
            others.append((counted[0] if counted else max(number, 1) + at + 1, url))
    return Pager(number, urls[first.root] if first else None, tuple(sorted(others)[:MAX_PAGES]))
