"""Notices a database that stands still: it keeps the connection and does not answer, so that nobody is told.

A question may take long, as that for a new index of millions of rows does. So a second connection asks what has become
of it. Where that is not answered either, the database stands still: it is waited for as one that went away is. Where
the server has answered long ago, something between has swallowed the answer, and the connection is cut at once.
"""

from __future__ import annotations

import logging
import os
import select
import socket
import threading
import time
import weakref
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from newscrawl.store.backend.postgres import Postgres

logger = logging.getLogger(__name__)

TICK_S = 2.0
AFTER_S = 20.0  # that a question has had no answer: the second connection asks
ANSWER_S = 5.0  # within which it is answered: a server that is only busy does
ACTIVE = 1  # libpq's PQTRANS_ACTIVE: a question is under way
STATE = b"SELECT state || ' ' || state_change FROM pg_stat_activity WHERE pid = $1"


class Standstill:
    """Looks after the connection of one store, on a thread of its own, as long as that is used."""

    def __init__(self, backend: Postgres, gone_s: Callable[[], float]) -> None:
        self.backend = weakref.ref(backend)
        self.gone_s = gone_s
        self.silent_at = -float("inf")
        """When the database was last known to give no answer, by the monotonic clock."""

        self.ended = threading.Event()
        threading.Thread(target=self.look_after, name="newscrawl-standstill", daemon=True).start()

    def close(self) -> None:
        """Stop looking."""
        self.ended.set()

    @property
    def answering_s(self) -> float:
        """For how long the database has answered; infinite where it never stopped to."""
        return time.monotonic() - self.silent_at

    def look_after(self) -> None:
        """Look at the connection now and then; the thread's whole life."""
        waiting: tuple[int, float] | None = None
        silent_since: float | None = None
        before = ""
        while not self.ended.wait(TICK_S) and (backend := self.backend()) is not None:
            driver, now = backend.driver, time.monotonic()
            if driver is None or driver.closed or driver.pgconn.transaction_status != ACTIVE:
                waiting, silent_since, before = None, None, ""
                continue
            if waiting is None or waiting[0] != id(driver):
                waiting = id(driver), now
            if now - waiting[1] < AFTER_S:
                continue
            state = state_of(backend)
            if state is None:
                self.silent_at = time.monotonic()
                silent_since = silent_since or waiting[1]
                if self.silent_at - silent_since > self.gone_s():
                    cut(driver, f"it has not answered for {self.gone_s():.0f} s")
                continue
            silent_since = None
            if state == before and not state.startswith("active"):
                cut(driver, "its answer has not come")
            before = state


def state_of(backend: Postgres) -> str | None:
    """Return what the server says of the connection of *backend*, empty where it knows none; None without an answer."""
    import psycopg

    arguments, options = backend.engine.dialect.create_connect_args(backend.engine.url)
    try:
        connection = psycopg.connect(*arguments, **{**options, "connect_timeout": max(2, int(ANSWER_S))})
    except psycopg.Error:
        return None
    with suppress(psycopg.Error), connection:
        asked = connection.pgconn
        asked.send_query_params(STATE, [str(backend.pid).encode()])
        end = time.monotonic() + ANSWER_S
        while asked.is_busy():
            if not select.select([asked.socket], [], [], max(0.0, end - time.monotonic()))[0]:
                cut(connection, "")
                return None
            asked.consume_input()
        rows = asked.get_result()
        value = rows.get_value(0, 0) if rows is not None and rows.ntuples else None
        while asked.get_result() is not None:
            pass
        return value.decode() if value else ""
    return None


def cut(driver: Any, why: str) -> None:
    """End a connection under whoever waits for it."""
    if why:
        logger.warning("the connection to the store is cut: %s", why)
    with suppress(OSError), socket.socket(fileno=os.dup(driver.fileno())) as wire:
        wire.shutdown(socket.SHUT_RDWR)
