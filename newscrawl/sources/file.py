"""Reads a sites file: TOML with a table for each source, and ``[defaults]`` for all of them."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from newscrawl.errors import UsageError
from newscrawl.sources.keys import (
    read_addresses,
    read_bounds,
    read_budget,
    read_choice,
    read_cookies,
    read_delay,
    read_flag,
    read_headers,
    read_label,
    read_language,
    read_number,
    read_patterns,
    read_render,
    read_tags,
    read_text,
)
from newscrawl.sources.source import Source
from newscrawl.sources.toml_mistakes import toml_mistake
from newscrawl.sources.values import nearest, read_limit, read_list, read_since, read_until

ADDRESSES = ("url", "urls", "feeds", "sitemaps", "sections")  # at least one of them names what to crawl
COMMON = (
    "since",
    "until",
    "limit",
    "allow",
    "deny",
    "language",
    "delay",
    "concurrency",
    "headers",
    "user_agent",
    "cookies",
    "robots_unreachable",
    "budget",
    "interval_min",
    "interval_max",
    "revisit",
    "render",
    "tags",
    "enabled",
)
TABLES = ("headers", "cookies", "allow", "deny")  # keys that may hold a table
SITE_KEYS = (*ADDRESSES, "label", *COMMON)
DEFAULTS = "defaults"
SITE = "site"  # [site."example.com"]: rules for the pages of a site, of whichever source
BARE_KEY = re.compile(r"^\s*\[([^\[\]\"']*[^\w\s.\-\[\]\"'][^\[\]\"']*|[^\[\]\"']*\S\s+\S[^\[\]\"']*)\]", re.M)


@dataclass(frozen=True, slots=True)
class Bounds:
    """Between which moments a source's stories are wanted that says nothing else, and what an age is counted from."""

    since: datetime | None
    until: datetime | None
    now: datetime


def read_sites_file(path: Path, since: datetime | None, now: datetime) -> list[Source]:
    """Return the sources of the file at *path* that are enabled. Every mistake is a :class:`UsageError`."""
    return read_tables(path, load(path), Bounds(since, None, now))


def read_tables(path: Path, tables: dict[str, Any], bounds: Bounds, *, scheduled: bool = False) -> list[Source]:
    """Return the sources of the *tables* of the file at *path* that are enabled. Every mistake is a UsageError.

    *scheduled*: a run polls what is due of them.
    """
    tables = dict(tables)
    if site_tables(tables):
        del tables[SITE]
    for name, table in tables.items():
        if not isinstance(table, dict):
            raise UsageError(f'sites={path}: {name!r} stands outside a table; write [name] and below it url = "…"')
        check_keys(path, name, table)
    defaults = tables.pop(DEFAULTS, {})
    sources = []
    for name, table in tables.items():
        source = read_table(path, name, table, defaults, bounds, scheduled=scheduled)
        if source is not None:
            sources.append(source)
    if not sources:
        why = "has no source that is enabled" if tables else "names no source"
        raise UsageError(f'sites={path} {why}; write [name] and below it url = "…"')
    return sources


def read_table(
    path: Path,
    name: str,
    table: dict[str, Any],
    defaults: dict[str, Any],
    bounds: Bounds,
    *,
    scheduled: bool = False,
) -> Source | None:
    """Return the source that one *table* describes, with what *defaults* say; None where it is not enabled."""
    if not table.keys() & {*ADDRESSES}:
        raise UsageError(f'sites={path}, [{name}]: neither url nor urls; write for example url = "https://example.com"')
    merged = defaults | table
    for key in ("headers", "cookies"):
        if isinstance(merged.get(key), dict) and isinstance(defaults.get(key), dict):
            merged[key] = defaults[key] | merged[key]
    try:
        return read_source(path, name, merged, bounds, scheduled=scheduled)
    except UsageError as error:
        raise UsageError(f"sites={path}, [{name}]: {error}") from None


def site_tables(tables: dict[str, Any]) -> dict[str, Any]:
    """Return the tables of rules by host; a table called site that names what to crawl is a source."""
    table = tables.get(SITE)
    return table if isinstance(table, dict) and table and not table.keys() & {*SITE_KEYS} else {}


def check_keys(path: Path, name: str, table: dict[str, Any]) -> None:
    """Raise UsageError at the first key of *table* that there is not."""
    known = COMMON if name == DEFAULTS else SITE_KEYS
    for key, value in table.items():
        if key in known:
            continue
        if isinstance(value, dict) and key not in SITE_KEYS:
            dotted = f"{name}.{key}"
            while (
                len(value) == 1
                and isinstance(inner := next(iter(value.values())), dict)
                and not value.keys() & {*TABLES}
            ):
                dotted, value = f"{dotted}.{next(iter(value))}", inner
            raise UsageError(
                f'sites={path}: the dots in [{dotted}] make a table within a table; write ["{dotted}"] with quotes'
            )
        hint = nearest(key, known)
        raise UsageError(f"sites={path}, [{name}]: unknown key {key!r}{hint}; known are {', '.join(known)}")


def load(path: Path) -> dict[str, Any]:
    """Return the tables of a TOML file; a byte order mark is nothing to complain of."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
        return tomllib.loads(text)
    except OSError as error:
        raise UsageError(f"sites={path} cannot be read: {error.strerror or error}; give a TOML file") from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise UsageError(f"sites={path} is not TOML: line {line} is not UTF-8; save the file as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        if name := BARE_KEY.search(text):
            raise UsageError(
                f'sites={path} is not TOML: the name of [{name[1]}] needs quotes; write ["{name[1]}"]'
            ) from None
        raise UsageError(f"sites={path} is not TOML: {toml_mistake(text, error)}") from None


def read_source(
    path: Path, name: str, table: dict[str, Any], bounds: Bounds, *, scheduled: bool = False
) -> Source | None:
    """Return the source that *table* describes; None where it is not enabled."""
    listing = table.get("urls")
    if listing is not None and not isinstance(listing, str):
        raise UsageError('urls is not the name of a file; several sites go into url = ["…", "…"]')
    listed = read_list(str(path.parent / listing) if listing != "-" else "-") if listing else ()
    addresses = {key: read_addresses(key, table[key]) for key in ADDRESSES if key != "urls" and key in table}
    since = read_since(table.get("since"), bounds.now) or bounds.since
    language = read_language(table.get("language"))
    headers = ({"Accept-Language": language} if language else {}) | read_headers(table.get("headers", {}))
    if "user_agent" in table:
        headers["User-Agent"] = read_text("user_agent", table["user_agent"])
    keeps_cookies, own_cookies = read_cookies(table.get("cookies"))
    least, most = read_bounds(table)
    source = Source(
        name,
        tuple(url for urls in addresses.values() for url in urls),
        listed,
        since,
        read_limit(table.get("limit")),
        read_patterns("allow", table.get("allow", ())),
        read_patterns("deny", table.get("deny", ())),
        read_delay(table.get("delay")),
        headers,
        scheduled=scheduled,
        feeds=frozenset(addresses.get("feeds", ())),
        from_file=True,
        label=read_label(table.get("label", "")),
        tags=read_tags(table.get("tags", ())),
        language=language,
        concurrency=read_number("concurrency", table.get("concurrency"), 1, 64),
        keeps_cookies=keeps_cookies,
        own_cookies=own_cookies,
        robots_unreachable=read_choice("robots_unreachable", table.get("robots_unreachable"), ("disallow", "allow")),
        budget_s=read_budget(table.get("budget")),
        interval_min_s=least,
        interval_max_s=most,
        render=read_render(table.get("render")),
        revisit=read_flag("revisit", table.get("revisit", True)),
        until=read_until(table.get("until"), bounds.now, since) or bounds.until,
    )
    return source if read_flag("enabled", table.get("enabled", True)) else None
