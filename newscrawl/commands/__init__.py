"""What ``scrapy --help`` gains inside the project."""

import sys
from types import TracebackType


def end_quietly(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Say in a sentence that a person stopped the command; of all else print what Python prints."""
    if issubclass(kind, KeyboardInterrupt):
        print("newscrawl: stopped before anything was fetched", file=sys.stderr)
    else:
        sys.__excepthook__(kind, error, trace)


sys.excepthook = end_quietly  # Ctrl-C in the first second, while all that a command needs is imported
