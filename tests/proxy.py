"""A TCP proxy before a server's socket that can swallow what it should pass on, as a firewall or a frozen host does."""

from __future__ import annotations

import contextlib
import socket
import threading
from pathlib import Path
from typing import Self


class SwallowingProxy:
    """Passes bytes on between loopback and the socket at *path*; while ``swallow`` holds, it takes them and is silent.

    ``swallow``: "" nothing; "all" what clients and server say, and new connections stay unanswered; "answers" what the
    server says on the connections that stand.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.swallow = ""
        self.wires: list[socket.socket] = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.listener.close()
        for wire in self.wires:
            wire.close()

    def accept(self) -> None:
        while True:
            try:
                client = self.listener.accept()[0]
            except OSError:
                return
            self.wires.append(client)
            if self.swallow == "all":
                continue
            server = socket.socket(socket.AF_UNIX)
            server.connect(str(self.path))
            self.wires.append(server)
            for source, target, says in ((client, server, "client"), (server, client, "server")):
                threading.Thread(target=self.pass_on, args=(source, target, says), daemon=True).start()

    def pass_on(self, source: socket.socket, target: socket.socket, says: str) -> None:
        lost = False
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                lost = lost or self.swallow == "all" or (self.swallow == "answers" and says == "server")
                if not lost:
                    target.sendall(data)
        for wire in (source, target):
            with contextlib.suppress(OSError):
                wire.shutdown(socket.SHUT_RDWR)
