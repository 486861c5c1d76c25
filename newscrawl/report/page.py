"""The HTML of a report: everything that a page wrote is text, and nothing is loaded from anywhere."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator
from html import escape
from importlib.resources import files
from typing import Any

from newscrawl.report.pairs import duplicates
from newscrawl.report.run import Line, RunReport
from newscrawl.report.text import link, text
from newscrawl.report.trend import sparkline, spoken

FOLDER = files("newscrawl.report")  # in an egg it is no folder of the disk
STYLE = (FOLDER / "page.css").read_text("utf-8")
SCRIPT = (FOLDER / "page.js").read_text("utf-8")
STORY_BYTES = 1_600_000  # of the list of stories: the page stays below 2 MB whatever addresses a site has
MOST_SOURCES = 500
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
        *duplicates(run.duplicates, run.counts["duplicate"], run.originals),
        *reasons(run),
        f"</main><script>{SCRIPT}</script></body></html>\n",
    ]
    return "\n".join(parts)


def digest(content: str) -> str:
    """Return the source expression that allows this inline *content* and no other."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"


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
    yield '<thead><tr><th scope="col">source</th><th scope="col">last runs</th>'
    yield "".join(f'<th scope="col">{word}</th>' for _, word in OUTCOMES) + "</tr></thead><tbody>"
    told = run.manifest.get("discovery") or {}
    unwell = {name: wrong for name in figures if (wrong := troubles(told.get(name) or {}))}
    order = sorted(figures, key=lambda name: (name not in unwell, -(figures[name].get("written") or 0)))
    for name in order[:MOST_SOURCES]:
        cells = "".join(f"<td>{int(figures[name].get(key) or 0):,}</td>" for key, _ in OUTCOMES)
        trend = run.trends.get(name) or []
        bars = f'<span role="img" aria-label="{spoken(trend)}" title="{spoken(trend)}">{sparkline(trend)}</span>'
        label = text((told.get(name) or {}).get("label")) or text(name)
        notes = "".join(f"<small>{text(one, 300)}</small>" for one in unwell.get(name, ()))
        yield f'<tr{" class=unwell" if notes else ""}><th scope="row">{label}{notes}</th><td>{bars}</td>{cells}</tr>'
    yield "</tbody></table></div>"
    if len(figures) > MOST_SOURCES:
        yield f"<p>And {len(figures) - MOST_SOURCES:,} more sources, in the manifest.</p>"
    yield "</section>"


def troubles(told: Line) -> list[str]:
    """Return what a manifest says is wrong with a source, each with what to do where that is known."""
    found = [f"put off: {told['put_off']}"] if told.get("put_off") else []
    for one in told.get("health") or []:
        since = f" since {one['since']}" if one.get("since") else ""
        found.append(f"{one.get('what')}{since}; {one.get('do')}")
    return found or ([str(told["trouble"])] if told.get("trouble") else [])


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
