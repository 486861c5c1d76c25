"""Duplicates beside what they repeat, with the words that differ marked."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from newscrawl.export.changes import Piece, words
from newscrawl.report.lines import json_lines
from newscrawl.report.text import link, text
from newscrawl.store.output.lines import DAMAGED, article_files

EXCERPT = 400  # characters of a story's beginning
MOST_PAIRS = 60  # that are shown with their texts: the page stays small
MOST_BYTES = 16 << 20  # of article files that are looked through for what an earlier run wrote

Line = dict[str, Any]


def find_originals(folder: Path, ids: Collection[str]) -> dict[str, Line]:
    """Return url, title and beginning of the articles with these *ids*, looked for in the newest files first."""
    wanted, originals, size = set(ids), dict[str, Line](), 0
    for path in reversed(article_files(folder) if wanted else []):
        size += path.stat().st_size
        if size > MOST_BYTES or not wanted:
            break
        try:
            for record in json_lines(path):
                if (name := record.get("id")) in wanted:
                    originals[str(name)] = slim(record)
        except DAMAGED:
            continue
        wanted -= originals.keys()
    return originals


def slim(record: Line) -> Line:
    """Return what a pair shows of *record*."""
    body = str(record.get("body") or "")
    return {"url": record.get("url"), "title": record.get("title"), "excerpt": body[:EXCERPT]}


def duplicates(lines: list[Line], count: int, originals: dict[str, Line]) -> Iterator[str]:
    """Yield the stories that were left out because another tells the same, the first of them side by side with it."""
    if not lines:
        return
    yield f'<section aria-labelledby="h-dup"><h2 id="h-dup">Left out: {count:,} told already</h2><ul class="pairs">'
    for number, line in enumerate(lines):
        original = originals.get(str(line.get("duplicate_of")))
        alike = f", {float(line['similarity']):.0%} alike" if isinstance(line.get("similarity"), (int, float)) else ""
        how = f"<small>({text(line.get('duplicate_kind'))}{alike})</small>"
        if original is None:
            first = f"an earlier story, <code>{text(line.get('duplicate_of'))}</code>"
            yield f"<li>{link(line.get('url'), line.get('title'))}<br>repeats {first} {how}</li>"
            continue
        first = link(original["url"], original["title"])
        yield f"<li>{link(line.get('url'), line.get('title'))}<br>repeats {first} {how}"
        if number < MOST_PAIRS:
            yield side_by_side(line, original)
        yield "</li>"
    yield "</ul></section>"


def side_by_side(copy: Line, original: Line) -> str:
    """Return headline and beginning of both, with what only one of them has marked."""
    sides: dict[str, list[str]] = {"removed": [], "added": []}
    for name, tag in (("title", "b"), ("excerpt", "span")):
        pieces = list(words(whole_words(original.get(name)), whole_words(copy.get(name))))
        for side, cells in sides.items():
            cells.append(f"<{tag}>{''.join(marked(piece, side) for piece in pieces)}</{tag}>")
    old, new = ("<br>".join(cells) for cells in (sides["removed"], sides["added"]))
    return f'<div class="pair"><p dir="auto">{new}</p><p dir="auto">{old}</p></div>'


def whole_words(value: object) -> str:
    """Return a beginning of a text without the word in whose midst it was cut; what was not cut as it is."""
    line = str(value or "")
    if len(line) < EXCERPT:
        return line
    end = line.rfind(" ", EXCERPT - 30)  # scripts without blanks have no word to lose
    return f"{line[:end] if end > 0 else line} …"


def marked(piece: Piece, side: str) -> str:
    """Return a stretch as *side* has it; empty where it is the other's."""
    if piece.kind == "same":
        return text(piece.text, 2000, keep_ends=True)
    return f"<mark>{text(piece.text, 2000, keep_ends=True)}</mark>" if piece.kind == side else ""
