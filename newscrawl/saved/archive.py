"""Saved pages: lists in JSON Lines, HTML files and folders, WARC files; plain, gzip or zstd."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from newscrawl.errors import UsageError
from newscrawl.items import parse_time
from newscrawl.outcomes import Reason
from newscrawl.saved.packed import Broken, Stream, parts_of
from newscrawl.saved.page import SavedPage
from newscrawl.saved.warc import pages_of

HTML = (".html", ".htm", ".xhtml")
LISTS = (".jsonl", ".ndjson")
WARC = (".warc",)
PACKED = (".gz", ".zst")


class BadRow(ValueError):
    """A line of a list that is none of ours; the sentence says where and why."""


def read_inputs(names: Iterable[str]) -> Iterator[SavedPage]:
    """Yield the pages of each input in order; what cannot be read of one is a page with a fault.

    The suffix of a name says what it is, behind that of its packing; ``-`` is a list or a WARC file on stdin. Raises
    :class:`UsageError`, before anything is read, for a name that is nothing of the kind.
    """
    inputs = [(name, Path(name)) for name in names]
    for name, path in inputs:
        if name == "-" or path.is_dir():
            continue
        if not path.is_file():
            raise UsageError(f"no such file or folder: {name}")
        if not _kind_of(name).endswith((*LISTS, *WARC, *HTML)):
            raise UsageError(f"cannot tell what {name} is: expected .jsonl, .html, .warc (or .gz, .zst) or a folder")
    for name, path in inputs:
        if path.is_dir() and name != "-":
            yield from _read_folder(path)
        elif name != "-" and _kind_of(name).endswith(HTML):
            yield SavedPage(source=name, url="", path=path)
        else:
            yield from _read_parts(name, path)


def _kind_of(name: str) -> str:
    """Return *name* in lower case without the suffix of a list's or WARC file's packing."""
    name = name.lower()
    bare = next((name.removesuffix(suffix) for suffix in PACKED if name.endswith(suffix)), name)
    return bare if bare.endswith((*LISTS, *WARC)) else name


def _read_folder(folder: Path) -> Iterator[SavedPage]:
    pages = sorted(path for path in folder.rglob("*") if path.suffix.lower() in HTML and path.is_file())
    if not pages:
        raise UsageError(f"no .html file in the folder {folder}")
    for path in pages:
        yield SavedPage(source=str(path), url="", path=path)


def _read_parts(name: str, path: Path) -> Iterator[SavedPage]:
    """Yield the pages of a list or a WARC file, part by part as it is packed."""
    shown = "stdin" if name == "-" else name
    try:
        with _opened(name, path) as file:
            lines = _Lines(shown, Path() if name == "-" else path.parent)
            is_warc = _kind_of(name).endswith(WARC)
            for part in parts_of(file, shown):
                if isinstance(part, Broken):
                    yield _fault(shown, part)
                    continue
                if name == "-" and not lines.number:
                    is_warc = _is_warc(part)
                pages = pages_of(part, shown) if is_warc else lines.pages_of(part)
                try:
                    for page in pages:
                        yield _fault(shown, page) if isinstance(page, Broken | BadRow) else page
                except Broken as broken:
                    yield _fault(shown, broken)
    except OSError as error:
        raise UsageError(f"cannot read {shown}: {error.strerror}") from None


def _opened(name: str, path: Path) -> BinaryIO:
    return open(sys.stdin.fileno(), "rb", closefd=False) if name == "-" else path.open("rb")


def _is_warc(part: Stream) -> bool:
    line = part.line()
    part.put_back(line)
    return line.startswith(b"WARC/")


def _fault(name: str, error: Exception) -> SavedPage:
    return SavedPage(source=name, url="", fault=(Reason.BAD_RESPONSE, str(error)))


class _Lines:
    """The pages of a list, whose lines are counted over all its parts."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name, self.folder = name, folder
        self.number = 0

    def pages_of(self, part: Stream) -> Iterator[SavedPage | BadRow]:
        """Yield the page of each line of *part*."""
        while line := self.line(part):
            self.number += 1
            if not line.strip():
                continue
            where = f"{self.name}, line {self.number}"
            try:
                yield _page_of(json.loads(line), where, self.folder)
            except BadRow as error:
                yield error
            except (ValueError, RecursionError) as error:
                yield BadRow(f"{where}: not JSON ({error})")

    def line(self, part: Stream) -> bytes:
        """Return the next line, however long: it holds a page."""
        line = io.BytesIO()
        while piece := part.line():
            line.write(piece)
            if piece.endswith(b"\n"):
                break
        return line.getvalue()


def _page_of(row: Any, where: str, folder: Path) -> SavedPage:
    if not isinstance(row, dict) or not isinstance(row.get("path") or row.get("html"), str):
        raise BadRow(f'{where}: expected {{"source", "url", "path"}} or {{"source", "url", "html"}}')
    url, path, html = row.get("url") or "", row.get("path"), row.get("html")
    if not isinstance(url, str):
        raise BadRow(f"{where}: url is no text: {url!r}")
    fetched_at = None
    if row.get("fetched_at"):
        try:
            fetched_at = parse_time(str(row["fetched_at"]))
        except (ValueError, OverflowError):
            raise BadRow(f"{where}: fetched_at is no time: {row['fetched_at']!r}") from None
    return SavedPage(
        source=str(row.get("source") or url or path or where),
        url=url,
        path=None if html is not None else folder / str(path),
        html=None if html is None else html.encode("utf-8", "surrogatepass"),
        content_type="text/html; charset=utf-8" if html is not None else str(row.get("content_type") or ""),
        fetched_at=fetched_at,
    )
