"""Runs ``python -m scrapy …`` in a process of its own.

A crawl of the tests is a quarter of a second of work beside one and a half of imports. So the process is forked from
one that has imported everything (:mod:`tests.warm`); from there on it is what ``python -m`` does: its own folder,
environment, reactor, exit. Where the environment says something that is read at the start, a new interpreter is begun
instead.
"""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).parents[1]
AT_START = ("PYTHON", "LC_", "LANG", "TMPDIR", "TZ", "NEWSCRAWL_", "SCRAPY_")
"""Beginnings of the variables that the interpreter or an import reads, once."""

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # the tests start hundreds of processes: each would compile everything
START = dict(os.environ)


class Warm:
    """The process that forks commands, begun when the first is wanted."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.process: subprocess.Popen[bytes] | None = None
        self.socket: socket.socket | None = None

    def begin(self, standard: list[int]) -> socket.socket:
        """Ask for a process with *standard* as its stdin, stdout and stderr; return the connection that orders it."""
        ours, theirs = socket.socketpair()
        with self.lock, theirs:
            if self.socket is None:
                self.socket, control = socket.socketpair()
                with control:
                    self.process = subprocess.Popen(
                        [sys.executable, "-m", "tests.warm", str(control.fileno())],
                        cwd=ROOT,
                        env=at_root(os.environ),
                        pass_fds=[control.fileno()],
                        stdin=subprocess.DEVNULL,
                        stdout=subprocess.DEVNULL,
                    )
            socket.send_fds(self.socket, [b"f"], [theirs.fileno(), *standard])
        return ours

    def close(self) -> None:
        """End the process."""
        with self.lock:
            if self.socket is not None and self.process is not None:
                self.socket.close()
                self.process.wait()
                self.socket = None


WARM = Warm()


def run(
    *arguments: object,
    module: str = "scrapy",
    cwd: Path = ROOT,
    env: Mapping[str, str] | None = None,
    input: str = "",
    timeout: float = 240,
) -> subprocess.CompletedProcess[str]:
    """Run a command with *input* on its stdin; raises TimeoutExpired."""
    words = list(map(str, arguments))
    environment = dict(os.environ if env is None else env)
    if read_at_start(environment) != read_at_start(START):
        line = [sys.executable, "-m", module, *words]
        return subprocess.run(
            line, cwd=cwd, env=environment, input=input, capture_output=True, text=True, timeout=timeout, check=False
        )
    with tempfile.TemporaryFile() as stdin, tempfile.TemporaryFile() as stdout, tempfile.TemporaryFile() as stderr:
        stdin.write(input.encode())
        stdin.seek(0)
        order = order_of(words, module, cwd, environment)
        with Started([stdin.fileno(), stdout.fileno(), stderr.fileno()], order) as started:
            try:
                code = started.wait(timeout)
            finally:
                started.kill()
        texts = []
        for file in (stdout, stderr):
            file.seek(0)
            texts.append(file.read().decode().replace("\r\n", "\n"))
    return subprocess.CompletedProcess(words, code, *texts)


def start(
    *arguments: object,
    module: str = "scrapy",
    cwd: Path = ROOT,
    stdin: int = subprocess.DEVNULL,
    stdout: int = subprocess.DEVNULL,
    stderr: int = subprocess.DEVNULL,
) -> Started:
    """Start a command with these file descriptors, which stay the caller's to close."""
    with open(os.devnull, "r+b") as null:  # noqa: PTH123 - a Path cannot be opened without buffer for both
        standard = [null.fileno() if fd == subprocess.DEVNULL else fd for fd in (stdin, stdout, stderr)]
        return Started(standard, order_of(arguments, module, cwd, os.environ))


def order_of(arguments: Iterable[object], module: str, cwd: Path, environment: Mapping[str, str]) -> dict[str, object]:
    """Return what :mod:`tests.warm` is told of a command."""
    words = list(map(str, arguments))
    return {"module": module, "arguments": words, "cwd": str(cwd), "environment": dict(environment)}


class Started:
    """A command that runs; it is handled as a ``subprocess.Popen``."""

    def __init__(self, standard: list[int], order: dict[str, object]) -> None:
        self.order = order
        self.returncode: int | None = None
        """Negative for a signal; None while it runs."""
        self.connection = WARM.begin(standard)
        self.answers = self.connection.makefile("rb", buffering=0)
        self.connection.sendall(json.dumps(order).encode() + b"\n")
        self.pid = int(self.answers.readline() or died())

    def __enter__(self) -> Started:
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self.wait()
        finally:
            self.close()

    def close(self) -> None:
        """Let go of the connection; to be called at the end."""
        self.answers.close()
        self.connection.close()

    def poll(self) -> int | None:
        """Return the exit code, None while it runs."""
        if self.returncode is None and select.select([self.connection], [], [], 0)[0]:
            self.returncode = int(self.answers.readline() or died())
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Return the exit code; raises TimeoutExpired."""
        if self.returncode is None and not select.select([self.connection], [], [], timeout)[0]:
            raise subprocess.TimeoutExpired(str(self.order["arguments"]), timeout or 0)
        code = self.poll()
        assert code is not None
        return code

    def send_signal(self, number: int) -> None:
        """Send a signal to it, if it runs."""
        if self.poll() is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)


def died() -> bytes:
    raise RuntimeError("the process that forks the tests' commands has died: see what it wrote on stderr")


def at_root(environment: Mapping[str, str]) -> dict[str, str]:
    """Return *environment* with the project on Python's path."""
    return dict(environment) | {"PYTHONPATH": str(ROOT)}


def read_at_start(environment: Mapping[str, str]) -> dict[str, str]:
    read = {name: value for name, value in environment.items() if name.startswith(AT_START)}
    paths = [path for path in read.pop("PYTHONPATH", "").split(os.pathsep) if path and Path(path) != ROOT]
    return read | {"PYTHONPATH": os.pathsep.join(paths)}
