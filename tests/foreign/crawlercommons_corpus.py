"""crawler-commons' documents. What is expected of them its own tests say in Java: here it stands as rows."""

from __future__ import annotations

import asyncio
import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from newscrawl.discovery import read_document
from newscrawl.middlewares.robots import TOKEN, parse, readable
from newscrawl.urls import absolute_url, canonical_url
from tests.foreign.comparison import NOW, Comparison, written

RESOURCES = "src/test/resources"
ROWS = Path(__file__).with_name("crawlercommons.csv")
HOST = "http://www.e.example"


def robots(folder: Path) -> Iterator[Comparison]:
    """Yield a verdict for each agent and path of the rows, the Crawl-delay, and the Sitemap lines.

    Their agents are not ours: an agent of theirs is written as our own name first.
    """
    for file, agent, what, value in rows("robots"):
        text = readable((folder / RESOURCES / "robots" / file).read_bytes())
        if agent != "*":
            text = text.replace(agent, TOKEN)
        rules = asyncio.run(parse(text))
        case = f"crawlercommons/robots/{file}#{agent} {what}"
        if what == "sitemaps":
            found = [absolute_url(name, HOST + "/robots.txt") for name in rules.protego.sitemaps]
            ours = written(list(dict.fromkeys(found)))
        elif what == "crawl-delay":
            ours = written(rules.protego.crawl_delay(rules.agent))
        else:
            ours = "allowed" if rules.allows(HOST + what) else "forbidden"
        yield Comparison(case, ours, value)


def sitemaps(folder: Path) -> Iterator[Comparison]:
    """Yield the addresses that each sitemap, index and feed names, and the dates of their entries."""
    for file, base, what, value in rows("sitemaps"):
        body = (folder / RESOURCES / file).read_bytes()
        document = read_document(body, base, fetched_at=NOW)
        found = document.candidates if what != "parts" else document.links
        if what == "count":
            ours = written(len(document.candidates))
        elif what == "dates":
            dates = {c.url: c.published_at or c.modified_at for c in document.candidates}
            ours = written([dates[url] or "-" for url in sorted(dates)])
        elif what == "parts" and value.isdigit():
            ours = written(len(found))
        else:
            ours = written(sorted(link.url for link in found))
        yield Comparison(f"crawlercommons/{file}#{what}", ours, value)


def addresses(folder: Path) -> Iterator[Comparison]:
    """Yield each address as we spell it beside their normal form."""
    data = folder / RESOURCES
    for name in ("weirdToNormalizedUrls", "invalidUrls"):
        for row in csv_rows(data / "normalizer" / f"{name}.csv"):
            case = f"crawlercommons/normalizer/{name}#{row[0]!a}"
            yield Comparison(case, written(canonical_url(row[0])), row[1] if len(row) > 1 else "")
    for row in csv_rows(data / "url-utils/url-resolve.csv"):
        case = f"crawlercommons/url-utils/url-resolve#{row[0]!a} {row[1]}"
        yield Comparison(case, written(absolute_url(row[0], row[1] or None)), row[2])


def csv_rows(path: Path) -> Iterator[list[str]]:
    """Yield the rows of a table of theirs: comments begin with #, control characters are part of addresses."""
    lines = (line for line in path.read_text("utf-8").split("\n") if line.strip() and not line.startswith("#"))
    return csv.reader(lines, skipinitialspace=True)


def web_platform(folder: Path) -> Iterator[Comparison]:
    """Yield what browsers make of an address, without the fragment and the credentials that we leave out."""
    rows: list[Any] = json.loads((folder / RESOURCES / "url-utils/wpt-urltestdata.json").read_text("utf-8"))
    for row in rows:
        if not isinstance(row, dict) or row.get("protocol") not in ("http:", "https:"):
            continue
        theirs = f"{row['protocol']}//{row['host']}{row['pathname']}{row['search']}"
        case = f"crawlercommons/url-utils/wpt#{row['input']!a} {row['base'] or ''}"
        yield Comparison(case, written(absolute_url(row["input"], row["base"])), theirs)


def rows(kind: str) -> Iterator[tuple[str, str, str, str]]:
    """Yield the rows of a kind: file, agent or base, what, value."""
    with ROWS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["kind"] == kind:
                yield row["file"], row["about"], row["what"], row["expected"]
