"""Reads the lines of run files for a report."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from newscrawl.store.output.lines import open_lines


def json_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the JSON objects of *path*; a line that is none is passed over."""
    with open_lines(path) as lines:
        for text in lines:
            try:
                line = json.loads(text)
            except (ValueError, RecursionError):
                continue
            if isinstance(line, dict):
                yield line
