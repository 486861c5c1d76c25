"""Serves the bundled newsroom over HTTP on loopback, from a thread of the crawling process.

Two sites share one port: the Host header decides which. Nothing but ``newsroom.toml`` names is served, and the server
ends with the run.
"""

from __future__ import annotations

import gzip
import logging
import tomllib
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler
from importlib.resources import files
from pathlib import Path
from socketserver import ThreadingTCPServer
from threading import Thread
from typing import Any

logger = logging.getLogger(__name__)

FOLDER = files("newscrawl.sample")  # in an egg it is no folder of the disk
HOSTS = {"gazette": "127.0.0.1", "wire": "localhost"}
"""The two sites: The Harbour Gazette, a town's paper, and Coast Wire, a service that prints some of its stories."""

PORTS = range(28_100, 28_200)  # below what systems hand out by themselves, so that it is free again in the next run
PORT_FILE = "port"
POLL_S = 0.05  # how long the end of a run may wait for the server


@dataclass(frozen=True, slots=True, kw_only=True)
class SamplePage:
    """One row of ``newsroom.toml``."""

    host: str
    """gazette or wire."""

    path: str
    """Path, and query where the page has one of its own."""

    shows: str
    """What of the product it is there for."""

    file: str | None = None
    """A template in the host's folder; None where there is no body."""

    status: int = 200
    type: str = "text/html; charset=utf-8"
    encoding: str = "utf-8"
    """What the file, which is UTF-8, is sent in."""

    gzip: bool = False
    headers: dict[str, str] = field(default_factory=dict)

    def body(self, port: int) -> bytes:
        """Return the bytes that are sent; *port* goes into the links."""
        if self.file is None:
            return b""
        data = (FOLDER / self.host / self.file).read_bytes()
        if self.encoding != "utf-8":
            data = data.decode("utf-8").encode(self.encoding)
        data = fill(data.decode("latin-1"), port).encode("latin-1")  # the marks are ASCII; the rest stays as it is
        return gzip.compress(data, mtime=0) if self.gzip else data


@cache
def newsroom() -> tuple[SamplePage, ...]:
    """Return all that the newsroom serves, in the order of the table."""
    table = tomllib.loads((FOLDER / "newsroom.toml").read_text("utf-8"))
    return tuple(SamplePage(**row) for row in table["page"])


def origin(host: str, port: int) -> str:
    """Return scheme, name and port of *host*, which is gazette or wire."""
    return f"http://{HOSTS[host]}:{port}"


def fill(text: str, port: int) -> str:
    """Write the sites' real addresses where *text* has ``{{gazette}}`` and ``{{wire}}``."""
    for host in HOSTS:
        text = text.replace("{{" + host + "}}", origin(host, port))
    return text


class Handler(BaseHTTPRequestHandler):
    """Answers one connection to the newsroom; a client that says nothing for 30 seconds is let go."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body leave together; apart, each answer waits 40 ms for the other side's acknowledgement
    timeout = 30
    server: Server

    def do_GET(self) -> None:
        """Send the page that was asked for."""
        port = self.server.port
        page = self.find()
        body = page.body(port)
        self.send_response(page.status)
        self.send_header("Content-Type", page.type)
        self.send_header("Content-Length", str(len(body)))
        for name, value in page.headers.items():
            self.send_header(name, fill(value, port))
        self.end_headers()
        self.wfile.write(body)

    def find(self) -> SamplePage:
        """Return the page that was asked for; a query that the table does not know changes nothing."""
        name = self.headers.get("Host", "").partition(":")[0].lower()
        pages = {page.path: page for page in newsroom() if HOSTS[page.host] == name}
        missing = SamplePage(host="gazette", path=self.path, shows="", file="not-found.html", status=404)
        return pages.get(self.path) or pages.get(self.path.partition("?")[0]) or missing

    def log_message(self, format: str, *args: Any) -> None:
        """Log the request at DEBUG instead of printing it."""
        logger.debug("%s " + format, self.headers.get("Host", "-") if hasattr(self, "headers") else "-", *args)


class Server(ThreadingTCPServer):
    """The newsroom's server: a thread for each connection, and none that outlives the process."""

    allow_reuse_address = True
    daemon_threads = True

    @property
    def port(self) -> int:
        """The port that the server is bound to."""
        return self.socket.getsockname()[1]  # type: ignore[no-any-return]  # an IPv4 socket: host and port


class NewsroomServer:
    """The newsroom on a port of its own, for as long as a run lasts.

    The port is part of every URL, so a later run over the same output folder must meet the same one: it is kept in
    the file ``port`` there and bound again. Only if somebody else holds it by then is another one taken, and the
    stories are new to the store, which knows them by their text.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        kept = read_port(folder / PORT_FILE)
        self.server = bind((kept, *PORTS, 0) if kept else (*PORTS, 0))
        self.port = self.server.port
        self.thread: Thread | None = None

    def keep_port(self) -> None:
        """Write the port to the folder, for later runs."""
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / PORT_FILE).write_text(f"{self.port}\n", "ascii")

    def start(self) -> None:
        """Serve on a thread."""
        self.thread = Thread(target=self.server.serve_forever, args=(POLL_S,), name="newsroom", daemon=True)
        self.thread.start()

    def close(self) -> None:
        """End the thread and free the port."""
        if self.thread:
            self.server.shutdown()
            self.thread.join()
            self.thread = None
        self.server.server_close()


def read_port(path: Path) -> int | None:
    """Return the port in the file *path*; None where there is none or it is not one."""
    with suppress(OSError, ValueError):
        port = int(path.read_text("ascii"))
        return port if 1024 <= port <= 65_535 else None
    return None


def bind(ports: tuple[int, ...]) -> Server:
    """Return a server on the first of *ports* that is free."""
    for port in ports:
        with suppress(OSError):
            return Server(("127.0.0.1", port), Handler)
    raise OSError(f"none of {len(ports)} ports on 127.0.0.1 is free")
