"""The HTML of a report: everything that a page wrote is text, and nothing is loaded from anywhere."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

from newscrawl.report.run import Line, RunReport
from newscrawl.text.clean import clean, one_line

FOLDER = Path(__file__).parent
STYLE = (FOLDER / "page.css").read_text("utf-8")
SCRIPT = (FOLDER / "page.js").read_text("utf-8")
TITLE_CHARS = 200
URL_CHARS = 2000  # a longer address is shown, cut, and no link
STORY_BYTES = 1_600_000  # of the list of stories: the page stays below 2 MB whatever addresses a site has
MOST_SOURCES = 500
ENCODED = re.compile(r"(?:%[89A-Fa-f][0-9A-Fa-f])+")
OUTCOMES = (
    ("written", "new"),
    ("revised", "revised"),
    ("duplicate", "duplicates"),
    ("unchanged", "unchanged"),
    ("rejected", "rejected"),
    ("skipped", "skipped"),
    ("failed", "failed"),
    ("pending", "pending"),
)


def render(run: RunReport) -> str:
    """Return the report of *run* as one HTML document."""
    allowed = f"style-src {digest(STYLE)}; script-src {digest(SCRIPT)}"
    policy = f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'"
    name = text(run.manifest.get("run_id"))
    parts = [
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="color-scheme" content="light dark">',
        f'<meta name="referrer" content="no-referrer"><title>Run {name}</title><style>{STYLE}</style></head><body>',
        f'<a class="skip" href="#stories">To the stories</a><header><h1>Run {name}</h1>{facts(run)}</header><main>',
        *stories(run),
        *sources(run),
        *duplicates(run),
        *reasons(run),
        f"</main><script>{SCRIPT}</script></body></html>\n",
    ]
    return "\n".join(parts)


def digest(content: str) -> str:
    """Return the source expression that allows this inline *content* and no other."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"


def text(value: Any, limit: int = TITLE_CHARS) -> str:
    """Return *value* as HTML text on one line, without control and bidirectional characters."""
    return escape(one_line(str(value or ""), limit))


def link(url: Any, title: Any) -> str:
    """Return a link where *url* is one that a browser may open; else its text."""
    address = str(url or "")
    shown = text(title) or text(address)
    if not address.lower().startswith(("http://", "https://")) or len(address) > URL_CHARS:
        return f'<bdi>{shown}</bdi> <small dir="ltr">{text(address)}</small>'
    return f'<a dir="auto" rel="noreferrer noopener" href="{escape(short_address(address))}">{shown}</a>'


def short_address(url: str) -> str:
    """Return *url* with its letters as they are, not as ``%E6%B8%AF``, which is thrice as long.

    A browser asks for the same address. What is no UTF-8, or shows nothing, stays as it is.
    """

    def letters(found: re.Match[str]) -> str:
        try:
            decoded = unquote_to_bytes(found[0]).decode()
        except UnicodeDecodeError:
            return found[0]
        return decoded if decoded.isprintable() else found[0]

    return ENCODED.sub(letters, "".join(clean(url).split()))


def when(moment: Any) -> str:
    """Return a time as a day and minute, UTC."""
    written = text(moment)
    return f'<time datetime="{written}">{written[:16].replace("T", " ")}</time>' if written else "<time></time>"


def facts(run: RunReport) -> str:
    """Return when it ran, how it ended and what became of its URLs."""
    manifest = run.manifest
    figures = manifest.get("figures") or {}
    why = f" · {text(manifest['why'])}" if manifest.get("why") else ""
    cells = "".join(
        f"<div><dt>{word}</dt><dd>{int(figures.get(name) or 0):,}</dd></div>"
        for name, word in OUTCOMES
        if figures.get(name) or name == "written"
    )
    faults = "".join(f'<p class="fault">{text(fault)}</p>' for fault in run.faults)
    return (
        f"<p>{when(manifest.get('started_at'))} to {when(manifest.get('finished_at'))} UTC · "
        f"{text(manifest.get('status'))}{why} · {text(manifest.get('software'))}</p><dl>{cells}</dl>{faults}"
    )


def stories(run: RunReport) -> Iterator[str]:
    """Yield what came in, the newest first, with search and filter."""
    yield '<section id="stories" aria-labelledby="h-stories"><h2 id="h-stories">What came in</h2>'
    if not run.stories:
        yield "<p>Nothing was new.</p></section>"
        return
    rows, names = story_rows(run)
    if run.story_count > len(rows):
        yield f"<p>The newest {len(rows):,} of {run.story_count:,}; the article file has all.</p>"
    options = "".join(f'<option value="{number}">{text(name, 60)}</option>' for name, number in sorted(names.items()))
    yield (
        '<form hidden><label>Search <input type="search" autocomplete="off"></label> '
        f'<label>Source <select><option value="">all</option>{options}</select></label> '
        f'<output aria-live="polite">{len(rows):,} stories</output></form><ol class="stories">'
    )
    yield from rows
    yield "</ol></section>"


def story_rows(run: RunReport) -> tuple[list[str], dict[str, int]]:
    """Return a row for each story, as many as there is room for, and the numbers of their sources."""
    rows: list[str] = []
    numbers: dict[str, int] = {}
    size = 0
    for one in run.stories:
        source = str(one["source"] or "")
        number = numbers.setdefault(source, len(numbers))
        at = when(one["published_at"] or one["fetched_at"])
        shown = f"{at}{link(one['url'], one['title'])} <span>{text(source, 60)}</span>"
        rows.append(f'<li data-s="{number}">{shown}</li>')
        size += len(rows[-1].encode("utf-8", "replace"))
        if size > STORY_BYTES:
            break
    return rows, numbers


def sources(run: RunReport) -> Iterator[str]:
    """Yield a table of the sources with their figures."""
    figures = run.manifest.get("sources") or {}
    if not figures:
        return
    yield '<section aria-labelledby="h-sources"><h2 id="h-sources">From whom</h2>'
    yield '<div class="wide" tabindex="0" role="region" aria-labelledby="h-sources"><table>'
    yield '<thead><tr><th scope="col">source</th>'
    yield "".join(f'<th scope="col">{word}</th>' for _, word in OUTCOMES) + "</tr></thead><tbody>"
    for name, counts in sorted(figures.items(), key=lambda item: -(item[1].get("written") or 0))[:MOST_SOURCES]:
        cells = "".join(f"<td>{int(counts.get(key) or 0):,}</td>" for key, _ in OUTCOMES)
        yield f'<tr><th scope="row">{text(name)}</th>{cells}</tr>'
    yield "</tbody></table></div>"
    if len(figures) > MOST_SOURCES:
        yield f"<p>And {len(figures) - MOST_SOURCES:,} more sources, in the manifest.</p>"
    yield "</section>"


def duplicates(run: RunReport) -> Iterator[str]:
    """Yield the stories that were left out because another tells the same."""
    if not run.duplicates:
        return
    count = run.counts["duplicate"]
    yield f'<section aria-labelledby="h-dup"><h2 id="h-dup">Left out: {count:,} told already</h2><ul class="pairs">'
    for one in run.duplicates:
        original = run.originals.get(str(one.get("duplicate_of")))
        first = (
            link(original[1], original[0])
            if original
            else f"an earlier story, <code>{text(one.get('duplicate_of'))}</code>"
        )
        alike = f", {float(one['similarity']):.0%} alike" if isinstance(one.get("similarity"), (int, float)) else ""
        how = f"<small>({text(one.get('duplicate_kind'))}{alike})</small>"
        yield f"<li>{link(one.get('url'), one.get('title'))}<br>repeats {first} {how}</li>"
    yield "</ul></section>"


def reasons(run: RunReport) -> Iterator[str]:
    """Yield the pages that gave no article, by reason, with examples."""
    if not run.reasons:
        return
    yield '<section aria-labelledby="h-why"><h2 id="h-why">Left out, and why</h2>'
    for reason, lines in sorted(run.reasons.items(), key=lambda item: -run.counts[item[0]]):
        yield from examples(reason, run.counts[reason], lines)
    yield "</section>"


def examples(reason: str, count: int, lines: Iterable[Line]) -> Iterator[str]:
    """Yield the HTML of one reason: how often it was given, and behind a click some of its pages."""
    yield f"<details><summary>{text(reason)} <b>{count:,}</b></summary><ul>"
    for one in lines:
        detail = f'<small dir="auto">{text(one.get("detail"))}</small>'
        yield f"<li>{link(one.get('url'), one.get('title'))}<br>{detail}</li>"
    yield "</ul></details>"
