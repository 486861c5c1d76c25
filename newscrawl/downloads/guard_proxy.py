"""A proxy on loopback, for downloaders that resolve names and follow redirects by themselves: a browser, curl.

It connects to allowed addresses only, and to the very address that it judged: what such a downloader asks for by
itself, a redirect, a script's request, a second answer of a hostile name server, comes by here too.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any
from urllib.parse import urlsplit

from newscrawl.addresses import Allowed

MAX_HEAD_BYTES = 1 << 20
MAX_BYTES = 64 << 20  # of one answer or tunnel
IDLE_S = 60.0  # without a byte either way
CHUNK = 1 << 16
REFUSED = "X-Newscrawl-Refused"
"""The header of an answer of the proxy's own."""

DROPPED = (b"connection:", b"proxy-connection:", b"keep-alive:", b"proxy-authorization:")
Resolve = Callable[[str, int], Awaitable[list[str | None]]]


class GuardProxy:
    """An HTTP proxy for this machine; it ends with :meth:`close`.

    >>> proxy = GuardProxy(lambda: allowed, resolve, refused=print)
    >>> await proxy.start()
    'http://127.0.0.1:40123'
    """

    def __init__(
        self, allowed: Callable[[], Allowed], resolve: Resolve, refused: Callable[[str, int, str], None]
    ) -> None:
        self.allowed = allowed
        self.resolve = resolve
        self.refused = refused
        """Told host, port and address of what is not connected to."""

        self.url = ""
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self) -> str:
        """Listen, and return the proxy's URL; again where it listens already."""
        if self._server is None:
            self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, limit=MAX_HEAD_BYTES)
            self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self.url

    async def close(self) -> None:
        """End, with all connections."""
        if self._server is not None:
            self._server.close()
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            await self._answer(reader, writer)
        except (OSError, EOFError, ValueError, asyncio.LimitOverrunError, TimeoutError):
            pass  # whoever asked finds the connection closed
        finally:
            self._tasks.discard(task)
            writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), IDLE_S)
        first, *lines = head[:-4].split(b"\r\n")
        method, target, version = first.decode("latin-1").split(" ")
        is_tunnel = method == "CONNECT"
        parts = urlsplit(f"//{target}" if is_tunnel else target)
        host, port = parts.hostname or "", parts.port or (443 if is_tunnel else 80)
        if not host or not (is_tunnel or parts.scheme == "http"):
            raise ValueError(f"no address: {target[:100]}")
        address = await self._address(host, port)
        if address is None:
            await _say(writer, "403 Forbidden", f"{REFUSED}: private-address\r\n")
            return
        try:
            opening = asyncio.open_connection(address, port, limit=MAX_HEAD_BYTES)
            server_reader, server_writer = await asyncio.wait_for(opening, IDLE_S)
        except (OSError, TimeoutError):
            await _say(writer, "502 Bad Gateway", f"{REFUSED}: connection\r\n")
            return
        try:
            if is_tunnel:
                writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
            else:
                path = target[target.index("//") + 2 :].partition("/")
                asked = f"{method} /{path[2]} {version}".encode("latin-1")
                kept = [line for line in lines if not line.lower().startswith(DROPPED)]
                server_writer.write(b"\r\n".join((asked, *kept, b"Connection: close", b"", b"")))
            back = self._tunnel_back if is_tunnel else self._answer_back
            await _first_ended(_pipe(reader, server_writer), back(server_reader, writer), is_tunnel)
        finally:
            server_writer.close()

    async def _address(self, host: str, port: int) -> str | None:
        """Return the first address of *host* that may be connected to; None where none may."""
        addresses = [address for address in await self.resolve(host, port) if address is not None]
        if not addresses:
            raise OSError(f"{host} has no address")
        allowed = self.allowed()
        good = next((address for address in addresses if allowed.allows(host, port, address)), None)
        if good is None:
            self.refused(host, port, addresses[0])
        return good

    async def _tunnel_back(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await _pipe(reader, writer)

    async def _answer_back(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Pass an answer on; it is the last of its connection, whatever the server says."""
        head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), IDLE_S)
        kept = [line for line in head[:-4].split(b"\r\n") if not line.lower().startswith(DROPPED)]
        writer.write(b"\r\n".join((*kept, b"Connection: close", b"", b"")))
        await _pipe(reader, writer)


async def _first_ended(up: Coroutine[Any, Any, None], down: Coroutine[Any, Any, None], is_tunnel: bool) -> None:
    """Run both directions until the answer ends, or, of a tunnel, until either does."""
    tasks = [asyncio.ensure_future(way) for way in (up, down)]
    try:
        if is_tunnel:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        else:
            await tasks[1]
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Pass bytes on until their end, at most :data:`MAX_BYTES`."""
    size = 0
    with contextlib.suppress(OSError, TimeoutError):
        while size < MAX_BYTES and (data := await asyncio.wait_for(reader.read(CHUNK), IDLE_S)):
            size += len(data)
            writer.write(data)
            await writer.drain()


async def _say(writer: asyncio.StreamWriter, status: str, header: str) -> None:
    """Answer with a status of the proxy's own."""
    writer.write(f"HTTP/1.1 {status}\r\n{header}Content-Length: 0\r\nConnection: close\r\n\r\n".encode("latin-1"))
    with contextlib.suppress(OSError):
        await writer.drain()
