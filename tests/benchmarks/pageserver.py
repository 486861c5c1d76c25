"""Serves pages of several hosts over loopback, from a process of its own that costs little."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from pathlib import Path
from typing import Self
from zlib import crc32

from tests.benchmarks import newspages
from tests.crawling import ROOT
from tests.newspaper import article

HOSTS = tuple(f"127.0.0.{number}" for number in range(1, 9))
Pages = dict[tuple[str, str], bytes]
"""By host and path."""


class PageServer:
    """Serves *stories* built pages, or the first so many of the *saved*; ``urls`` names them."""

    def __init__(self, stories: int, *, small: bool = False, saved: Path | None = None) -> None:
        given = json.dumps({"stories": stories, "small": small, "saved": str(saved.resolve()) if saved else None})
        command = [sys.executable, "-m", "tests.benchmarks.pageserver", given]
        self.process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        self.urls: list[str] = json.loads(self.process.stdout.readline())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.process.terminate()
        self.process.wait()


def built_pages(stories: int) -> Pages:
    numbered = ((number, HOSTS[number % len(HOSTS)]) for number in range(stories))
    return {(host, newspages.path(number)): newspages.page(number, host).encode() for number, host in numbered}


def small_pages(stories: int) -> Pages:
    return {(HOSTS[0], f"/story/{number}"): article(number).encode() for number in range(stories)}


def saved_pages(folder: Path, stories: int) -> Pages:
    """Return saved pages; those of one site stand on one host."""
    rows = [json.loads(line) for line in (folder / "pages.jsonl").read_text("utf-8").splitlines()[:stories]]
    pages: Pages = {}
    for number, row in enumerate(rows):
        host = HOSTS[crc32(row["url"].split("/")[2].encode()) % len(HOSTS)]
        pages[host, f"/2026/11/{number}"] = (folder / row["file"]).read_bytes()
    return pages


class Answering(asyncio.Protocol):
    """HTTP/1.1, as much of it as a crawler asks for."""

    def __init__(self, pages: dict[bytes, bytes]) -> None:
        self.pages = pages
        self.asked = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        *requests, self.asked = (self.asked + data).split(b"\r\n\r\n")
        for request in requests:
            body = self.pages.get(request.split(b" ", 2)[1])
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
    if given["saved"]:
        asyncio.run(serve(saved_pages(Path(given["saved"]), given["stories"])))
    else:
        asyncio.run(serve((small_pages if given["small"] else built_pages)(given["stories"])))
