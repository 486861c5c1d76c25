"""A web site on loopback for the tests: what it serves is a dict, what it was asked for is a counter."""

from __future__ import annotations

import socket
import threading
from collections import Counter
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = tuple[int, dict[str, str], bytes]


class Site:
    """Serves ``pages`` (path with query -> text, bytes, or a full answer) and counts ``hits`` by path."""

    def __init__(self, host: str = "127.0.0.1") -> None:
        self.pages: dict[str, str | bytes | Answer | Callable[[Any], Answer]] = {}
        self.hits: Counter[str] = Counter()
        self.headers: dict[str, list[dict[str, str]]] = {}
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                site.hits[self.path] += 1
                site.headers.setdefault(self.path, []).append(dict(self.headers))
                page = site.pages.get(self.path, (404, {}, b"<h1>Not found</h1>"))
                if callable(page):
                    page = page(self)
                status, headers, body = page if isinstance(page, tuple) else (200, {}, page)
                data = body.encode() if isinstance(body, str) else body
                self.send_response(status)
                if "Content-Type" not in headers:
                    self.send_header("Content-Type", "text/html; charset=utf-8")
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *args: object) -> None:
                pass

        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        server = type("Server", (ThreadingHTTPServer,), {"address_family": family})
        self.server = server((host, 0), Handler)
        self.server.daemon_threads = True
        self.host = host
        self.port: int = self.server.server_address[1]
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)

    @property
    def url(self) -> str:
        return f"http://{f'[{self.host}]' if ':' in self.host else self.host}:{self.port}"

    def __enter__(self) -> Site:
        self.thread.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()
