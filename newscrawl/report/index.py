"""A page that lists the runs of an output folder, each with its report."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path
from typing import Any

from newscrawl.errors import OutputError
from newscrawl.report.page import OUTCOMES, STYLE, cells, digest, head, troubles
from newscrawl.report.stories import when
from newscrawl.report.text import text
from newscrawl.store.output.runfile import write_whole
from newscrawl.store.output.shelves import manifests

RUNS = 500


def write_index(folder: Path) -> Path:
    """Write ``runs/index.html`` over the last runs, the newest first; return its path. OutputError: it cannot be."""
    path = folder / "runs" / "index.html"
    rows = [row_of(manifest, path.parent) for manifest in reversed(manifests(folder)[-RUNS:])]
    heads = "".join(f'<th scope="col">{word}</th>' for word in ("run", *(word for _, word in OUTCOMES), "unwell"))
    policy = f"default-src 'none'; style-src {digest(STYLE)}; base-uri 'none'; form-action 'none'"
    page = (
        f"{head('Runs', policy)}<header><h1>Runs</h1><p>Runs that found nothing new are left out.</p></header><main>"
        f'<div class="wide" tabindex="0" role="region" aria-label="Runs"><table><thead><tr>{heads}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div></main></body></html>\n"
    )
    try:
        write_whole(path, page.encode("utf-8", "replace"))
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror or error}") from error
    return path


def row_of(manifest: Path, beside: Path) -> str:
    """Return the table row of one run; a manifest that cannot be read is named."""
    try:
        run: dict[str, Any] = json.loads(manifest.read_bytes())
        figures = run.get("figures") or {}
    except (OSError, ValueError, AttributeError):
        return f'<tr><th scope="row">{text(manifest.stem)}: cannot be read</th></tr>'
    page = manifest.with_suffix(".html")
    at = when(run.get("started_at"))
    name = f'<a href="{escape(page.relative_to(beside).as_posix())}">{at}</a>' if page.exists() else at
    why = "" if run.get("status") == "complete" else f" <small>{text(run.get('status'))}</small>"
    unwell = sum(bool(troubles(source or {})) for source in (run.get("discovery") or {}).values())
    numbers = [int(figures.get(key) or 0) for key, _ in OUTCOMES]
    return f'<tr><th scope="row">{name}{why}</th>{cells([*numbers, unwell])}</tr>'
