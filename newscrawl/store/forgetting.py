"""Articles that are taken down: noted in the store, for all runs, and taken out of each folder's files.

Many machines may share a store, and each sees its own folder alone. So the store has the list (``forgotten``), and each
folder a journal of what of it was taken out of its files; what is missing there is done when a run begins in it. The
list is asked in the transaction that writes an article, and once more when a file gets its number: no later line is
an article of the list. A store that is made anew takes the list from the journal.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, select

from newscrawl.errors import OutputError
from newscrawl.items import Article, format_time
from newscrawl.outcomes import Reason, Rejection
from newscrawl.store.backend.database import Database
from newscrawl.store.backend.dialects import among, insert
from newscrawl.store.backend.schema import files, forgotten, known
from newscrawl.store.backend.statements import Among
from newscrawl.store.entries import Completion
from newscrawl.store.index.articles import as_number
from newscrawl.store.output.copies import take_down_copies
from newscrawl.store.output.forgotten import note_forgotten, read_forgotten
from newscrawl.store.output.runlock import RunLock
from newscrawl.store.output.takedown import Report, Taken, forget_index, take_down
from newscrawl.urls import article_id

LISTED = Among(select(forgotten.c.id), forgotten.c.id)


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was taken down."""

    ids: tuple[str, ...] = ()
    """All that were asked for, and those of which it was begun."""

    unknown: tuple[str, ...] = ()
    """Those of them of which nothing was there, in no file, no copy and no index, and that were on no list."""

    files: Taken = field(default_factory=Taken)
    copies: Taken = field(default_factory=Taken)
    """In object storage, of files of other folders."""


def forget(database: Database, folder: Path, ids: Iterable[str], report: Report) -> Forgotten:
    """Take down the articles *ids*, and those of which it was begun.

    OutputError: another takedown is at work in *folder*.
    """
    lock = RunLock.of_dead(folder / "forgotten.lock")
    if lock is None:
        raise OutputError(f"another scrapy forget is at work in {folder}: wait for it")
    try:
        begun = (key for key, done in read_forgotten(folder).items() if not done)
        wanted = sorted({*ids, *begun})
        if not wanted:
            return Forgotten()
        note_forgotten(folder, wanted, now(), done=False)
        with database.write() as connection:
            known = known_of(connection, wanted)
            note(connection, wanted)
            forget_index(connection, wanted)
        copies = take_down_copies(database, folder, {*wanted})
        taken = take_down(database, folder, {*wanted}, report)
        note_forgotten(folder, wanted, now(), done=True)
        unknown = (key for key in wanted if key not in known | taken.ids | copies.ids)
        return Forgotten(tuple(wanted), tuple(unknown), taken, copies)
    finally:
        lock.release()


def catch_up(database: Database, folder: Path) -> int:
    """Take out of the files of *folder* what was taken down elsewhere; return how many lines went.

    A report in which such an article stood is removed; ``scrapy report`` makes it anew.
    """
    journal = read_forgotten(folder)
    with database.read() as connection:
        listed = {*connection.scalars(select(forgotten.c.id))}
    if unknown := journal.keys() - listed:
        with database.write() as connection:
            note(connection, unknown)
    waiting = sorted(key for key in listed | unknown if not journal.get(key))
    lock = RunLock.of_dead(folder / "forgotten.lock") if waiting else None
    if lock is None:  # nothing to do, or another is at it
        return 0
    try:
        take_down_copies(database, folder, {key for key in waiting if key in journal})  # those that were begun here
        lines = take_down(database, folder, {*waiting}, lambda _folder, manifest: manifest).lines
        note_forgotten(folder, waiting, now(), done=True)
    finally:
        lock.release()
    return lines


def known_of(connection: Connection, ids: Collection[str]) -> set[str]:
    """Return those of *ids* that the index knows, or that were taken down before."""
    numbers = {as_number(key): key for key in ids}
    found = connection.scalars(select(known.c.id).where(among(connection, known.c.id, [*numbers])))
    listed = connection.scalars(select(forgotten.c.id).where(among(connection, forgotten.c.id, [*ids])))
    return {numbers[number] for number in found} | {*listed}


def note(connection: Connection, ids: Collection[str]) -> None:
    """Put *ids* on the list."""
    if not ids:
        return
    at = int(datetime.now(UTC).timestamp())
    connection.execute(
        insert(connection, forgotten).on_conflict_do_nothing(), [{"id": key, "at": at} for key in sorted(ids)]
    )


def without_forgotten(connection: Connection, batch: Sequence[Completion]) -> Sequence[Completion]:
    """Return *batch* with the articles that were taken down, by their canonical URL or their own, as rejections."""
    ids = {
        id(completion): {completion.result.id, article_id(completion.result.url)}
        for completion in batch
        if isinstance(completion.result, Article)
    }
    wanted = {key for keys in ids.values() for key in keys}
    listed = {*connection.scalars(*LISTED(connection, wanted))}
    if not listed:
        return batch
    return [rejected(completion) if listed & ids.get(id(completion), set()) else completion for completion in batch]


def rejected(completion: Completion) -> Completion:
    """Return *completion* as the rejection of an article that was taken down."""
    why = "it was taken down by scrapy forget"
    return replace(completion, result=Rejection(completion.result.url, Reason.FORGOTTEN, why), observation=None)


def other_folders(database: Database, folder: Path) -> list[str]:
    """Return the other folders that published files: they follow when a run begins in them."""
    own = database.folder_name(folder)
    with database.read() as connection:
        names = connection.scalars(select(files.c.folder).where(files.c.folder != own).distinct())
        return sorted(names)


def now() -> str:
    """Return the time as the journal writes it."""
    return format_time(datetime.now(UTC))
