"""Writes reports beside the manifests that they are made from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from newscrawl.errors import OutputError
from newscrawl.report.page import render
from newscrawl.report.run import read_run
from newscrawl.store.output.runfile import write_whole


def write_report(folder: Path, manifest: Path, *, images: bool = False) -> Path:
    """Write the report of *manifest*'s run, with lead images where *images*; return its path.

    OutputError: something cannot be read or written.
    """
    try:
        content: Any = json.loads(manifest.read_bytes())
        if not isinstance(content, dict):
            raise ValueError("it is no JSON object")
        path = manifest.with_suffix(".html")
        write_whole(path, render(read_run(folder, content), images=images).encode("utf-8", "replace"))
    except (OSError, ValueError) as error:
        raise OutputError(f"no report can be made of {manifest}: {error}") from error
    return path
