"""The values that a person types, read or refused with one sentence."""

from __future__ import annotations

import difflib
import gzip
import re
import sys
import zlib
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import zstandard

from newscrawl.errors import UsageError
from newscrawl.urls import absolute_url, canonical_url

UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def nearest(name: str, names: Iterable[str]) -> str:
    """Return a question that names the nearest of *names*, or nothing."""
    known = list(names)
    near = [other for other in known if other.lower() == name.lower()]
    near = near or difflib.get_close_matches(name, known, 1, 0.5)
    return f"; did you mean {near[0]!r}?" if near else ""


def read_limit(value: Any) -> int | None:
    """Return a number of articles; raises UsageError."""
    if value is None:
        return None
    text = str(value).strip()
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise UsageError(f"limit={value} is not a number of articles; give a whole number from 1, for example limit=20")
    return int(text)


def read_since(value: Any, now: datetime) -> datetime | None:
    """Return the moment that an age or a date means; raises UsageError."""
    if value is None:
        return None
    text = str(value).strip()
    if match := re.fullmatch(r"(\d{1,6})([mhdw])", text):
        try:
            return now - timedelta(**{UNITS[match[2]]: int(match[1])})
        except OverflowError:
            pass
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(
            f"since={value} is neither an age nor a date; give for example since=2d, since=12h or since=2026-11-01"
        ) from None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def read_until(value: Any, now: datetime, since: datetime | None = None) -> datetime | None:
    """Return the moment before which a story must be published; a date includes its day. Raises UsageError."""
    if value is None:
        return None
    text = str(value).strip()
    try:
        moment = read_since(text, now)
    except UsageError:
        raise UsageError(
            f"until={value} is neither an age nor a date; give for example until=30d or until=2026-10-31"
        ) from None
    if moment is not None and re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        moment += timedelta(days=1)
    if moment is not None and since is not None and moment <= since:
        raise UsageError(f"until={value} is before since=: nothing can be between them; exchange them")
    return moment


def read_urls(value: Any) -> list[str]:
    """Split ``url=A,B``; a comma inside a URL stays, since the next URL must look like one."""
    if value is None:
        return []
    given = (
        [str(url) for url in value]
        if isinstance(value, list)
        else re.split(r",(?=\s*(?:https?://|[^/?=&,]+\.|localhost\b|\[))", str(value))
    )
    urls = [url.strip() for url in given if url.strip()]
    for url in urls:
        if "://" not in url and Path(url).is_file():
            raise UsageError(f"url={url} is a file; give a list of URLs with urls={url}, a TOML file with sites={url}")
        if source_name(url) == "":
            raise UsageError(f"url={url} is not an http or https URL; give for example url=https://example.com")
    return urls


def read_archives(value: str) -> tuple[str, ...]:
    """Return the WARC files of ``warc=A,B``, each name perhaps a pattern; raises UsageError."""
    names = [name.strip() for name in value.split(",") if name.strip()]
    archives = []
    for name in names:
        matches = [name]
        if set("*?[") & set(name) and not Path(name).exists():
            path = Path(name)
            matches = sorted(map(str, Path(path.anchor).glob(str(path.relative_to(path.anchor)))))
        for match in matches or [name]:
            if not Path(match).is_file():
                raise UsageError(f"warc={name}: there is no such file; give a WARC file, for example crawl.warc.gz")
            if not re.search(r"\.warc(?:\.gz|\.zst)?$", match, re.I):
                raise UsageError(f"warc={name}: {match} is not called .warc, .warc.gz or .warc.zst; give a WARC file")
            archives.append(match)
    return tuple(dict.fromkeys(archives))


def with_scheme(url: str, scheme: str = "https") -> str:
    """Return *url* with *scheme* in front where it has none (``example.com``, ``localhost:8000/feed``)."""
    return url if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:(?!\d)", url) else f"{scheme}://{url.lstrip('/')}"


def source_name(url: str) -> str:
    """Return what a source that is only a URL is called; empty where it is none."""
    return canonical_url(with_scheme(url)) or ""


def unpacked(data: bytes) -> bytes:
    """Return *data* as it was before it was packed by gzip or zstd; as it is where it was not."""
    if data.startswith(b"\x1f\x8b"):
        return gzip.decompress(data)
    if data.startswith(b"\x28\xb5\x2f\xfd"):
        return zstandard.ZstdDecompressor().stream_reader(data, read_across_frames=True).read()
    return data


def read_list(name: str) -> tuple[str, ...]:
    """Return the URLs of a list; raises UsageError."""
    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        text = unpacked(data).decode("utf-8-sig")
    except (EOFError, zlib.error, gzip.BadGzipFile, zstandard.ZstdError) as error:
        raise UsageError(f"urls={name} cannot be unpacked: {error}; give it whole, or unpacked") from None
    except OSError as error:
        raise UsageError(
            f"urls={name} cannot be read: {error.strerror or error}; give a file with one URL a line, or -"
        ) from None
    except UnicodeDecodeError:
        raise UsageError(f"urls={name} is not a text file in UTF-8; give a file with one URL a line, or -") from None
    urls = []
    for number, line in enumerate(text.splitlines(), 1):
        if not (line := line.strip()) or line.startswith("#"):
            continue
        if (url := absolute_url(with_scheme(line))) is None:
            raise UsageError(
                f"urls={name}, line {number}: {line[:80]!r} is not an http or https URL; mend or remove the line"
            )
        urls.append(url)
    return tuple(dict.fromkeys(urls))
