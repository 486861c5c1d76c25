"""``scrapy tail``: the records that are new, in order of publication, as a queue for other programs."""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scrapy.commands import ScrapyCommand

from newscrawl.commands.crawl import fail
from newscrawl.errors import NewscrawlError, OutputError, UsageError
from newscrawl.export.tail import lines_after
from newscrawl.store.output.published import Cursor, PublishedFiles
from newscrawl.store.output.runlock import RunLock

ADVANCE_AFTER = 100  # lines: the cursor costs a sync to disk, and a killed reader meets at most so many lines again


class Command(ScrapyCommand):
    """Exit codes: 0 fine; 1 a file or the store cannot be read; 2 a mistake in the arguments."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        return "[--after N] [--consumer NAME] [--follow] [--numbered]"

    def short_desc(self) -> str:
        return "Print the records that are new, in order of publication"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--after", metavar="N", help="begin behind file number N, or behind line L of it: N:L")
        parser.add_argument("--consumer", metavar="NAME", help="go on where this consumer stopped, and remember it")
        parser.add_argument("--follow", action="store_true", help="wait for what later runs publish")
        parser.add_argument("--numbered", action="store_true", help='print {"after": "N:L", "record": {...}}')

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None
        try:
            if args:
                raise UsageError(f"usage: scrapy tail {self.syntax()}")
            if opts.after is not None and opts.consumer is not None:
                raise UsageError("--after and --consumer both say where to begin; give one of them")
            begin = read_position(opts.after) if opts.after is not None else Cursor()
            folder = Path(self.settings["NEWSCRAWL_OUTPUT_DIR"])
            with (
                PublishedFiles.open(self.settings["NEWSCRAWL_STORE"], folder) as files,
                consumer_lock(opts.consumer, folder),
            ):
                write_lines(files, begin, opts)
        except NewscrawlError as error:
            fail(error)
        except KeyboardInterrupt:
            pass
        except BrokenPipeError:  # who reads has enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@contextmanager
def consumer_lock(consumer: str | None, folder: Path) -> Iterator[None]:
    """Hold the name of a consumer, which two processes would move apart; raise where another holds it."""
    if consumer is None:
        yield
        return
    if not re.fullmatch(r"\w[\w.-]{0,99}", consumer):
        raise UsageError(f"--consumer {consumer!r}: a name is made of letters, digits, dots, dashes and underscores")
    lock = RunLock.of_dead(folder / "consumers" / f"{consumer}.lock")
    if lock is None:
        raise OutputError(f"another scrapy tail reads as {consumer}: end it, or take another name")
    try:
        yield
    finally:
        lock.release()


def write_lines(files: PublishedFiles, begin: Cursor, opts: argparse.Namespace) -> None:
    """Print the lines; the cursor of a consumer moves only behind what has left this process."""
    if opts.consumer is not None:
        begin = files.cursor(opts.consumer)
    reached, unsaved = begin, 0
    for reached, line in lines_after(files, begin, follow=opts.follow):
        sys.stdout.buffer.write(numbered(reached, line) if opts.numbered else line)
        unsaved += 1
        if opts.consumer is not None and (unsaved == ADVANCE_AFTER or reached.line == 0):
            sys.stdout.buffer.flush()
            files.advance(opts.consumer, reached)
            unsaved = 0
        elif opts.follow and reached.line == 0:
            sys.stdout.buffer.flush()
    sys.stdout.buffer.flush()


def numbered(cursor: Cursor, line: bytes) -> bytes:
    """Return *line* with the position behind it, from which ``--after`` goes on."""
    return b'{"after":%s,"record":%s}\n' % (json.dumps(position(cursor)).encode(), line.rstrip(b"\n"))


def position(cursor: Cursor) -> str:
    """Write *cursor* as ``--after`` reads it."""
    return f"{cursor.sequence}:{cursor.line}" if cursor.line else str(cursor.sequence - 1)


def read_position(text: str) -> Cursor:
    """Read ``N``, behind the whole of file N, or ``N:L``, behind line L of it."""
    match = re.fullmatch(r"(\d{1,9})(?::(\d{1,9}))?", text, re.ASCII)
    if match is None:
        raise UsageError(f"--after {text} is no position; give a file's number, or N:L as --numbered prints it")
    return Cursor(int(match[1]), int(match[2])) if match[2] else Cursor(int(match[1]) + 1)
