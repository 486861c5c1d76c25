"""What a person asked for: the ``-a`` arguments of a crawl and the sites file, read into a :class:`CrawlOptions`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from newscrawl.errors import UsageError
from newscrawl.extraction.rules.site_rules import SiteRules
from newscrawl.sites.tables import site_rules_of
from newscrawl.sources.catalogue import Catalogue, open_catalogue
from newscrawl.sources.file import Bounds, load, read_tables
from newscrawl.sources.source import Source
from newscrawl.sources.values import (
    nearest,
    read_archives,
    read_limit,
    read_list,
    read_since,
    read_until,
    read_urls,
    source_name,
    with_scheme,
)

__all__ = ["ARGUMENTS", "CrawlOptions", "Source", "parse_arguments", "with_scheme"]

USAGE = """\
usage: scrapy crawl news -a url=URL[,URL...] [-a NAME=VALUE ...]

  url=URL[,URL...]      home or section pages, feeds, sitemaps or articles; which, the crawl finds out
  urls=FILE             article URLs, one a line; - reads standard input
  sites=FILE            many sources, in TOML: a table each, with the same names as here
  warc=FILE[,FILE...]   saved WARC files, .gz or .zst, a * for many; their pages are taken, nothing is fetched
  since=2d|2026-11-01   only what was published since then (m, h, d or w; or a date)
  until=30d|2026-10-31  only what was published before; a date includes its day. With since= a backfill
  force=1               poll every source of the sites file, whether it is due or not
  limit=N               stop when N articles are written; the rest stays pending
  dry_run=1             only print what would be fetched; nothing is kept
  quiet=1               no line at the end where nothing is wrong
  health=1              exit with 3 where a source is unwell by its own history
"""

ARGUMENTS = ("url", "urls", "sites", "warc", "since", "until", "limit", "force", "dry_run", "quiet", "health")
EXAMPLES = {"urls": "list.txt", "sites": "sites.toml", "warc": "crawl.warc.gz"}
YES, NO = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}


@dataclass(frozen=True, slots=True)
class CrawlOptions:
    """What a run is to do."""

    sources: Sequence[Source]
    limit: int | None = None
    """Articles to write in the whole run."""

    dry_run: bool = False
    quiet: bool = False
    """Say nothing at the end where nothing is wrong."""

    health: bool = False
    """End with exit code 3 where a source is unwell."""

    site_rules: tuple[SiteRules, ...] = ()
    """Those of the sites file."""


def parse_arguments(
    given: Mapping[str, Any],
    now: datetime,
    names: Sequence[str] = ARGUMENTS,
    default: Sequence[Source] = (),
    folder: Path | None = None,
) -> CrawlOptions:
    """Return the options that the ``-a`` arguments *given* ask for. Every mistake is a :class:`UsageError`.

    *now* is what ``since=2d`` is counted from. *names* are the arguments that this spider takes, and
    *default* is what it crawls where none of them names a source. The index of a big sites file stands in *folder*.
    """
    for name in given:
        if name not in names and name != "_job":  # Scrapyd's number of the job
            raise UsageError(f"unknown argument {name!r}{nearest(name, names)}; known are {', '.join(names)}")
    if not default and not given.keys() & {"url", "urls", "sites", "warc"}:
        raise UsageError(USAGE.rstrip())
    for name in ("urls", "sites", "warc"):
        if name in given and not str(given[name]).strip():
            raise UsageError(f"{name}= is empty; give the name of a file, for example {name}={EXAMPLES[name]}")
    force, dry_run, quiet, health = (_flag(name, given) for name in ("force", "dry_run", "quiet", "health"))
    since = read_since(given.get("since"), now)
    if since is not None and since > now + timedelta(days=1):  # it may be tomorrow already where the person is
        raise UsageError(f"since={given['since']} is in the future: nothing can be new; give an age or a past date")
    until = read_until(given.get("until"), now, since)
    limit = read_limit(given.get("limit"))
    sources = [replace(source, since=since, until=until) for source in default]
    sources += [Source(source_name(url), (url,), since=since, until=until) for url in read_urls(given.get("url"))]
    if (listing := given.get("urls")) is not None:
        sources.append(Source(f"urls={listing}", listed=read_list(str(listing)), since=since, until=until))
    rules: tuple[SiteRules, ...] = ()
    catalogue: Catalogue | None = None
    if (sites := given.get("sites")) is not None:
        path, bounds, scheduled = Path(str(sites)), Bounds(since, until, now), not (force or dry_run)
        catalogue = open_catalogue(path, bounds, scheduled=scheduled, folder=folder, keep=not dry_run)
        tables = catalogue.facts if catalogue is not None else load(path)
        rules = site_rules_of(path, tables)
        sources += [] if catalogue is not None else read_tables(path, tables, bounds, scheduled=scheduled)
    if (archives := given.get("warc")) is not None:
        names = read_archives(str(archives))
        sources.append(Source(f"warc={archives}", archives=names, since=since, until=until, revisit=False))
    if not sources and catalogue is None:
        raise UsageError("url= is empty; give at least one URL, for example -a url=https://example.com")
    unique = {source.name: source for source in sources}
    if catalogue is None:
        return CrawlOptions(tuple(unique.values()), limit, dry_run, quiet, health, rules)
    catalogue.given = {name: source for name, source in unique.items() if name not in catalogue.by_name}
    return CrawlOptions(catalogue, limit, dry_run, quiet, health, rules)


def _flag(name: str, given: Mapping[str, Any]) -> bool:
    value = str(given.get(name, "")).strip().lower()
    if value not in YES | NO:
        raise UsageError(f"{name}={given[name]} is neither yes nor no; give {name}=1 or leave it out")
    return value in YES
