"""What ``scrapy --help`` gains inside the project. Scrapy loads all of it for any of its commands."""

import sys
from collections.abc import Sequence
from types import TracebackType

from newscrawl.collector import collect_less
from newscrawl.workers.early import start_early


def end_quietly(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Say in a sentence that a person stopped the command; of all else print what Python prints."""
    if issubclass(kind, KeyboardInterrupt):
        crawled = sys.argv[1:2] == ["crawl"]
        print(f"newscrawl: stopped{' before anything was fetched' if crawled else ''}", file=sys.stderr)
    else:
        sys.__excepthook__(kind, error, trace)


def is_sure_to_parse(words: Sequence[str]) -> bool:
    """Tell whether the command line *words* crawls what a person names, so that a page is read whatever is known."""
    if words[:1] != ["crawl"]:
        return False
    named = any(word.startswith(("url=", "urls=", "-aurl=", "-aurls=")) or "://" in word for word in words)
    return "sample" in words or ("news" in words and named)


sys.excepthook = end_quietly  # Ctrl-C in the first second, while all that a command needs is imported
collect_less()
if is_sure_to_parse(sys.argv[1:]):
    start_early()  # half a second of imports before the command is; a mistake in its arguments ends it again
