"""``scrapy diff``: what changed between two versions of an article."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scrapy.commands import ScrapyCommand

from newscrawl.commands.crawl import fail
from newscrawl.errors import NewscrawlError, UsageError
from newscrawl.export.changes import Piece, changes
from newscrawl.export.records import Record
from newscrawl.export.versions import read_versions
from newscrawl.sources.values import source_name
from newscrawl.store.output.lines import article_files
from newscrawl.text.clean import clean, one_line

if TYPE_CHECKING:  # Scrapy imports each command for any of them
    from rich.text import Text

SHOWN = ("title", "description", "authors", "published_at", "section", "image_url", "is_paywalled", "body")
MARKS = {"same": ("", ""), "removed": ("[-", "-]"), "added": ("{+", "+}")}
STYLES = {"same": "", "removed": "red strike", "added": "green"}


class Command(ScrapyCommand):
    """Exit codes: 0 fine; 1 a file cannot be read; 2 a mistake in the arguments, or no such article or version."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        return "ID|URL [--versions A:B]"

    def short_desc(self) -> str:
        return "Show what changed between two versions of an article"

    def long_desc(self) -> str:
        return (
            "The last two versions unless you name others: in colour at a terminal, elsewhere what went stands in "
            "[-brackets-] and what came in {+braces+}. Paragraphs without a change are counted, not shown."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--versions", metavar="A:B", help="which two (default: the last two)")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None
        try:
            if len(args) != 1:
                raise UsageError(f"usage: scrapy diff {self.syntax()}")
            versions = read_versions(
                article_files(Path(self.settings["NEWSCRAWL_OUTPUT_DIR"])), args[0], source_name(args[0])
            )
            old, new = chosen(versions, opts.versions)
        except NewscrawlError as error:
            fail(error)
        if isinstance(sys.stdout, TextIOWrapper):  # a terminal that cannot show a character shows its number
            sys.stdout.reconfigure(errors="backslashreplace")
        from rich.console import Console

        console = Console(file=sys.stdout, highlight=False, soft_wrap=True)
        for line in lines(old, new, plain=not console.is_terminal):
            console.print(line)


def chosen(versions: list[Record], named: str | None) -> tuple[Record, Record]:
    """Return the two versions that are compared; raises UsageError."""
    known = {int(record.get("version") or 1): record for record in versions}
    numbers = ", ".join(map(str, known))
    if named is not None:
        match = re.fullmatch(r"(\d{1,6}):(\d{1,6})", named)
        if match is None or not {int(match[1]), int(match[2])} <= known.keys():
            raise UsageError(
                f"--versions {named} names no two of its versions, which are {numbers}; write for example 1:2"
            )
        return known[int(match[1])], known[int(match[2])]
    if len(known) < 2:
        raise UsageError(f"the article has one version only ({numbers}): nothing of it was seen to change")
    *_, old, new = known.values()
    return old, new


def lines(old: Record, new: Record, *, plain: bool) -> Iterable[Text]:
    """Yield what is printed: the two versions with their dates, then each field that differs."""
    from rich.text import Text

    for record, mark, style in ((old, "---", "red"), (new, "+++", "green")):
        label = f"{mark} version {record.get('version') or 1}, fetched {record.get('fetched_at') or '-'}"
        changed = f", changed {record['modified_at']}" if record.get("modified_at") else ""
        yield Text(f"{label}{changed}  {one_line(record.get('url') or '', 2000)}", style)
    same = True
    for name in SHOWN:
        before, after = text_of(old.get(name)), text_of(new.get(name))
        if before != after:
            same = False
            yield Text.assemble((f"{name}:", "bold cyan"))
            yield from body_lines(before, after, plain=plain)
    if same:
        yield Text("no field that readers see differs", "dim")


def body_lines(old: str, new: str, *, plain: bool) -> Iterable[Text]:
    from rich.text import Text

    line, unchanged = Text(), 0
    pieces = list(changes(old, new))
    for position, piece in enumerate(pieces):
        if piece.kind == "same" and piece.text.endswith("\n\n"):
            count = len(piece.text.strip("\n").split("\n\n")) if piece.text.strip("\n") else 0
            if line.plain:
                yield line
                line = Text()
            unchanged = count
            if unchanged:
                yield Text(f"… {unchanged} paragraph{'s' if unchanged > 1 else ''} unchanged", "dim")
            continue
        line.append_text(marked(piece, plain=plain))
        if position == len(pieces) - 1 and line.plain:
            yield line


def marked(piece: Piece, *, plain: bool) -> Text:
    from rich.text import Text

    before, after = MARKS[piece.kind] if plain else ("", "")
    return Text(f"{before}{clean(piece.text)}{after}", STYLES[piece.kind])


def text_of(value: Any) -> str:
    """Return a value of a record as text."""
    if value is None:
        return ""
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
