"""Reads a big sites file in pieces, so that memory does not grow with it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PIECE = 1 << 16
"""Bytes after which a piece ends with its table."""

HEADER = re.compile(r"""\s*\[(?:[A-Za-z0-9_-]+|"[^"\\\r\n]*"|'[^'\r\n]*')\]\s*(?:#.*)?""")
"""A table of its own, and no part of the one above."""


def toml_pieces(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the tables of a TOML file, some at a time.

    Where all pieces can be read and no name comes twice, they are what the file says: TOML is read from front to back,
    and behind a piece that is complete stands a new table. Raises ValueError and OSError, also of a file without a
    mistake, as where a text of several lines has one that looks like a table.
    """
    lines: list[str] = []
    size = 0
    with path.open(encoding="utf-8-sig", newline="") as file:
        for line in file:
            if size > PIECE and HEADER.fullmatch(line):
                yield tomllib.loads("".join(lines))
                lines.clear()
                size = 0
            lines.append(line)
            size += len(line)
    yield tomllib.loads("".join(lines))
