"""``scrapy show``: one page with the evidence for each field, and its text with what was cut and why."""

from __future__ import annotations

import argparse
import asyncio
import sys
from datetime import UTC, datetime
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.commands import ScrapyCommand
from scrapy.http import Response

from newscrawl.commands.crawl import fail
from newscrawl.errors import NewscrawlError, OutputError, UsageError
from newscrawl.extensions.workers import WorkersExtension
from newscrawl.extraction import Observation, memory_key
from newscrawl.items import format_time
from newscrawl.outcomes import Rejection
from newscrawl.saved.archive import read_inputs
from newscrawl.saved.page import SavedPage
from newscrawl.saved.pipelines import idle_crawler
from newscrawl.saved.reextraction import as_page
from newscrawl.store.backend.existing import existing_store
from newscrawl.store.site_memory import read_observations
from newscrawl.text.clean import one_line
from newscrawl.workers import WorkerError, WorkerPool

if TYPE_CHECKING:  # Scrapy imports each command for any of them
    from rich.console import Console
    from rich.text import Text

    from newscrawl.extraction.reading import Reading

MAX_EVIDENCE_CHARS = 160


class OnePageSpider(Spider):
    """Downloads one page, with all that guards a crawl's downloads."""

    name = "show"

    def __init__(self, url: str, got: list[SavedPage], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.start_urls = [url]
        self.got = got
        self.named_hosts = frozenset({urlsplit(url).netloc.rpartition("@")[2].lower()})
        """The person named this very host and port: it may be reached even if it is private."""

    async def start(self) -> Any:
        yield Request(self.start_urls[0], self.parse)

    def parse(self, response: Response, **kwargs: Any) -> None:
        """Keep the page; what it says is read in a worker."""
        kind = (response.headers.get("Content-Type") or b"").decode("latin-1")
        tags = b", ".join(response.headers.getlist("X-Robots-Tag")).decode("latin-1")
        page = SavedPage(response.url, response.url, html=response.body, content_type=kind, robots_tag=tags)
        if response.status < 400:
            self.got.append(page)
        else:
            self.logger.warning("%s answered %d", response.url, response.status)


class Command(ScrapyCommand):
    """Exit codes: 0 an article; 2 a mistake in the arguments; 3 no article."""

    requires_project = True
    default_settings = {"LOG_LEVEL": "WARNING"}  # noqa: RUF012 - Scrapy declares it

    def syntax(self) -> str:
        return "[options] URL|FILE"

    def short_desc(self) -> str:
        return "Show what is extracted from one page, and why"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--sites", metavar="FILE", help="a sites file whose rules for sites hold, too")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        try:
            if len(args) != 1:
                raise UsageError("usage: scrapy show URL|FILE")
            page = self.download(args[0]) if "://" in args[0] else next(iter(read_inputs(args)), None)
            if page is not None and page.fault is not None:
                raise UsageError(page.fault[1])
            if page is None:
                raise UsageError(f"nothing could be read from {args[0]}")
            assert self.settings is not None
            pool = WorkersExtension.from_crawler(idle_crawler(self.settings, opts.sites)).pool
            reading = asyncio.run(read_in_worker(pool, page, self.taught(page.url)))
        except NewscrawlError as error:
            fail(error)
        if isinstance(sys.stdout, TextIOWrapper):  # a terminal that cannot show a character shows its number
            sys.stdout.reconfigure(errors="backslashreplace")
        from rich.console import Console

        console = Console(file=sys.stdout, highlight=False, soft_wrap=True)
        show(reading, console)
        self.exitcode = 3 if isinstance(reading, Rejection) or reading.kind else 0

    def taught(self, url: str) -> tuple[Observation, ...]:
        """Return what an earlier crawl into this folder remembers of the site of *url*; nothing where none did."""
        assert self.settings is not None
        folder, store = Path(self.settings["NEWSCRAWL_OUTPUT_DIR"]), self.settings["NEWSCRAWL_STORE"]
        try:
            with existing_store(store, folder) as database, database.read() as connection:
                return read_observations(connection, memory_key(url))
        except OutputError:
            return ()

    def download(self, url: str) -> SavedPage | None:
        """Return the page at *url*, downloaded as a crawl would."""
        if not url.lower().startswith(("http://", "https://")):
            raise UsageError(f"{one_line(url, 100)} is no http(s) URL")
        assert self.crawler_process is not None
        assert self.settings is not None
        self.settings.set("EXTENSIONS", dict.fromkeys(self.settings.getdict("EXTENSIONS")), priority="cmdline")
        self.settings.set("ITEM_PIPELINES", {}, priority="cmdline")
        got: list[SavedPage] = []
        self.crawler_process.crawl(OnePageSpider, url=url, got=got)
        self.crawler_process.start()
        return got[0] if got else None


async def read_in_worker(pool: WorkerPool, page: SavedPage, memory: tuple[Observation, ...]) -> Reading | Rejection:
    """Read *page* in a worker beside the *memory* of its site: what a stranger wrote is parsed nowhere else."""
    from newscrawl.extraction.reading import read_page

    pool.start()
    try:
        asked = pool.with_rules(as_page(page, datetime.now(UTC)), page.url)
        return await pool.run(read_page, asked, page.url, memory)
    except WorkerError as error:
        return Rejection(page.url, error.reason, error.detail)
    except OSError as error:
        raise UsageError(f"cannot read {page.source}: {error.strerror}") from None
    finally:
        pool.close()


def show(reading: Reading | Rejection, console: Console) -> None:
    """Print *reading*: a field a line with what won, below it what lost; then the text, cut lines marked ``-``."""
    if isinstance(reading, Rejection):
        console.print(_line("no article", f"{reading.reason.value}: {reading.detail}", "bold red"))
        return
    if reading.kind is not None:
        console.print(_line("no article", f"{reading.kind[0].value}: {reading.kind[1]}", "bold red"))
    if reading.site is not None:
        console.print(
            _line("rules of", f"{reading.site.host}: {', '.join(reading.site.answered) or 'none'} won", "bold")
        )
        for name, why in reading.site.missed.items():
            console.print(_line("", f"{name}: {why}", "yellow"))
    for name, choice in reading.choices.items():
        console.print(_line(name, _value(choice.value), "bold", choice.source))
        won = False
        for evidence in choice.evidence:
            if not won and evidence.source == choice.source:
                won = True
                continue
            console.print(_line("", _value(evidence.value), "dim", evidence.source))
    console.print(_line("text", reading.how, ""))
    for link in reading.related:
        console.print(_line("related", link.title, "", link.url))
    from rich.text import Text

    console.print()
    for line in reading.lines:
        text = Text("- " if line.cut else "  ")
        text.append(_safe(line.text, 100_000), "strike dim" if line.cut else "")
        if line.cut:
            text.append(f"  [{line.cut}: {_safe(line.why)}]", "yellow")
        elif line.why:
            text.append(f"  [added, {_safe(line.why)}]", "green")
        console.print(text)


def _line(name: str, value: str, style: str, source: str = "") -> Text:
    from rich.text import Text

    text = Text(f"{name:<14} ", "cyan")
    text.append(_safe(value), style)
    if source:
        text.append(f"  ({_safe(source)})", "green" if name else "dim")
    return text


def _safe(text: str, limit: int = MAX_EVIDENCE_CHARS) -> str:
    """Return *text* fit for a terminal: no control character of a page's reaches it."""
    return one_line(text, limit)


def _value(value: Any) -> str:
    if value in (None, "", []):
        return "-"
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)
    if isinstance(value, tuple):
        return f"{format_time(value[0])} ({value[1]})"
    return str(value)
