"""The HTML of a report: everything that a page wrote is text, and nothing is loaded from anywhere."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path
from typing import Any

from newscrawl.report.run import Line, RunReport
from newscrawl.text.clean import one_line

FOLDER = Path(__file__).parent
STYLE = (FOLDER / "page.css").read_text("utf-8")
SCRIPT = (FOLDER / "page.js").read_text("utf-8")
TITLE_CHARS = 200
URL_CHARS = 2000  # a longer address is shown, cut, and no link
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
    return f'<a dir="auto" rel="noreferrer noopener" href="{escape(one_line(address, URL_CHARS))}">{shown}</a>'


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
    if run.story_count > len(run.stories):
        yield f"<p>The newest {len(run.stories):,} of {run.story_count:,}; the article file has all.</p>"
    names = sorted({str(one["source"] or "") for one in run.stories})
    options = "".join(f'<option value="{number}">{text(name)}</option>' for number, name in enumerate(names))
    yield (
        '<form hidden><label>Search <input type="search" autocomplete="off"></label> '
        f'<label>Source <select><option value="">all</option>{options}</select></label> '
        f'<output aria-live="polite">{len(run.stories):,} stories</output></form><ol class="stories">'
    )
    numbers = {name: number for number, name in enumerate(names)}
    for one in run.stories:
        source = str(one["source"] or "")
        at = when(one["published_at"] or one["fetched_at"])
        shown = f"{at}{link(one['url'], one['title'])} <span>{text(source, 60)}</span>"
        yield f'<li data-s="{numbers[source]}">{shown}</li>'
    yield "</ol></section>"


def sources(run: RunReport) -> Iterator[str]:
    """Yield a table of the sources with their figures."""
    figures = run.manifest.get("sources") or {}
    if not figures:
        return
    yield '<section aria-labelledby="h-sources"><h2 id="h-sources">From whom</h2>'
    yield '<div class="wide" tabindex="0" role="region" aria-labelledby="h-sources"><table>'
    yield '<thead><tr><th scope="col">source</th>'
    yield "".join(f'<th scope="col">{word}</th>' for _, word in OUTCOMES) + "</tr></thead><tbody>"
    for name, counts in sorted(figures.items(), key=lambda item: -(item[1].get("written") or 0)):
        cells = "".join(f"<td>{int(counts.get(key) or 0):,}</td>" for key, _ in OUTCOMES)
        yield f'<tr><th scope="row">{text(name)}</th>{cells}</tr>'
    yield "</tbody></table></div></section>"


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
    yield f"<details><summary>{text(reason)} <b>{count:,}</b></summary><ul>"
    for one in lines:
        detail = f'<small dir="auto">{text(one.get("detail"))}</small>'
        yield f"<li>{link(one.get('url'), one.get('title'))}<br>{detail}</li>"
    yield "</ul></details>"
