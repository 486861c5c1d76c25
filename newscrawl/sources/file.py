"""Reads a sites file: TOML with a table for each source, and ``[defaults]`` for all of them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from newscrawl.errors import UsageError
from newscrawl.sources.source import Source, UrlPattern
from newscrawl.sources.values import nearest, read_limit, read_list, read_since, read_urls

ADDRESSES = ("url", "urls", "feeds", "sitemaps", "sections")  # at least one of them names what to crawl
COMMON = ("since", "limit", "allow", "deny", "delay", "headers", "user_agent", "enabled")
SITE_KEYS = (*ADDRESSES, *COMMON)
DEFAULTS = "defaults"
PARTS = ("url", "host", "path", "query")
BARE_KEY = re.compile(r"^\s*\[([^\[\]\"']*[^\w\s.\-\[\]\"'][^\[\]\"']*|[^\[\]\"']*\S\s+\S[^\[\]\"']*)\]", re.M)


def read_sites_file(path: Path, since: datetime | None, now: datetime) -> list[Source]:
    """Return the sources of the file at *path* that are enabled. Every mistake is a :class:`UsageError`.

    *since* holds for those that say nothing else; *now* is what an age is counted from.
    """
    tables = load(path)
    for name, table in tables.items():
        if not isinstance(table, dict):
            raise UsageError(f'sites={path}: {name!r} stands outside a table; write [name] and below it url = "…"')
        known = COMMON if name == DEFAULTS else SITE_KEYS
        for key in table:
            if key not in known:
                hint = nearest(key, known)
                raise UsageError(f"sites={path}, [{name}]: unknown key {key!r}{hint}; known are {', '.join(known)}")
    defaults = tables.pop(DEFAULTS, {})
    sources = []
    for name, table in tables.items():
        if not table.keys() & {*ADDRESSES}:
            raise UsageError(
                f'sites={path}, [{name}]: neither url nor urls; write for example url = "https://example.com"'
            )
        merged = defaults | table
        if isinstance(merged.get("headers"), dict) and isinstance(defaults.get("headers"), dict):
            merged["headers"] = defaults["headers"] | merged["headers"]
        try:
            source = read_source(path, name, merged, since, now)
        except UsageError as error:
            raise UsageError(f"sites={path}, [{name}]: {error}") from None
        if source is not None:
            sources.append(source)
    if not sources:
        why = "has no source that is enabled" if tables else "names no source"
        raise UsageError(f'sites={path} {why}; write [name] and below it url = "…"')
    return sources


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
        raise UsageError(f"sites={path} is not TOML: {error}") from None


def read_source(
    path: Path, name: str, table: Mapping[str, Any], since: datetime | None, now: datetime
) -> Source | None:
    """Return the source that *table* describes; None where it is not enabled."""
    listing = table.get("urls")
    if listing is not None and not isinstance(listing, str):
        raise UsageError('urls is not the name of a file; several sites go into url = ["…", "…"]')
    listed = read_list(str(path.parent / listing) if listing != "-" else "-") if listing else ()
    urls = [url for key in ADDRESSES if key != "urls" for url in read_addresses(key, table.get(key))]
    headers = read_headers(table.get("headers", {}))
    if "user_agent" in table:
        headers["User-Agent"] = read_text("user_agent", table["user_agent"])
    source = Source(
        name,
        tuple(urls),
        listed,
        read_since(table.get("since"), now) or since,
        read_limit(table.get("limit")),
        read_patterns("allow", table.get("allow", ())),
        read_patterns("deny", table.get("deny", ())),
        read_delay(table.get("delay")),
        headers,
    )
    return source if read_flag("enabled", table.get("enabled", True)) else None


def read_addresses(key: str, value: Any) -> list[str]:
    """Return the URLs of one key: one, or a list of them."""
    if value is None or (isinstance(value, str) and value.strip()):
        return read_urls(value)
    if isinstance(value, list) and value and all(isinstance(url, str) and url.strip() for url in value):
        return read_urls(value)
    raise UsageError(f'{key} is no URL and no list of URLs; write for example {key} = "https://example.com"')


def read_flag(key: str, value: Any) -> bool:
    """Return a yes or no; raises UsageError."""
    if not isinstance(value, bool):
        raise UsageError(f"{key} = {value!r} is neither true nor false")
    return value


def read_text(key: str, value: Any) -> str:
    """Return one line that may stand in a header."""
    if not isinstance(value, str) or not value.strip() or not value.isprintable() or not value.isascii():
        raise UsageError(f"{key} = {value!r} is not one line of ASCII text")
    return value.strip()


def read_headers(value: Any) -> dict[str, str]:
    """Return the headers of a source by name; raises UsageError."""
    if not isinstance(value, dict):
        raise UsageError('headers is no table; write for example headers = { Accept-Language = "de" }')
    for name in value:
        if not re.fullmatch(r"[A-Za-z0-9-]+", name):
            raise UsageError(f"headers: {name!r} is not the name of a header")
    return {name: read_text(f"headers.{name}", text) for name, text in value.items()}


def read_delay(value: Any) -> float | None:
    """Return the delay in seconds, None where nothing is said; raises UsageError."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 3600:
        raise UsageError(f"delay = {value!r} is not a number of seconds from 0 to 3600")
    return float(value)


def read_patterns(key: str, value: Any) -> tuple[UrlPattern, ...]:
    """Return the patterns of ``allow`` or ``deny``: an expression for the URL, a table of its parts, or a list."""
    found = []
    for item in value if isinstance(value, list | tuple) else [value]:
        parts = {"url": item} if isinstance(item, str) else item
        if not isinstance(parts, dict) or not parts:
            raise UsageError(f'{key}: {item!r} is no pattern; write "/news/" or {{ host = "…", path = "…" }}')
        for part, pattern in parts.items():
            if part not in PARTS:
                raise UsageError(f"{key}: unknown part {part!r}{nearest(part, PARTS)}; known are {', '.join(PARTS)}")
            try:
                re.compile(pattern)
            except (re.error, TypeError) as error:
                raise UsageError(f"{key}: {pattern!r} is no regular expression: {error}") from None
        found.append(UrlPattern(**parts))
    return tuple(found)
