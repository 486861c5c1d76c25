"""Reads ``[site."example.com"]``, the rules of a site in a sites file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from parsel import Selector

from newscrawl.errors import UsageError
from newscrawl.extraction.rules.site_page import hits_of
from newscrawl.extraction.rules.site_rules import FIELDS, FieldRule, SiteRules
from newscrawl.sources.file import load, site_tables
from newscrawl.sources.keys import read_cookies
from newscrawl.sources.values import nearest, source_name
from newscrawl.urls.canonical import normal_host

RULE_KEYS = (*FIELDS, "cookies")


def read_site_rules(path: Path) -> tuple[SiteRules, ...]:
    """Return the rules for sites in the file at *path*, none where it has none. Raises UsageError."""
    return site_rules_of(path, load(path))


def site_rules_of(path: Path, tables: dict[str, Any]) -> tuple[SiteRules, ...]:
    """Return the rules for sites among the *tables* of the file at *path*. Raises UsageError."""
    return tuple(rules_of(path, site_tables(tables)))


def rules_of(path: Path, tables: Any) -> list[SiteRules]:
    """Return the rules in *tables*, which stand below ``site`` in the file at *path*. Raises UsageError."""
    rules = []
    for name, table in tables.items():
        where = f'sites={path}, [site."{name}"]'
        if not isinstance(table, Mapping) or any(isinstance(table[key], Mapping) and key != "cookies" for key in table):
            raise UsageError(f'{where}: is no table of rules; write [site."example.com"], with the name in quotes')
        try:
            rules.append(read_rules(name, table, f'{path}, [site."{name}"]'))
        except UsageError as error:
            raise UsageError(f"{where}: {error}") from None
    return rules


def read_rules(name: str, table: Mapping[str, Any], origin: str) -> SiteRules:
    """Return the rules of one table. Raises UsageError."""
    for key in table:
        if key not in RULE_KEYS:
            raise UsageError(f"unknown key {key!r}{nearest(key, RULE_KEYS)}; known are {', '.join(RULE_KEYS)}")
    if not table:
        raise UsageError('has no rule; write for example title = "h1.headline"')
    fields = {key: FieldRule(read_selectors(key, table[key]), origin=origin) for key in FIELDS if key in table}
    return SiteRules(read_host(name), fields, read_cookies(table["cookies"])[1] if "cookies" in table else {})


def read_host(name: Any) -> str:
    """Return the host that rules are for, as URLs spell it. Raises UsageError."""
    text = str(name).strip().lower()
    if not isinstance(name, str) or any(char in text for char in "/ *@") or not source_name(text):
        raise UsageError(f'{name!r} is not the name of a host; write for example "example.com"')
    return normal_host(text.partition(":")[0] if text.count(":") == 1 else text.strip("[]"))


def read_selectors(key: str, value: Any) -> tuple[str, ...]:
    """Return the selectors of one rule: one, or a list of them. Raises UsageError."""
    given = [value] if isinstance(value, str) else value
    if (
        not isinstance(given, list | tuple)
        or not given
        or not all(isinstance(selector, str) and selector.strip() for selector in given)
    ):
        raise UsageError(f'{key} = {value!r} is no selector; write for example {key} = "div.story"')
    for selector in given:
        try:
            hits_of(Selector(text="<p>"), selector)
        except Exception as error:  # parsel, cssselect and lxml have their own
            raise UsageError(f"{key}: {selector!r} is neither CSS nor XPath: {error}; mend it") from None
    return tuple(selector.strip() for selector in given)
