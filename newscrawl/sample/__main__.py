"""``python -m newscrawl.sample``: show the newsroom to a browser, with a line on what each page is there for."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from threading import Event

from newscrawl.sample.server import NewsroomServer, newsroom, origin


def main() -> None:
    """Serve the newsroom until Ctrl-C, and print a line on each of its pages."""
    server = NewsroomServer(Path("output/sample"))
    server.start()
    for page in newsroom():
        print(f"{origin(page.host, server.port)}{page.path}\n    {page.shows}")
    print("Ctrl-C ends it.", flush=True)
    with suppress(KeyboardInterrupt):
        Event().wait()
    server.close()


if __name__ == "__main__":
    main()
