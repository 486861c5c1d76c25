"""Completes the runs whose process is gone: their files are published under their own id.

Between the recorded size and the end of a dead run's file stand lines that were on disk before the store knew of them.
They go through the transaction again: a story that no other run wrote meanwhile is kept, the rest is cut and stays
pending.
"""

from __future__ import annotations

import json
import logging
import os
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select

from newscrawl.errors import OutputError
from newscrawl.items import Article, from_record
from newscrawl.outcomes import Outcome
from newscrawl.store.backend.database import Database
from newscrawl.store.backend.faults import ConnectionLost
from newscrawl.store.backend.schema import runs
from newscrawl.store.counters import DISCOVERED, Counters, add_counters
from newscrawl.store.entries import Completion
from newscrawl.store.frontier import rows as frontier
from newscrawl.store.index.stories import StoryIndex
from newscrawl.store.keys import article_hashes
from newscrawl.store.output.lease import folder_of, lease_of, void_lease
from newscrawl.store.output.liveness import lock_of_dead
from newscrawl.store.output.manifest import finish
from newscrawl.store.output.rebuild import NO_RECORD
from newscrawl.store.output.run_output import RECOVERED, RUNNING, RunOutput, open_output, runs_path
from newscrawl.store.output.runfile import RunFile
from newscrawl.store.output.runlock import RunLock
from newscrawl.store.output.stored import StoredFile
from newscrawl.store.steps import Step, no_step
from newscrawl.store.transaction import commit
from newscrawl.urls import url_key

logger = logging.getLogger(__name__)

BATCH = 500


def recover(database: Database, folder: Path, stories: StoryIndex, now: int, *, step: Step = no_step) -> list[str]:
    """Complete every dead run; return their ids."""
    with database.read() as connection:
        unfinished = list(connection.scalars(select(runs.c.id).where(runs.c.status == RUNNING).order_by(runs.c.id)))
    return [run_id for run_id in unfinished if recover_run(database, folder, stories, run_id, now, step=step)]


def recover_run(
    database: Database, folder: Path, stories: StoryIndex, run_id: str, now: int, *, step: Step = no_step
) -> bool:
    """Complete one run if it is dead; tell whether it was. Where its files cannot be had, only let go of its URLs."""
    lock, dead = lock_of_dead(database, folder, run_id)
    if not dead:
        return False
    try:
        lease = lease_of(database, run_id)
        own = folder_of(database, lease, folder)
        if lock is None:
            logger.log(
                logging.WARNING if lease and lease.expires_at else logging.DEBUG,
                "run %s has died, and its folder %s cannot be reached; its URLs are free",
                run_id,
                own,
            )
            let_go(database, run_id)
            return True
        if database.is_shared and lease and lease.expires_at:
            with database.write() as connection:
                void_lease(connection, run_id)  # if it lives after all, it writes nothing any more
        try:
            complete_run(database, own, stories, run_id, now, step)
        except ConnectionLost:
            raise
        except OutputError as error:
            if own.resolve() == folder.resolve():
                raise
            if database.is_shared:  # its lines are here, too
                logger.warning("run %s has died and cannot be completed in %s: %s", run_id, own, error)
                complete_run(database, folder, stories, run_id, now, step)
                return True
            logger.warning("run %s has died and cannot be completed; its URLs are free: %s", run_id, error)
            let_go(database, run_id)
        return True
    finally:
        if lock is not None:
            lock.release()


def complete_run(database: Database, folder: Path, stories: StoryIndex, run_id: str, now: int, step: Step) -> None:
    """Complete a dead run, whose lock is taken; nothing where another run was quicker."""
    with database.read() as connection:
        row = connection.execute(select(runs).where(runs.c.id == run_id, runs.c.status == RUNNING)).one_or_none()
        output = open_output(connection, database, folder, row) if row is not None else None
    if output is None:
        let_go(database, run_id)
        return
    if short := next((file for file in (output.articles, output.rejected) if file.short()), None):
        raise OutputError(
            f"{short.path} has lost lines that the store knows ({short.size} bytes recorded): move the store "
            f"{database.name} away; the next run rebuilds it from the articles"
        )
    adopt_tail(database, stories, output, now, step)
    adopt_orphan(database, stories, output, now)
    why = "its process ended without closing it"
    finish(database, folder, output, now, RECOVERED, why=why, recovering=True, step=step)
    logger.info("run %s had ended without closing its files; they are complete now", run_id)


def let_go(database: Database, run_id: str) -> None:
    """Free the sources and URLs of a dead run. Its own folder's next run completes its files."""
    with database.write() as connection:
        frontier.release(connection, run_id)
        void_lease(connection, run_id)


def adopt_tail(database: Database, stories: StoryIndex, output: RunOutput, now: int, step: Step) -> None:
    """Keep the lines behind the recorded size whose URL still waits for its outcome."""
    articles = list(articles_in(output.articles.tail()))
    for start in range(0, len(articles), BATCH):
        part = articles[start : start + BATCH]
        hashes = {key for article in part for key in article_hashes(article)}
        with database.read() as connection:
            rows = frontier.rows_of(connection, hashes)
        batch = []
        for article in part:
            waiting = (rows[key] for key in article_hashes(article) if key in rows)
            if row := next((row for row in waiting if row.taken_by == output.run_id), None):
                batch.append(Completion(row.key, article))
        if batch:
            commit(database, stories, output, batch, now, adopting=True, step=step)


def adopt_orphan(database: Database, stories: StoryIndex, output: RunOutput, now: int) -> None:
    """Keep the lines of a file that was written under a store which is gone."""
    orphan = orphan_of(output.articles)
    if not orphan.exists():
        return
    batch: list[Completion] = []
    with orphan.open("rb") as lines:
        for article in articles_in(line for line in lines if line.endswith(b"\n")):
            batch.append(Completion(url_key(article.url), article))
            if len(batch) == BATCH:
                commit(database, stories, output, batch, now, adopting=True)
                batch = []
    if batch:
        commit(database, stories, output, batch, now, adopting=True)
    orphan.unlink()


def register_orphans(database: Database, folder: Path) -> None:
    """Make dead runs that the store does not know (it was deleted) into runs that it can recover."""
    with database.read() as connection:
        known = set(connection.scalars(select(runs.c.id)))
    unfinished = (".jsonl.part", ".jsonl.orphan")
    named = {path.name for path in folder.glob("articles/dt=*/*.jsonl.*") if path.name.endswith(unfinished)}
    with os.scandir(folder / "runs") as entries:
        named |= {entry.name for entry in entries if entry.name.endswith((".rejected.jsonl.part", ".lock"))}
    for run_id in sorted({name.split(".")[0] for name in named} - known):
        lock = RunLock.of_dead(runs_path(folder, run_id, ".lock"))
        if lock is None:
            continue
        try:
            if any(name.startswith(f"{run_id}.") and not name.endswith(".lock") for name in named):
                register(database, folder, run_id)
        finally:
            lock.release()  # a lock alone was left by a process that died before it began


def register(database: Database, folder: Path, run_id: str) -> None:
    """Give a run whose files are here but whose row is missing a row, so that it can be recovered."""
    part = next(folder.glob(f"articles/dt=*/{run_id}.jsonl.[po]*"), None)
    day = part.parent.name.removeprefix("dt=") if part else f"{run_id[:4]}-{run_id[4:6]}-{run_id[6:8]}"
    began = int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp())
    values = {"id": run_id, "day": day, "status": RUNNING, "started_at": began}
    with database.write() as connection:
        connection.execute(runs.insert().values(values))
        row = connection.execute(select(runs).where(runs.c.id == run_id)).one()
        output = open_output(connection, database, folder, row)
        rejected = RunFile(output.rejected.path)
        rejections = [line + b"\n" for line in rejected.tail()]
        counters = count_rejected(rejected)
        add_counters(connection, run_id, counters)
        if database.is_shared:
            output.rejected.add(connection, rejections[: rejected.lines])
        output.record_sizes(connection, (0, rejected.size), (0, rejected.lines))
        if output.articles.part.exists():  # aside: its lines are read while the file is written anew
            output.articles.part.rename(orphan_of(output.articles))


def count_rejected(file: RunFile) -> Counters:
    """Record the lines of a rejected log, up to the first that is none; return their counters."""
    counters: Counters = Counter()
    for line in file.tail():
        try:
            record = json.loads(line)
            source, outcome, reason = record["source"], Outcome(record["outcome"]), record["reason"] or ""
        except (ValueError, KeyError, TypeError):
            break
        counters[source, DISCOVERED, ""] += 1
        counters[source, str(outcome), reason] += 1
        file.size += len(line) + 1
        file.lines += 1
    return counters


def orphan_of(file: RunFile | StoredFile) -> Path:
    """Return where the lines of a run without a row wait until they are written anew."""
    return file.path.with_name(file.path.name + ".orphan")


def articles_in(lines: Iterator[bytes] | list[bytes]) -> Iterator[Article]:
    """Yield the articles of *lines*; what is no record, as a block that the disk lost, is passed over."""
    for line in lines:
        try:
            yield from_record(json.loads(line))
        except NO_RECORD:
            logger.warning("a line of %d bytes behind the recorded size is no record; it is cut", len(line))
