"""The transaction: decides and writes a batch of results, so that a kill at any instant loses and repeats nothing.

begin (the lock between runs) · decide what is known · append the lines · sync the files · record ids, URLs, figures
and the sizes of the files · commit. The lines are on disk before the store promises them. What lies behind the
promised size after a crash is adopted by :mod:`newscrawl.store.output.recovery`, or overwritten by the next append.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row

from newscrawl.extraction import Observation, memory_key
from newscrawl.items import Article, as_record, format_time
from newscrawl.outcomes import OUTCOME_OF, Outcome, Reason, Rejection
from newscrawl.store.backend.database import Database
from newscrawl.store.backend.faults import faults
from newscrawl.store.frontier import rows as frontier
from newscrawl.store.index.stories import Decision, StoryIndex
from newscrawl.store.keys import article_hashes, key_hash
from newscrawl.store.ledger import DISCOVERED, Tally, add_tally
from newscrawl.store.memory import add_observations, write_notes
from newscrawl.store.messages import Answer
from newscrawl.store.output.books import Books

Step = Callable[[str], None]
"""Told the name of each step that is done; the kill tests end the process there."""

GOOD = (Outcome.WRITTEN, Outcome.REVISED)


def no_step(_name: str) -> None:
    """Pass on."""


@dataclass(slots=True)
class Completion:
    """A fetched page that waits for its answer."""

    key: str
    result: Article | Rejection
    observation: Observation | None = None
    source: str = ""
    """Who counts it, if the frontier does not know its key."""


@dataclass(slots=True)
class Entry:
    """A completion on its way through the transaction."""

    completion: Completion
    hash: int
    row: Row[Any] | None
    answer: Answer | None = None

    @property
    def source(self) -> str:
        result = self.completion.result
        named = self.completion.source or (result.source if isinstance(result, Article) else "")
        return self.row.source if self.row is not None else named


def commit(
    database: Database,
    stories: StoryIndex,
    books: Books,
    batch: Sequence[Completion],
    now: int,
    *,
    notes: dict[str, tuple[bytes, int]] | None = None,
    adopting: bool = False,
    step: Step = no_step,
) -> list[Answer]:
    """Make *batch* durable and say what became of each page, in its order.

    *adopting*: the batch is what a dead run left behind its promised size; what is not to be written is passed over.
    """
    tally: Tally = Counter()
    with database.write() as connection:
        step("begun")
        entries = enter(connection, books.run_id, batch)
        placed = decide(connection, stories, books, entries)
        if adopting:
            entries = placed
        settle(entries)
        step("decided")
        lines = [line_of(entry) for entry in placed]
        refusals = [refusal_of(entry, books.run_id, now) for entry in entries if entry.answer and logged(entry.answer)]
        sizes = append(books, lines, refusals)
        step("appended")
        books.articles.sync()
        books.rejected.sync()
        step("synced")
        record(connection, entries, tally, now)
        add_tally(connection, books.run_id, tally)
        write_notes(connection, notes or {})
        counts = (books.articles.lines + len(lines), books.rejected.lines + len(refusals))
        books.promise(connection, sizes, counts)
        step("recorded")
    step("committed")
    books.articles.size, books.rejected.size = sizes
    books.articles.lines, books.rejected.lines = counts
    books.tally.update(tally)
    return [entry.answer for entry in entries if entry.answer]


def enter(connection: Connection, run_id: str, batch: Sequence[Completion]) -> list[Entry]:
    """Find the frontier's row of each completion; a row of another run is left to that one."""
    hashes = [key_hash(completion.key) for completion in batch]
    rows = frontier.rows_of(connection, hashes)
    entries = []
    for completion, key in zip(batch, hashes, strict=True):
        row = rows.pop(key, None)
        entries.append(Entry(completion, key, row if row is not None and row.taken_by == run_id else None))
    return entries


def decide(connection: Connection, stories: StoryIndex, books: Books, entries: Sequence[Entry]) -> list[Entry]:
    """Ask the index which articles are new; return those whose line is to be written, in their order."""
    waiting = [entry for entry in entries if isinstance(entry.completion.result, Article)]
    written = books.written
    while part := within_limits(waiting, books, written):
        chosen = set(map(id, part))
        waiting = [entry for entry in waiting if id(entry) not in chosen]
        articles = [entry.completion.result for entry in part if isinstance(entry.completion.result, Article)]
        for entry, article, decision in zip(part, articles, stories.decide(connection, articles), strict=True):
            entry.answer = answer_of(decision)
            mark(article, decision, books.run_id)
            written[entry.source] += decision.outcome in GOOD
    for entry in waiting:
        entry.answer = Answer(Outcome.PENDING)
    kept = (*GOOD, Outcome.DUPLICATE) if books.duplicates == "keep" else GOOD
    articles_only = (entry for entry in entries if isinstance(entry.completion.result, Article))
    return [entry for entry in articles_only if entry.answer and entry.answer.outcome in kept]


def within_limits(waiting: Sequence[Entry], books: Books, written: Counter[str]) -> list[Entry]:
    """Return those that may all be written after what is."""
    planned = written.copy()
    part = []
    for entry in waiting:
        if books.has_room(entry.source, planned):
            planned[entry.source] += 1
            part.append(entry)
    return part


def answer_of(decision: Decision) -> Answer:
    return Answer(
        decision.outcome,
        decision.id,
        decision.story_id,
        decision.version,
        decision.duplicate_of,
        decision.kind,
        decision.similarity,
    )


def mark(article: Article, decision: Decision, run_id: str) -> None:
    """Write on *article* what the index decided."""
    article.id, article.story_id, article.version = decision.id, decision.story_id, decision.version
    article.duplicate_of, article.duplicate_kind = decision.duplicate_of, decision.kind
    article.similarity = decision.similarity
    article.run_id = run_id


def settle(entries: Sequence[Entry]) -> None:
    """Say what became of the pages that gave no article."""
    for entry in entries:
        result = entry.completion.result
        if isinstance(result, Rejection):
            outcome, reason, detail = OUTCOME_OF[result.reason], result.reason, result.detail
            if outcome is Outcome.FAILED and attempts_of(entry) >= frontier.ATTEMPTS:
                outcome, reason = Outcome.REJECTED, Reason.GAVE_UP
                detail = f"{result.reason} {result.detail}".strip()
            entry.answer = Answer(outcome, reason=reason, detail=detail)


def attempts_of(entry: Entry) -> int:
    """Return how often the page failed, this time included."""
    return 1 + (entry.row.attempts if entry.row is not None else 0)


def logged(answer: Answer) -> bool:
    """Tell whether a page stands in the rejected log: it ended, and not as a line of its own."""
    return answer.outcome not in (*GOOD, Outcome.PENDING)


def line_of(entry: Entry) -> bytes:
    assert isinstance(entry.completion.result, Article)
    return as_line(as_record(entry.completion.result))


def refusal_of(entry: Entry, run_id: str, now: int) -> bytes:
    """Return the line of the rejected log."""
    result, answer, row = entry.completion.result, entry.answer, entry.row
    assert answer is not None
    title = result.title if isinstance(result, Article) else row.title if row is not None else None
    return as_line(
        {
            "url": result.url,
            "outcome": str(answer.outcome),
            "reason": None if answer.reason is None else str(answer.reason),
            "detail": answer.detail or None,
            "title": title or None,
            "id": answer.id,
            "duplicate_of": answer.duplicate_of,
            "duplicate_kind": answer.kind,
            "similarity": answer.similarity,
            "source": entry.source,
            "discovered_via": row.via if row is not None else None,
            "attempts": attempts_of(entry) if answer.outcome is Outcome.FAILED else None,
            "rejected_at": format_time(frontier.moment(now)),  # type: ignore[arg-type]
            "run_id": run_id,
        }
    )


def as_line(record: dict[str, Any]) -> bytes:
    # "replace": a lone surrogate in a title must not stop a run
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace") + b"\n"


def append(books: Books, lines: Sequence[bytes], refusals: Sequence[bytes]) -> tuple[int, int]:
    """Append to both files; return their new sizes."""
    with faults(books.articles.part):
        articles = books.articles.append(b"".join(lines)) if lines else books.articles.size
    with faults(books.rejected.part):
        return articles, books.rejected.append(b"".join(refusals)) if refusals else books.rejected.size


def record(connection: Connection, entries: Sequence[Entry], tally: Tally, now: int) -> None:
    """Close the URLs, remember what the pages taught, count the outcomes."""
    closed: list[int] = []
    done: dict[int, Outcome] = {}
    lessons: dict[str, list[bytes]] = {}
    for entry in entries:
        answer, completion = entry.answer, entry.completion
        assert answer is not None
        if answer.outcome is Outcome.PENDING:
            continue
        if entry.row is None:
            tally[entry.source, DISCOVERED, ""] += 1  # met and ended in one
        tally[entry.source, str(answer.outcome), str(answer.reason or "")] += 1
        if completion.observation is not None:
            lessons.setdefault(memory_key(completion.result.url), []).append(completion.observation.to_bytes())
        if answer.outcome is Outcome.FAILED and answer.reason and entry.row is not None:
            frontier.mark_failed(connection, entry.hash, answer.reason, attempts_of(entry), now)
            continue
        if isinstance(completion.result, Rejection) and completion.result.published_at and entry.row is not None:
            frontier.mark_old(connection, entry.hash, completion.result.published_at)
            continue
        if answer.outcome is Outcome.SKIPPED and answer.reason:
            frontier.mark_skipped(connection, entry.source, [entry.hash], answer.reason, final=True)
        if entry.row is not None:
            closed.append(entry.hash)
        if isinstance(completion.result, Article):
            done.update(dict.fromkeys(article_hashes(completion.result), answer.outcome))
        done[entry.hash] = answer.outcome
    frontier.close_rows(connection, closed)
    frontier.mark_seen(connection, done, now)
    add_observations(connection, lessons)
