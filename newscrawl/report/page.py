"""The HTML of a report: everything that a page wrote is text, and nothing is loaded from anywhere."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime
from html import escape
from importlib.resources import files

from newscrawl.report.pairs import duplicates
from newscrawl.report.reasons import reasons
from newscrawl.report.run import Line, RunReport
from newscrawl.report.stories import stories, when
from newscrawl.report.text import text
from newscrawl.report.trend import sparkline

FOLDER = files("newscrawl.report")  # in an egg it is no folder of the disk
STYLE = (FOLDER / "page.css").read_text("utf-8")
SCRIPT = (FOLDER / "page.js").read_text("utf-8")
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


def render(run: RunReport, *, images: bool = False) -> str:
    """Return the report of *run* as one HTML document; with *images* it shows lead images, which it loads."""
    allowed = f"style-src {digest(STYLE)}; script-src {digest(SCRIPT)}" + ("; img-src http: https:" if images else "")
    policy = f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'"
    parts = [
        head(f"Run {run.manifest.get('run_id') or ''}", policy),
        f'<a class="skip" href="#stories">To the stories</a><header>{facts(run)}</header><main>',
        *stories(run, images=images),
        *sources(run),
        *duplicates(run.duplicates, run.counts["duplicate"], run.originals),
        *reasons(run),
        *settings(run),
        f"</main><script>{SCRIPT}</script></body></html>\n",
    ]
    return "\n".join(parts)


def head(title: str, policy: str) -> str:
    """Return the beginning of a page, until its content."""
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f'<meta name="referrer" content="no-referrer"><title>{text(title)}</title><style>{STYLE}</style></head><body>'
    )


def digest(content: str) -> str:
    """Return the source expression that allows this inline *content* and no other."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"


def facts(run: RunReport) -> str:
    """Return when it ran, how long, how it ended and what became of its URLs."""
    manifest = run.manifest
    figures = manifest.get("figures") or {}
    why = f" ({text(manifest['why'])})" if manifest.get("why") else ""
    cells = "".join(
        f"<div><dt>{word}</dt><dd>{int(figures.get(name) or 0):,}</dd></div>"
        for name, word in OUTCOMES
        if figures.get(name) or name == "written"
    )
    faults = "".join(f'<p class="fault">{text(fault)}</p>' for fault in run.faults)
    words = (
        f"{text(manifest.get('status'))}{why}",
        took(manifest.get("started_at"), manifest.get("finished_at")),
        f"{int(manifest.get('requests') or 0):,} requests" if manifest.get("requests") else "",
        text(manifest.get("software")),
        f"<code>{text(manifest.get('run_id'))}</code>",
    )
    return (
        f"<h1>Run of {when(manifest.get('started_at'))} UTC</h1><p>{' · '.join(filter(None, words))}</p>"
        f"<dl>{cells}</dl>{faults}"
    )


def took(start: object, end: object) -> str:
    """Return how long a run took, in words; nothing where that is unknown."""
    try:
        seconds = int((datetime.fromisoformat(str(end)) - datetime.fromisoformat(str(start))).total_seconds())
    except (ValueError, TypeError):
        return ""
    minutes, hours = seconds // 60, seconds // 3600
    return f"took {f'{hours} h {minutes % 60} min' if hours else f'{minutes} min' if minutes else f'{seconds} s'}"


def sources(run: RunReport) -> Iterator[str]:
    """Yield a table of the sources with their figures; an outcome that no source had is left out."""
    figures = run.manifest.get("sources") or {}
    if not figures:
        return
    shown = [(key, word) for key, word in OUTCOMES if key == "written" or any(own.get(key) for own in figures.values())]
    has_past = any(len(trend) > 1 for trend in run.trends.values())
    yield '<section aria-labelledby="h-sources"><h2 id="h-sources">From whom</h2>'
    yield '<div class="wide" tabindex="0" role="region" aria-labelledby="h-sources"><table>'
    past = '<th scope="col">last runs</th>' if has_past else ""
    yield f'<thead><tr><th scope="col">source</th>{past}'
    yield "".join(f'<th scope="col">{word}</th>' for _, word in shown) + "</tr></thead><tbody>"
    discovery = run.manifest.get("discovery") or {}
    unwell = {name: wrong for name in figures if (wrong := troubles(discovery.get(name) or {}))}
    order = sorted(figures, key=lambda name: (name not in unwell, -(figures[name].get("written") or 0)))
    for name in order[:MOST_SOURCES]:
        label = text((discovery.get(name) or {}).get("label")) or text(name)
        notes = "".join(f"<small>{text(trouble, 300)}</small>" for trouble in unwell.get(name, ()))
        bars = f"<td>{sparkline(run.trends.get(name) or [])}</td>" if has_past else ""
        numbers = (int(figures[name].get(key) or 0) for key, _ in shown)
        yield f'<tr><th scope="row">{label}{notes}</th>{bars}{cells(numbers)}</tr>'
    yield "</tbody></table></div>"
    if len(figures) > MOST_SOURCES:
        yield f"<p>And {len(figures) - MOST_SOURCES:,} more sources, in the manifest.</p>"
    yield "</section>"


def cells(numbers: Iterator[int] | Sequence[int]) -> str:
    """Return the cells of a row of figures; a nought stands back."""
    return "".join(f"<td>{number:,}</td>" if number else '<td class="nought">0</td>' for number in numbers)


def troubles(discovery: Line) -> list[str]:
    """Return what a manifest says is wrong with a source, each with what to do where that is known."""
    lines = [f"put off: {discovery['put_off']}"] if discovery.get("put_off") else []
    for problem in discovery.get("health") or []:
        since = f" since {problem['since']}" if problem.get("since") else ""
        lines.append(f"{problem.get('what')}{since}; {problem.get('do')}")
    return lines or ([str(discovery["trouble"])] if discovery.get("trouble") else [])


def settings(run: RunReport) -> Iterator[str]:
    """Yield the settings that were not left at their defaults."""
    changed = run.manifest.get("settings") or {}
    if not isinstance(changed, dict) or not changed:
        return
    yield '<section aria-labelledby="h-set"><h2 id="h-set">Settings that are not the default</h2><dl class="settings">'
    yield from (f"<dt>{text(name)}</dt><dd>{text(value, 500)}</dd>" for name, value in sorted(changed.items()))
    yield "</dl></section>"
