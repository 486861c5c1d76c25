"""Serves pages of several hosts over loopback, from a process of its own that costs little."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar, Self
from urllib.request import urlopen
from zlib import crc32

from tests.benchmarks import newspages
from tests.crawling import ROOT
from tests.newspaper import article

HOSTS = 8
FIRST = b"/benchmark/first"
"""Answers when the first page was asked for since it was last asked, in seconds of the monotonic clock, or null."""

Pages = dict[tuple[str, str], bytes]
"""By host and path."""


class PageServer:
    """Serves *stories* built pages, or the first so many of the *saved*, on *hosts* addresses; ``urls`` names them."""

    def __init__(self, stories: int, *, small: bool = False, saved: Path | None = None, hosts: int = HOSTS) -> None:
        folder = str(saved.resolve()) if saved else None
        given = json.dumps({"stories": stories, "small": small, "saved": folder, "hosts": hosts})
        command = [sys.executable, "-m", "tests.benchmarks.pageserver", given]
        self.process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        self.urls: list[str] = json.loads(self.process.stdout.readline())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.process.terminate()
        self.process.communicate()

    def page(self, url: str) -> bytes:
        """Return what is served at *url*."""
        with urlopen(url) as answer:
            page: bytes = answer.read()
            return page

    def first_asked(self) -> float | None:
        """Return when the first page was asked for since the last call of this."""
        host = "/".join(self.urls[0].split("/", 3)[:3])
        asked: float | None = json.loads(self.page(host + FIRST.decode()))
        return asked


def addresses(hosts: int) -> tuple[str, ...]:
    """Return so many addresses of the loopback."""
    return tuple(f"127.0.{number // 250}.{number % 250 + 1}" for number in range(hosts))


def built_pages(stories: int, hosts: Sequence[str]) -> Pages:
    numbered = ((number, hosts[number % len(hosts)]) for number in range(stories))
    return {(host, newspages.path(number)): newspages.page(number, host).encode() for number, host in numbered}


def small_pages(stories: int, hosts: Sequence[str]) -> Pages:
    return {(hosts[0], f"/story/{number}"): article(number).encode() for number in range(stories)}


def saved_pages(folder: Path, stories: int, hosts: Sequence[str]) -> Pages:
    """Return saved pages; those of one site stand on one host."""
    rows = [json.loads(line) for line in (folder / "pages.jsonl").read_text("utf-8").splitlines()[:stories]]
    pages: Pages = {}
    for number, row in enumerate(rows):
        site = row["url"].split("/")[2] if row["url"] else ""
        host = hosts[crc32(site.encode()) % len(hosts)]
        pages[host, f"/2026/11/{number}"] = (folder / row["file"]).read_bytes()
    return pages


class Answering(asyncio.Protocol):
    """HTTP/1.1, as much of it as a crawler asks for."""

    first: ClassVar[float | None] = None

    def __init__(self, pages: dict[bytes, bytes]) -> None:
        self.pages = pages
        self.asked = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        *requests, self.asked = (self.asked + data).split(b"\r\n\r\n")
        for request in requests:
            path = request.split(b" ", 2)[1]
            body = self.pages.get(path)
            if path == FIRST:
                body, Answering.first = json.dumps(Answering.first).encode(), None
            elif Answering.first is None:
                Answering.first = time.monotonic()
            status = b"200 OK" if body is not None else b"404 Not Found"
            head = b"Content-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n" % len(body or b"")
            self.transport.write(b"HTTP/1.1 " + status + b"\r\n" + head + (body or b""))


async def serve(pages: Pages) -> None:
    loop, port, urls = asyncio.get_running_loop(), 0, []
    for host in dict.fromkeys(host for host, _ in pages):
        own = {path.encode(): body for (other, path), body in pages.items() if other == host}
        server = await loop.create_server(lambda own=own: Answering(own), host, port)  # type: ignore[misc]
        port = server.sockets[0].getsockname()[1]
        urls += [(list(own).index(path), f"http://{host}:{port}{path.decode()}") for path in own]
    print(json.dumps([url for _, url in sorted(urls)]), flush=True)  # the hosts in turn
    await asyncio.Event().wait()


if __name__ == "__main__":
    given = json.loads(sys.argv[1])
    stories, hosts = given["stories"], addresses(given["hosts"])
    if given["saved"]:
        asyncio.run(serve(saved_pages(Path(given["saved"]), stories, hosts)))
    else:
        asyncio.run(serve((small_pages if given["small"] else built_pages)(stories, hosts)))
