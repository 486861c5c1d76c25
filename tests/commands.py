"""Runs ``python -m scrapy …`` to its end, in a process of its own.

A crawl of the tests is half a second of work behind two seconds of imports. So the process is forked from one that has
imported everything (:mod:`tests.warm`); from there on it is what ``python -m`` does: its own folder, environment,
reactor, exit. Where the environment says something that is read at the start, a new interpreter is begun instead.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
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
        order = {"module": module, "arguments": words, "cwd": str(cwd), "environment": environment}
        code = ended(WARM.begin([stdin.fileno(), stdout.fileno(), stderr.fileno()]), order, timeout)
        texts = []
        for file in (stdout, stderr):
            file.seek(0)
            texts.append(file.read().decode().replace("\r\n", "\n"))
    return subprocess.CompletedProcess(words, code, *texts)


def ended(connection: socket.socket, order: dict[str, object], timeout: float) -> int:
    """Order a command and return its exit code, negative for a signal; raises TimeoutExpired."""
    pid = code = None
    with connection, connection.makefile("rb") as answers:
        try:
            connection.sendall(json.dumps(order).encode() + b"\n")
            connection.settimeout(timeout)
            pid = int(answers.readline() or died())
            code = int(answers.readline() or died())
        except TimeoutError:
            raise subprocess.TimeoutExpired(str(order["arguments"]), timeout) from None
        finally:
            if pid is not None and code is None:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
    return code


def died() -> bytes:
    raise RuntimeError("the process that forks the tests' commands has died: see what it wrote on stderr")


def at_root(environment: Mapping[str, str]) -> dict[str, str]:
    """Return *environment* with the project on Python's path."""
    return dict(environment) | {"PYTHONPATH": str(ROOT)}


def read_at_start(environment: Mapping[str, str]) -> dict[str, str]:
    read = {name: value for name, value in environment.items() if name.startswith(AT_START)}
    paths = [path for path in read.pop("PYTHONPATH", "").split(os.pathsep) if path and Path(path) != ROOT]
    return read | {"PYTHONPATH": os.pathsep.join(paths)}
