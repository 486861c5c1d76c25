"""A crawl's exit code, and who gives it to the shell.

The commands and :func:`newscrawl.process.run` do. A script's own ``CrawlerProcess`` ends with 0 whatever happened, and
nothing that Scrapy offers can change that from within: such a run says what its exit code would have been.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from weakref import WeakKeyDictionary, WeakSet

from scrapy.crawler import Crawler

from newscrawl.errors import NewscrawlError

EXIT_CODE = "newscrawl/exit_code"
"""The stat."""

CRASH = 1
ADVICE = (
    "end the script by sys.exit(newscrawl.process.exit_code_of(crawler)), or start the crawl by newscrawl.process.run"
)

_handled: WeakSet[Crawler] = WeakSet()
_codes: WeakKeyDictionary[Crawler, int] = WeakKeyDictionary()


def handle_exit_code(crawler: Crawler) -> None:
    """Note that the process will end with the exit code of *crawler*."""
    _handled.add(crawler)


def note_exit_code(crawler: Crawler, code: int, mistake: str = "") -> None:
    """Keep the exit code of *crawler*, and print it where it is not 0 and nobody will end the process with it.

    *mistake* is a person's, in a sentence: the crawl did not begin.
    """
    _codes[crawler] = code
    if code and crawler not in _handled:
        said = f"{mistake}; this" if mistake else "this"
        print(f"newscrawl: {said} run's exit code is {code}, which Scrapy does not pass on: {ADVICE}", file=sys.stderr)


@contextmanager
def noting_mistakes(crawler: Crawler) -> Iterator[None]:
    """Note the exit code of a mistake that ends *crawler* before it begins, and let the mistake through."""
    try:
        yield
    except NewscrawlError as error:
        note_exit_code(crawler, error.exit_code, str(error))
        raise


def exit_code_of(crawler: Crawler) -> int:
    """Return the exit code of a crawl that is over; 1 where it ended without one."""
    return _codes.get(crawler, CRASH)
