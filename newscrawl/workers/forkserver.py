"""The processes behind :mod:`newscrawl.workers`: one warm parent that forks a worker in milliseconds, and the workers.

``multiprocessing``'s own fork server would import the program's main module once more in every worker (all of Scrapy,
and a script without a ``__main__`` guard would start a second crawl) and keep a third process for its semaphores.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import importlib
import json
import os
import select
import signal
import socket
import struct
import subprocess
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

PRELOAD = ("newscrawl.extraction.reading", "newscrawl.discovery.reading", "newscrawl.extraction")
"""What the parent imports before it forks: workers start warm and share this memory."""

PROGRAM = """
import ctypes, json, signal, socket, sys
for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
    signal.signal(number, signal.SIG_IGN)
if sys.platform == "linux":
    ctypes.CDLL(None).prctl(1, signal.SIGKILL, 0, 0, 0)
try:
    orders = json.load(sys.stdin)
except ValueError:
    sys.exit()
control = socket.socket(fileno=orders["socket"])
try:
    if not control.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT):
        sys.exit()
except BlockingIOError:
    pass
sys.path[:] = orders["path"]
from newscrawl.workers.forkserver import forever
forever(control, orders)
"""
"""The workers' parent, up to its imports. They take a second, ten on a busy machine, and the crawl may be killed
meanwhile. So the parent first asks Linux to be killed with the main process (1 is PR_SET_PDEATHSIG), and then checks
that it is still there: the orders are complete and the socket is open. Ctrl-C reaches the whole terminal group, and
SIGTERM a whole service: the main process finishes its pages, then ends us."""

WALL_CLOCK_FACTOR = 2  # seconds on the clock for one of processor time; a worker that takes longer is stuck
GROWN_MIB = 56
"""A worker that grew by this much is replaced after its task: malloc gives little back after a huge page. Its caches
fill to 50 within 120 pages; at 48 each worker was replaced by then, and a new one takes a millisecond a page more."""
TRIM_TASKS = 20
"""After so many, a worker gives back what glibc's allocator keeps: a tenth of its memory, for a millisecond."""

COLLECT = (200_000, 20, 50)
"""When the collector of a worker looks: a page makes thousands of objects, and next to none in circles."""

IDLE_S = 0.02
"""Without an order for so long, the parent loads what not every page needs, once for all workers: one that is forked
before does it for itself, grows by twice as much, and is replaced the sooner."""


ORDER = struct.Struct("=qdq")
"""The limits of a worker, as its parent is told to fork it: the parent itself begins before they are known."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one worker may use."""

    memory_mib: int
    """Address space on top of what a fresh worker has; 0 for no limit."""

    timeout_s: float
    """Processor time of one task, so that a page is not given up because the machine is busy with others."""

    max_tasks: int
    """After so many tasks a worker is replaced."""


class ForkHost:
    """A process that has imported what workers need and forks one whenever asked.

    When this process dies, even by ``kill -9``, Linux kills that one and its workers (``PR_SET_PDEATHSIG``). Elsewhere
    it ends with the socket from which it reads its orders. Linux means the *thread* that made this object: it must live
    as long as the workers, as the main thread and the pool's threads do.
    """

    def __init__(self, preload: tuple[str, ...] = PRELOAD) -> None:
        ours, theirs = socket.socketpair()
        orders = {"path": sys.path, "preload": preload, "socket": theirs.fileno()}
        with theirs:
            self._process = begin_parent(theirs, orders)
        self._socket = ours

    def start(self, limits: Limits) -> tuple[int, Connection]:
        """Fork a worker; return its process id and the connection to it. Raises OSError where the parent has died."""
        ours, theirs = socket.socketpair()
        with ours, theirs:
            order = ORDER.pack(limits.memory_mib, limits.timeout_s, limits.max_tasks)
            socket.send_fds(self._socket, [order], [theirs.fileno()])
            pid = int.from_bytes(_exactly(self._socket, 8), "big")
            return pid, Connection(ours.detach())

    @property
    def pid(self) -> int:
        """The parent's process id."""
        return self._process.pid

    def close(self) -> None:
        """Kill the parent; its workers die with it."""
        self._socket.close()
        self._process.kill()
        self._process.wait()


def begin_parent(control: socket.socket, orders: dict[str, Any]) -> subprocess.Popen[str]:
    """Start the parent of workers in an interpreter of its own; it reads its orders from its stdin and *control*."""
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM], pass_fds=[control.fileno()], stdin=subprocess.PIPE, text=True
    )
    assert process.stdin is not None
    with contextlib.suppress(BrokenPipeError), process.stdin as stdin:  # ForkHost.start() says that it died
        json.dump(orders, stdin)
    return process


def forever(control: socket.socket, orders: dict[str, Any]) -> None:
    """Be the parent of the workers until the socket *control* ends."""
    os.set_inheritable(control.fileno(), False)
    me = os.getpid()
    late = _import(tuple(orders["preload"]))
    while True:
        if late and not select.select([control], [], [], IDLE_S)[0]:
            late.pop(0)()
            _freeze()
            continue
        order, fds, _, _ = socket.recv_fds(control, ORDER.size, 1)
        if not order:
            return
        with contextlib.suppress(ChildProcessError):  # those that were replaced; their time is counted as ours
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        pid = os.fork()
        if not pid:
            control.close()
            gc.enable()
            gc.set_threshold(*COLLECT)
            _die_with(me)
            with contextlib.suppress(BaseException):
                serve(Connection(fds[0]), Limits(*ORDER.unpack(order)))
            os._exit(0)
        os.close(fds[0])
        control.sendall(pid.to_bytes(8, "big"))


def serve(connection: Connection, limits: Limits) -> None:
    """Be a worker: take ``(task, args)``, answer ``(verdict, value)``, until a limit or the end of the connection."""
    _quiet()
    base = _resident_mib()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # glibc alone has it
    _limit_memory(limits.memory_mib)
    for done in range(1, limits.max_tasks + 1):
        try:
            task, args = connection.recv()
        except (EOFError, OSError):
            return
        _alarm(limits.timeout_s, (WALL_CLOCK_FACTOR + 1) * limits.timeout_s)
        verdict, value = _attempt(task, args)
        _alarm(0, 0)
        if trim is not None and done % TRIM_TASKS == 0:
            trim(0)
        last = verdict == "memory" or done == limits.max_tasks or _resident_mib() - base > GROWN_MIB
        connection.send((verdict, value, last))
        if last:
            return


def _attempt(task: Callable[..., Any], args: tuple[Any, ...]) -> tuple[str, Any]:
    try:
        return "ok", task(*args)
    except MemoryError:
        return "memory", ""
    except BaseException as error:
        frame = traceback.extract_tb(error.__traceback__)[-1]
        text = "".join(c if c.isprintable() else " " for c in str(error))[:200]
        return "error", f"{type(error).__name__}: {text} ({frame.name}:{frame.lineno})"


def _import(preload: tuple[str, ...]) -> list[Callable[[], None]]:
    """Import *preload*; return what loads the things that few pages need (each module's ``warm``, if it has one)."""
    modules = [importlib.import_module(name) for name in preload]
    _freeze()
    return [module.warm for module in modules if hasattr(module, "warm")]


def _freeze() -> None:
    """Keep the collector off what is loaded: it would touch, and so copy, every page that the workers share."""
    gc.collect()
    gc.freeze()


def _die_with(parent: int) -> None:
    """Ask Linux to kill this process when its parent dies; elsewhere the connection's end and the alarm do it."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(1, signal.SIGKILL, 0, 0, 0)  # PR_SET_PDEATHSIG
    if os.getppid() != parent:  # it died before it could be asked for
        os._exit(0)


def _alarm(cpu_s: float, wall_s: float) -> None:
    """Let the kernel end this process after so much time, even inside C code and with no parent left; 0: never."""
    signal.setitimer(signal.ITIMER_PROF, cpu_s)
    signal.setitimer(signal.ITIMER_REAL, wall_s)


def _quiet() -> None:
    """Point stdout and stderr at nothing: what libraries print would break a table, a pipe or the progress."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    os.dup2(null, 2)
    os.close(null)


def _limit_memory(memory_mib: int) -> None:
    if memory_mib and sys.platform == "linux":  # macOS takes the limit and ignores it
        import resource

        limit = (_statm()[0] << 20) + (memory_mib << 20)
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _resident_mib() -> int:
    return _statm()[1] if sys.platform == "linux" else 0


def _statm() -> tuple[int, int]:
    """Return this process's address space and resident memory in MiB."""
    page = os.sysconf("SC_PAGE_SIZE")
    total, resident = Path("/proc/self/statm").read_text("ascii").split()[:2]
    return int(total) * page >> 20, int(resident) * page >> 20


def _exactly(stream: socket.socket, count: int) -> bytes:
    data = b""
    while len(data) < count:
        part = stream.recv(count - len(data))
        if not part:
            raise ConnectionError("the parent of the workers has died")
        data += part
    return data
