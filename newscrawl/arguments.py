"""What a person asked for: the ``-a`` arguments of a crawl and the sites file, read into a :class:`CrawlOptions`."""

from __future__ import annotations

import difflib
import re
import sys
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from newscrawl.errors import UsageError
from newscrawl.urls import absolute_url, canonical_url

USAGE = """\
usage: scrapy crawl news -a url=URL[,URL...] [-a NAME=VALUE ...]

  url=URL[,URL...]      home or section pages, feeds, sitemaps or articles; which, the crawl finds out
  urls=FILE             article URLs, one a line; - reads standard input
  sites=FILE            many sources, in TOML: a table each, with the same names as here
  since=2d|2026-11-01   only what was published since then (m, h, d or w; or a date)
  limit=N               stop when N articles are written; the rest stays pending
  dry_run=1             only print what would be fetched; nothing is kept
  quiet=1               no line at the end where nothing is wrong
"""

ARGUMENTS = ("url", "urls", "sites", "since", "limit", "dry_run", "quiet")
SITE_KEYS = ("url", "urls", "since", "limit")  # what a source of its own may say
UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
YES, NO = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}


@dataclass(frozen=True, slots=True)
class Source:
    """One thing to crawl: the unit of the summary, and what two runs never crawl at once."""

    name: str
    """Its name in the sites file, else the URL that was given, else ``urls=FILE``."""

    urls: tuple[str, ...] = ()
    """As given: whole sites, feeds, sitemaps or articles; perhaps without a scheme."""

    listed: tuple[str, ...] = field(default=(), repr=False)
    """Article URLs from a list, absolute."""

    since: datetime | None = None
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class CrawlOptions:
    """What a run is to do."""

    sources: tuple[Source, ...]
    limit: int | None = None
    """Articles to write in the whole run."""

    dry_run: bool = False
    quiet: bool = False
    """Say nothing at the end where nothing is wrong."""


def parse_arguments(
    given: Mapping[str, Any], now: datetime, names: Sequence[str] = ARGUMENTS, default: Sequence[Source] = ()
) -> CrawlOptions:
    """Return the options that the ``-a`` arguments *given* ask for. Every mistake is a :class:`UsageError`.

    *now* is what ``since=2d`` is counted from. *names* are the arguments that this spider takes, and
    *default* is what it crawls where none of them names a source.
    """
    for name in given:
        if name not in names and name != "_job":  # Scrapyd's number of the job
            raise UsageError(f"unknown argument {name!r}{_nearest(name, names)}; known are {', '.join(names)}")
    if not default and not given.keys() & {"url", "urls", "sites"}:
        raise UsageError(USAGE.rstrip())
    since = _since(given.get("since"), now)
    limit = _limit(given.get("limit"))
    sources = [replace(source, since=since) for source in default]
    sources += [Source(_source_name(url), (url,), since=since) for url in _urls(given.get("url"))]
    if (listing := given.get("urls")) is not None:
        sources.append(Source(f"urls={listing}", listed=_listed(str(listing)), since=since))
    if (sites := given.get("sites")) is not None:
        sources.extend(_sites(Path(str(sites)), since, now))
    if not sources:
        raise UsageError("url= is empty; give at least one URL, for example -a url=https://example.com")
    unique = tuple({source.name: source for source in sources}.values())
    return CrawlOptions(unique, limit, _flag("dry_run", given), _flag("quiet", given))


def _nearest(name: str, names: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, list(names), 1, 0.5)
    return f"; did you mean {near[0]!r}?" if near else ""


def _flag(name: str, given: Mapping[str, Any]) -> bool:
    value = str(given.get(name, "")).strip().lower()
    if value not in YES | NO:
        raise UsageError(f"{name}={given[name]} is neither yes nor no; give {name}=1 or leave it out")
    return value in YES


def _limit(value: Any) -> int | None:
    if value is None:
        return None
    text = str(value).strip()
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise UsageError(f"limit={value} is not a number of articles; give a whole number from 1, for example limit=20")
    return int(text)


def _since(value: Any, now: datetime) -> datetime | None:
    if value is None:
        return None
    text = str(value).strip()
    if match := re.fullmatch(r"(\d{1,6})([mhdw])", text):
        try:
            return now - timedelta(**{UNITS[match[2]]: int(match[1])})
        except OverflowError:
            pass
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(
            f"since={value} is neither an age nor a date; give for example since=2d, since=12h or since=2026-11-01"
        ) from None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _urls(value: Any) -> list[str]:
    """Split ``url=A,B``; a comma inside a URL stays, since the next URL must look like one."""
    if value is None:
        return []
    given = (
        [str(url) for url in value]
        if isinstance(value, list)
        else re.split(r",(?=\s*(?:https?://|[^/?=&,]+\.|localhost\b|\[))", str(value))
    )
    urls = [url.strip() for url in given if url.strip()]
    for url in urls:
        if _source_name(url) == "":
            raise UsageError(f"url={url} is not an http or https URL; give for example url=https://example.com")
    return urls


def with_scheme(url: str, scheme: str = "https") -> str:
    """Return *url* with *scheme* in front where it has none (``example.com``, ``localhost:8000/feed``)."""
    return url if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:(?!\d)", url) else f"{scheme}://{url.lstrip('/')}"


def _source_name(url: str) -> str:
    return canonical_url(with_scheme(url)) or ""


def _listed(name: str) -> tuple[str, ...]:
    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text("utf-8-sig")
    except OSError as error:
        raise UsageError(
            f"urls={name} cannot be read: {error.strerror or error}; give a file with one URL a line, or -"
        ) from None
    except UnicodeDecodeError:
        raise UsageError(f"urls={name} is not a text file in UTF-8; give a file with one URL a line, or -") from None
    urls = []
    for number, line in enumerate(text.splitlines(), 1):
        if not (line := line.strip()) or line.startswith("#"):
            continue
        if (url := absolute_url(with_scheme(line))) is None:
            raise UsageError(
                f"urls={name}, line {number}: {line[:80]!r} is not an http or https URL; mend or remove the line"
            )
        urls.append(url)
    return tuple(dict.fromkeys(urls))


def _sites(path: Path, since: datetime | None, now: datetime) -> list[Source]:
    try:
        tables = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise UsageError(f"sites={path} cannot be read: {error.strerror or error}; give a TOML file") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"sites={path} is not TOML: {error}") from None
    sources = []
    for name, table in tables.items():
        if not isinstance(table, dict):
            raise UsageError(f'sites={path}: {name!r} stands outside a table; write [name] and below it url = "…"')
        for key in table:
            if key not in SITE_KEYS:
                raise UsageError(
                    f"sites={path}, [{name}]: unknown key {key!r}{_nearest(key, SITE_KEYS)}; "
                    f"known are {', '.join(SITE_KEYS)}"
                )
        if not table.keys() & {"url", "urls"}:
            raise UsageError(
                f'sites={path}, [{name}]: neither url nor urls; write for example url = "https://example.com"'
            )
        listing = table.get("urls")
        listed = _listed(str(path.parent / listing) if listing != "-" else "-") if isinstance(listing, str) else ()
        if listing is not None and not isinstance(listing, str):
            raise UsageError(
                f'sites={path}, [{name}]: urls is not the name of a file; several sites go into url = ["…", "…"]'
            )
        sources.append(
            Source(
                name,
                tuple(_urls(table.get("url"))),
                listed,
                _since(table.get("since"), now) or since,
                _limit(table.get("limit")),
            )
        )
    if not sources:
        raise UsageError(f'sites={path} names no source; write [name] and below it url = "…"')
    return sources
