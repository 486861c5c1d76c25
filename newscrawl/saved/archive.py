"""Saved pages: lists in JSON Lines, HTML files and folders, WARC files."""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from newscrawl.errors import UsageError
from newscrawl.items import parse_time

MAX_PAGE_BYTES = 16 * 1024 * 1024
HTML = (".html", ".htm", ".xhtml")
LISTS = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")
WARC = (".warc", ".warc.gz")


@dataclass(frozen=True, slots=True)
class SavedPage:
    """One page of an archive; its bytes are read when they are needed."""

    source: str
    """What the record's ``source`` will say."""

    url: str
    """Where it was fetched; empty if nobody wrote it down."""

    path: Path | None = None
    html: bytes | None = None
    content_type: str = ""
    fetched_at: datetime | None = None

    def read(self) -> bytes:
        """Return the page's bytes, at most one more than ``MAX_PAGE_BYTES``. Raises OSError."""
        if self.html is not None:
            return self.html
        assert self.path is not None
        with self.path.open("rb") as file:
            return file.read(MAX_PAGE_BYTES + 1)


def read_inputs(names: Iterable[str]) -> Iterator[SavedPage]:
    """Yield the pages of each input in order: what *names* are is told by their suffix; ``-`` is a list on stdin."""
    for name in names:
        path = Path(name)
        if name == "-":
            yield from _read_list(sys.stdin.buffer, "stdin", Path())
        elif path.is_dir():
            yield from _read_folder(path)
        elif not path.is_file():
            raise UsageError(f"no such file or folder: {name}")
        elif name.lower().endswith(LISTS):
            with gzip.open(path) if name.lower().endswith(".gz") else path.open("rb") as file:
                yield from _read_list(file, name, path.parent)
        elif name.lower().endswith(WARC):
            yield from _read_warc(path)
        elif name.lower().endswith(HTML):
            yield SavedPage(source=name, url="", path=path)
        else:
            raise UsageError(f"cannot tell what {name} is: expected .jsonl, .html, .warc, .warc.gz or a folder")


def _read_folder(folder: Path) -> Iterator[SavedPage]:
    found = sorted(path for path in folder.rglob("*") if path.suffix.lower() in HTML and path.is_file())
    if not found:
        raise UsageError(f"no .html file in the folder {folder}")
    for path in found:
        yield SavedPage(source=str(path), url="", path=path)


def _read_list(file: IO[bytes] | gzip.GzipFile, name: str, folder: Path) -> Iterator[SavedPage]:
    for number, line in enumerate(file, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise UsageError(f"{name}, line {number}: not JSON ({error})") from None
        yield _page_of(row, f"{name}, line {number}", folder)


def _page_of(row: Any, where: str, folder: Path) -> SavedPage:
    if not isinstance(row, dict) or not isinstance(row.get("path") or row.get("html"), str):
        raise UsageError(f'{where}: expected {{"source", "url", "path"}} or {{"source", "url", "html"}}')
    url, path, html = row.get("url") or "", row.get("path"), row.get("html")
    if not isinstance(url, str):
        raise UsageError(f"{where}: url is no text: {url!r}")
    fetched_at = None
    if row.get("fetched_at"):
        try:
            fetched_at = parse_time(str(row["fetched_at"]))
        except ValueError:
            raise UsageError(f"{where}: fetched_at is no time: {row['fetched_at']!r}") from None
    return SavedPage(
        source=str(row.get("source") or url or path or where),
        url=url,
        path=None if html is not None else folder / str(path),
        html=None if html is None else html.encode("utf-8", "surrogatepass"),
        content_type="text/html; charset=utf-8" if html is not None else str(row.get("content_type") or ""),
        fetched_at=fetched_at,
    )


def _read_warc(path: Path) -> Iterator[SavedPage]:
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError:
        raise UsageError("a WARC file needs the extra: pip install 'newscrawl[warc]'") from None
    with path.open("rb") as file:
        try:
            for record in ArchiveIterator(file):
                if record.rec_type != "response" or record.http_headers is None:
                    continue
                kind = record.http_headers.get_header("Content-Type") or ""
                if record.http_headers.get_statuscode() != "200" or not _may_be_html(kind):
                    continue
                url = record.rec_headers.get_header("WARC-Target-URI") or ""
                date = record.rec_headers.get_header("WARC-Date")
                yield SavedPage(
                    source=url,
                    url=url,
                    html=record.content_stream().read(MAX_PAGE_BYTES + 1),
                    content_type=kind,
                    fetched_at=parse_time(date) if date else None,
                )
        except (ArchiveLoadFailed, ValueError, EOFError) as error:
            raise UsageError(f"{path} is no readable WARC file: {error}") from None


def _may_be_html(kind: str) -> bool:
    return not kind or "html" in kind.lower() or "text/plain" in kind.lower()
