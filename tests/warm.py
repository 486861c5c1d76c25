"""The parent of the commands that tests run: it has imported what they need, and forks one whenever asked.

Run as ``python -m tests.warm FD``; :mod:`tests.commands` speaks to it over that socket.
"""

from __future__ import annotations

import atexit
import ctypes
import gc
import importlib
import json
import os
import pkgutil
import runpy
import signal
import socket
import subprocess
import sys
import threading
from typing import Any, NoReturn, cast

from newscrawl.workers import forkserver

PACKAGES = (
    *(
        "newscrawl.commands",
        "newscrawl.spiders",
        "newscrawl.extensions",
        "newscrawl.middlewares",
        "newscrawl.downloads",
    ),
    *("newscrawl.report", "newscrawl.sources", "newscrawl.health", "newscrawl.sample"),
    *("newscrawl.store", "pipelines"),
    *("scrapy.commands", "scrapy.downloadermiddlewares", "scrapy.spidermiddlewares"),
)
MODULES = (
    *("newscrawl.addon", "scrapy.cmdline", "scrapy.crawler", "scrapy.core.engine", "scrapy.core.scheduler"),
    *("scrapy.extensions.corestats", "scrapy.extensions.logstats", "scrapy.extensions.feedexport"),
    *("sqlalchemy.dialects.sqlite", "twisted.internet.asyncioreactor", "twisted.web.client", "rich.console", "pytest"),
)


def preload() -> None:
    """Import what commands need, but no reactor: each process has its own."""
    for package in PACKAGES:
        for module in pkgutil.walk_packages(importlib.import_module(package).__path__, f"{package}."):
            importlib.import_module(module.name)
    for name in (*MODULES, *forkserver.PRELOAD):
        importlib.import_module(name)
    for name in forkserver.PRELOAD:
        getattr(sys.modules[name], "warm", int)()
    assert "twisted.internet.reactor" not in sys.modules
    gc.collect()
    gc.freeze()  # a collection would touch, and so copy, all memory that the children share


def next_command(control: socket.socket) -> dict[str, Any] | None:
    """Serve until *control* ends, and return None; in a child, return the command that it is to be."""
    while True:
        message, fds, _, _ = socket.recv_fds(control, 1, 4)
        while reaped() > 0:
            pass
        if not message:
            return None
        if not os.fork():
            with socket.socket(fileno=fds[0]) as client:
                control.close()
                return command(client, fds[1:])
        for fd in fds:
            os.close(fd)


def command(client: socket.socket, standard: list[int]) -> dict[str, Any]:
    """Read what *client* wants and return it in a new process; wait for its end here, and say how it ended."""
    order: dict[str, Any] = json.loads(client.makefile("rb").readline())
    pid = os.fork()
    if pid:
        client.sendall(f"{pid}\n".encode())
        client.sendall(f"{os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])}\n".encode())
        os._exit(0)
    for number, fd in enumerate(standard):
        os.dup2(fd, number)
        os.close(fd)
    return order


class Spare:
    """The parent of a command's workers, forked before the command begins: their imports take as long as a crawl.

    It is a child of the command's process and dies with it, as one that is started is.
    """

    def __init__(self) -> None:
        self.socket, theirs = socket.socketpair()
        self.pid = os.fork()
        if not self.pid:
            self.socket.close()
            with theirs:
                self.serve(theirs)
            os._exit(0)
        theirs.close()

    def serve(self, command: socket.socket) -> None:
        """Wait for the orders, and be the parent of workers."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(1, signal.SIGKILL, 0, 0, 0)
        _, fds, _, _ = socket.recv_fds(command, 1, 1)
        if fds:
            orders = json.loads(command.makefile("rb").readline())
            sys.path[:] = orders["path"]
            forkserver.forever(socket.socket(fileno=fds[0]), orders)

    def begin(self, control: socket.socket, orders: dict[str, Any]) -> subprocess.Popen[str]:
        """Take the place of :func:`newscrawl.workers.forkserver.begin_parent`, once."""
        forkserver.begin_parent = START_PARENT
        with self.socket:
            socket.send_fds(self.socket, [b"w"], [control.fileno()])
            self.socket.sendall(json.dumps(orders).encode() + b"\n")
        return cast("subprocess.Popen[str]", self)

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)

    def wait(self) -> None:
        os.waitpid(self.pid, 0)


START_PARENT = forkserver.begin_parent


def reaped() -> int:
    """Return the process id of a child that has ended, 0 if there is none."""
    try:
        return os.waitpid(-1, os.WNOHANG)[0]
    except ChildProcessError:
        return 0


def become(order: dict[str, Any]) -> None:
    """Run ``python -m MODULE ARGUMENTS`` in this process, as *order* says."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.chdir(order["cwd"])
    os.environ.clear()
    os.environ.update(order["environment"])
    sys.path[0] = order["cwd"]
    forkserver.begin_parent = Spare().begin
    sys.argv = [order["module"], *order["arguments"]]
    try:
        runpy.run_module(order["module"], run_name="__main__", alter_sys=True)
    except SystemExit as end:
        if isinstance(end.code, int | None):
            leave(end.code or 0)
        raise
    leave(0)


def leave(code: int) -> NoReturn:
    """End as an interpreter does, but for what takes it three times as long as the imports: to free all modules."""
    threading._shutdown()
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the tests' own process decides what Ctrl-C ends
    preload()
    ordered = next_command(socket.socket(fileno=int(sys.argv[1])))
    if ordered is not None:
        become(ordered)
