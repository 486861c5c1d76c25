"""Asks the rules of a site about one page; in a worker, since what they run on is a stranger's."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lxml.html import HtmlElement
from parsel import Selector, SelectorList

from newscrawl.extraction.rules.site_code import load_module
from newscrawl.extraction.rules.site_page import SitePage, hits_of
from newscrawl.extraction.rules.site_rules import FieldRule, SiteRules

NOTHING = "it found nothing"


def ask(rules: SiteRules, page: SitePage) -> tuple[dict[str, list[Any]], dict[str, str]]:
    """Return by field what its rule found (selectors, texts, pairs), and of the others why they found nothing.

    What ``remove`` finds is taken out of the page's tree, behind all others that look at it but ``body``.
    """
    answers: dict[str, list[Any]] = {}
    missed: dict[str, str] = {}
    for name in sorted(rules.fields, key=("remove", "body").__contains__):
        rule = rules.fields[name]
        if name == "body" and "remove" in rules.fields:
            remove(rules.fields["remove"], page.selector)
        if name == "remove":
            continue
        try:
            value = list(answer(name, rule, page))
        except Exception as error:  # a person's own code
            missed[name] = f"{type(error).__name__}: {error}"
            continue
        if value:
            answers[name] = value
        else:
            missed[name] = NOTHING
    return answers, missed


def answer(name: str, rule: FieldRule, page: SitePage) -> Iterable[Any]:
    """Return what one rule finds."""
    if rule.function is None:
        return next((hits for selector in rule.selectors if (hits := filled(hits_of(page.selector, selector)))), ())
    place, kind = rule.function
    owner: Any = load_module(place)
    for part in kind.split("."):
        owner = getattr(owner, part)
    value = getattr(owner(), name)(page)
    if isinstance(value, bool):
        return [value]
    if value is None or value == "":
        return ()
    return value if isinstance(value, list | tuple | SelectorList) else [value]


def filled(hits: Iterable[Selector]) -> list[Selector]:
    """Return those of *hits* that say something: an element with text, an attribute or a child; a text that is one."""
    return [hit for hit in hits if not isinstance(hit.root, str) or hit.root.strip()]


def remove(rule: FieldRule, page: Selector) -> None:
    """Take out what *rule* finds, and keep the text behind it."""
    for selector in rule.selectors:
        for hit in hits_of(page, selector):
            element = hit.root
            if isinstance(element, HtmlElement) and element.getparent() is not None:
                element.drop_tree()
