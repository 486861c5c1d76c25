"""A web server on loopback that writes whatever bytes a case wants, slowly or for ever."""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Self

Case = Callable[["Asked"], Awaitable[None]]


class Asked:
    """One request, and the stream for its answer."""

    def __init__(self, writer: asyncio.StreamWriter, path: str, headers: dict[str, str], site: HostileSite) -> None:
        self.writer = writer
        self.path, _, self.query = path.partition("?")
        self.headers = headers
        self.site = site

    async def raw(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()

    async def send(
        self, body: bytes | str = b"", status: str = "200 OK", content_type: str = "text/html", **headers: str
    ) -> None:
        """Send a whole answer; ``Content_Encoding="gzip"`` is a header."""
        data = body.encode() if isinstance(body, str) else body
        lines = [f"HTTP/1.1 {status}", f"Content-Type: {content_type}", f"Content-Length: {len(data)}"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        await self.raw("\r\n".join([*lines, "Connection: close", "", ""]).encode() + data)

    async def redirect(self, location: str) -> None:
        await self.send(status="302 Found", Location=location)


class HostileSite:
    """Serves ``cases`` by path; anything else is 404. A path that ends in ``*`` takes all that begins so."""

    def __init__(self, cases: dict[str, Case], host: str = "127.0.0.1", tls: ssl.SSLContext | None = None) -> None:
        self.cases = cases
        self.host = host
        self.tls = tls
        self.hits: Counter[str] = Counter()
        self.seen: list[tuple[str, dict[str, str]]] = []
        """Path and headers of each request."""

        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self.port = 0
        self.inner = 0
        """Port of another server, which no case may make the crawler ask."""

    @property
    def url(self) -> str:
        return f"{'https' if self.tls else 'http'}://{self.host}:{self.port}"

    @property
    def authority(self) -> str:
        return f"{self.host}:{self.port}"

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait(10)
        return self

    def __exit__(self, *exc: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    def _run(self) -> None:
        self._loop.run_until_complete(self._serve())
        self._loop.close()

    async def _serve(self) -> None:
        self._stop = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        server = await asyncio.start_server(self._accept, self.host, self.port, ssl=self.tls)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stop.wait()
        server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = self._loop.create_task(self._handle(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            path = head[0].split(" ")[1]
            headers = {
                name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:] if line)
            }
            self.hits[path] += 1
            self.seen.append((path, headers))
            asked = Asked(writer, path, headers, self)
            await self._case(asked.path)(asked)
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    def _case(self, path: str) -> Case:
        if path in self.cases:
            return self.cases[path]
        for name, case in self.cases.items():
            if name.endswith("*") and path.startswith(name[:-1]):
                return case
        return _missing


async def _missing(asked: Asked) -> None:
    await asked.send("nothing here", "404 Not Found")
