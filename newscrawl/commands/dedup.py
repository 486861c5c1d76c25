"""``scrapy dedup``: the crawl's deduplication over JSON Lines files that exist already."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, BinaryIO, ClassVar

from scrapy.commands import ScrapyCommand

from newscrawl.commands.crawl import fail
from newscrawl.configuration import Configuration
from newscrawl.errors import NewscrawlError, OutputError, UsageError
from newscrawl.items import Article, parse_time
from newscrawl.outcomes import Outcome
from newscrawl.saved.packed import Broken, Stream, parts_of
from newscrawl.similarity import fingerprint
from newscrawl.store.index.temporary import TemporaryIndex
from newscrawl.urls import article_id, canonical_url, site_of

BATCH = 64
MAX_LINE = 64 * 1024 * 1024
STANDARD = Path("-")  # stdin and stdout
SHOWN = 20
"""Bad lines that are shown one by one; the others are only counted."""


class BadLine(ValueError):
    """A line that is no article; says why."""


@dataclass(slots=True)
class Line:
    """One line of the input."""

    record: dict[str, Any]
    article: Article

    @property
    def name(self) -> Any:
        """The id it goes by in the output."""
        given = self.record.get("id")
        return self.article.id if given is None else given


@dataclass(slots=True)
class Report:
    """What became of the lines."""

    stories: int = 0
    duplicates: Counter[str] = field(default_factory=Counter)
    bad: int = 0

    def refuse(self, where: str, why: str) -> None:
        """Count the line at *where* as bad; the first of them are named on stderr."""
        self.bad += 1
        if self.bad <= SHOWN:
            print(f"newscrawl: {where}: {why}; the line is left out", file=sys.stderr)

    def __str__(self) -> str:
        kinds = ", ".join(f"{count:,} {kind}" for kind, count in sorted(self.duplicates.items()))
        total = f"{self.stories:,} stories, {self.duplicates.total():,} duplicates" + (f" ({kinds})" if kinds else "")
        return total + (f", {self.bad:,} bad lines left out" if self.bad else "")


class Command(ScrapyCommand):
    """Exit codes: 0 fine; 1 lines were left out, or something could not be written; 2 a mistake in the arguments."""

    requires_project = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        return "IN.jsonl... -o OUT.jsonl [--keep]"

    def short_desc(self) -> str:
        return "Write each story of JSON Lines files once"

    def long_desc(self) -> str:
        return (
            "Write the lines of IN.jsonl... that tell a story first to OUT.jsonl, as they are. A line is an object "
            "with url, title, body and published_at; other keys are carried over. With --keep every line is written, "
            "and says which story it tells: story_id, duplicate_of, duplicate_kind, similarity."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "-o", "--output", metavar="OUT.jsonl", help="file to write, whole or not at all; - is stdout"
        )
        parser.add_argument("--keep", action="store_true", help="write duplicates, too, and mark them")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None
        try:
            if not args or not opts.output:
                raise UsageError(f"usage: scrapy dedup {self.syntax()}")
            report = deduplicate(
                [Path(name) for name in args], Path(opts.output), Configuration.read(self.settings), keep=opts.keep
            )
        except NewscrawlError as error:
            fail(error)
            return
        except BrokenPipeError:  # who reads stdout has enough, as head has
            self.exitcode = 141
            return
        print(f"{report}: {opts.output}", file=sys.stderr)
        self.exitcode = 1 if report.bad else 0


def deduplicate(inputs: Sequence[Path], output: Path, chosen: Configuration, *, keep: bool) -> Report:
    """Write the lines of *inputs* to *output*: each story's first, or with *keep* all of them, marked."""
    for path in inputs:
        try:
            if path != STANDARD:
                path.open("rb").close()
        except OSError as error:
            raise UsageError(f"{path} cannot be read: {error.strerror}") from None
    report = Report()
    with writing(output) as out, TemporaryIndex.open(chosen.dedup_window_days, chosen.dedup_keys_days) as index:
        for batch in in_batches(read_lines(inputs, report)):
            write_batch(index, batch, out, report, keep=keep)
    return report


@contextmanager
def writing(output: Path) -> Iterator[BinaryIO]:
    """Open *output* so that it appears whole, by rename, or not at all; ``-`` is stdout. Raises OutputError."""
    if output == STANDARD:
        try:
            with open(sys.stdout.fileno(), "wb", closefd=False) as out:
                yield out
        except BrokenPipeError:
            raise
        except OSError as error:
            raise OutputError(f"stdout cannot be written: {error.strerror}") from None
        return
    part = output.with_name(output.name + ".part")
    try:
        with part.open("wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        part.replace(output)
    except OSError as error:
        raise OutputError(f"{output} cannot be written: {error.strerror}") from None
    finally:
        part.unlink(missing_ok=True)


def read_lines(inputs: Sequence[Path], report: Report) -> Iterator[Line]:
    """Yield what can be read of *inputs*; report what cannot."""
    for path in inputs:
        name = "stdin" if path == STANDARD else str(path)
        with open(sys.stdin.fileno(), "rb", closefd=False) if path == STANDARD else path.open("rb") as source:
            number = 0
            for part in parts_of(source, name):
                if isinstance(part, Broken):
                    report.refuse(name, str(part))
                    continue
                try:
                    while data := whole_line(part):
                        number += 1
                        if len(data) > MAX_LINE:
                            report.refuse(f"{name}:{number}", f"longer than {MAX_LINE >> 20} MiB")
                        elif data.strip():
                            try:
                                yield read_line(data)
                            except BadLine as error:
                                report.refuse(f"{name}:{number}", str(error))
                except Broken as broken:
                    report.refuse(name, str(broken))


def whole_line(part: Stream) -> bytes:
    """Return the next line of *part*, nothing at its end; of one beyond all bounds its beginning. Raises Broken."""
    line = bytearray()
    while piece := part.line():
        if len(line) <= MAX_LINE:
            line += piece
        if piece.endswith(b"\n"):
            break
    return bytes(line)


def read_line(data: bytes) -> Line:
    """Return the article that a line spells, or raise BadLine."""
    try:
        record = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise BadLine("not UTF-8") from None
    except (ValueError, RecursionError) as error:
        raise BadLine(f"not JSON: {error}"[:200]) from None
    if not isinstance(record, dict):
        raise BadLine(f"a JSON object was expected, not {type(record).__name__}")
    for name in ("url", "title", "body"):
        value = record.get(name)
        if value is not None and not isinstance(value, str):
            raise BadLine(f"{name} is not a string but {type(value).__name__}")
    url = record.get("url")
    if not url:
        raise BadLine("no url")
    return Line(record, as_article(record, url))


def as_article(record: dict[str, Any], url: str) -> Article:
    """Return what the index compares of *record*."""

    def text(name: str) -> str | None:
        value = record.get(name)
        return value if isinstance(value, str) and value else None

    canonical = text("canonical_url")
    site = text("site") or site_of(url)
    title, body = text("title") or "", text("body") or ""
    computed = fingerprint(title, body, names=(text("publisher"), site))
    return Article(
        id=article_id(url, canonical),
        url=canonical_url(url) or url,
        canonical_url=canonical,
        title=title,
        body=body,
        site=site,
        published_at=read_time(record.get("published_at")),
        published_precision=text("published_precision"),
        fetched_at=read_time(record.get("fetched_at")),
        version=record["version"] if isinstance(record.get("version"), int) else 1,
        title_key=computed.title_key,
        body_sha256=computed.body_sha256,
        minhash=computed.minhash,
    )


def read_time(value: object) -> datetime | None:
    """Return a time in ISO 8601 or as e-mail and RSS write it; None for anything else."""
    if not isinstance(value, str):
        return None
    for read in (parse_time, parsedate_to_datetime):
        try:
            moment = read(value.strip())
            moment.timestamp()
        except (ValueError, OverflowError, OSError):
            continue
        return moment
    return None


def in_batches(lines: Iterator[Line]) -> Iterator[list[Line]]:
    """Yield *lines* in lists of ``BATCH``; the last may be shorter."""
    batch: list[Line] = []
    for line in lines:
        batch.append(line)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def write_batch(index: TemporaryIndex, batch: list[Line], out: BinaryIO, report: Report, *, keep: bool) -> None:
    """Decide on a batch and write its lines."""
    decisions = index.decide([line.article for line in batch])
    index.call(
        {
            decision.id: line.name
            for line, decision in zip(batch, decisions, strict=True)
            if decision.outcome is Outcome.WRITTEN and line.name != decision.id
        }
    )
    called = index.names_of({decision.story_id for decision in decisions})
    for line, decision in zip(batch, decisions, strict=True):
        story, kind = called.get(decision.story_id, decision.story_id), decision.kind
        if decision.outcome in (Outcome.REVISED, Outcome.UNCHANGED):
            kind = None if line.article.version > 1 else "url"
        if kind is None:
            report.stories += 1
        else:
            report.duplicates[kind] += 1
            if not keep:
                continue
        record = line.record
        if keep:
            record = {**record, "id": line.name, "story_id": story, "duplicate_of": story if kind else None}
            similarity = 1.0 if decision.outcome is Outcome.UNCHANGED else decision.similarity
            record |= {"duplicate_kind": kind, "similarity": similarity if kind else None}
        out.write(json.dumps(record, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n")
