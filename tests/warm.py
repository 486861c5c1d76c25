"""The parent of the commands that tests run: it has imported what they need, and forks one whenever asked.

Run as ``python -m tests.warm FD``; :mod:`tests.commands` speaks to it over that socket.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import pkgutil
import runpy
import signal
import socket
import sys
from typing import Any

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
    for name in MODULES:
        importlib.import_module(name)
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
    sys.argv = [order["module"], *order["arguments"]]
    runpy.run_module(order["module"], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the tests' own process decides what Ctrl-C ends
    preload()
    ordered = next_command(socket.socket(fileno=int(sys.argv[1])))
    if ordered is not None:
        become(ordered)
