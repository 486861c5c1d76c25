"""The transaction: decides and writes a batch of results, so that a kill at any instant loses and repeats nothing.

begin (the lock between runs) · decide what is known · append the lines · sync the files · record ids, URLs, figures
and the sizes of the files · commit. The lines are on disk before the store records their size. What lies behind the
recorded size after a crash is adopted by :mod:`newscrawl.store.recovery`, or overwritten by the next append.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from newscrawl.extraction import memory_key
from newscrawl.items import Article, as_record, format_time
from newscrawl.outcomes import OUTCOME_OF, Outcome, Reason, Rejection, Unmodified
from newscrawl.similarity.prose import lines_of
from newscrawl.store.backend.database import Database
from newscrawl.store.backend.faults import faults
from newscrawl.store.counters import DISCOVERED, Counters, add_counters
from newscrawl.store.entries import Completion, Entry, attempts_of, entries_of, is_removed
from newscrawl.store.forgetting import without_forgotten
from newscrawl.store.frontier import rows as frontier
from newscrawl.store.frontier.visits import Revisits
from newscrawl.store.index.incoming import IncomingArticle, prepare
from newscrawl.store.index.stories import Decision, StoryIndex
from newscrawl.store.keys import article_hashes, entry_hash
from newscrawl.store.looks import record_looks
from newscrawl.store.messages import WriteResult
from newscrawl.store.notes import write_notes
from newscrawl.store.output.lease import renewing
from newscrawl.store.output.run_output import RunOutput
from newscrawl.store.site_memory import add_observations
from newscrawl.store.steps import Step, no_step

WRITTEN = (Outcome.WRITTEN, Outcome.REVISED)

EXCERPT = 400  # characters of a duplicate in the rejected log: what a person compares it by


def commit(
    database: Database,
    stories: StoryIndex,
    output: RunOutput,
    batch: Sequence[Completion],
    now: int,
    revisits: Revisits | None = None,
    *,
    notes: dict[str, tuple[bytes, int]] | None = None,
    adopting: bool = False,
    step: Step = no_step,
) -> list[WriteResult]:
    """Make *batch* durable and say what became of each page, in its order.

    *adopting*: the batch is what a dead run left behind its recorded size; what is not to be written is passed over.
    """
    counters: Counters = Counter()
    prepared: dict[int, IncomingArticle] = {}
    prose: dict[int, bytes] = {}
    for completion in batch:
        if isinstance(article := completion.result, Article):
            text = completion.compared()
            prepared[id(article)] = prepare(article, text)
            prose[id(article)] = text.lines if text else lines_of(article.body)
    with database.write() if adopting else renewing(database, output.run_id) as connection:
        step("begun")
        entries = entries_of(connection, output.run_id, without_forgotten(connection, batch))
        written_entries = decide(connection, stories, output, entries, prepared)
        if adopting:
            entries = written_entries
        resolve_rejections(entries)
        step("decided")
        lines = [article_line(entry) for entry in written_entries]
        rejections = [
            rejection_line(entry, output.run_id, now) for entry in entries if entry.written and is_logged(entry)
        ]
        sizes = append(connection, output, lines, rejections)
        step("appended")
        output.articles.sync()
        output.rejected.sync()
        step("synced")
        record(connection, entries, counters, now)
        record_looks(connection, entries, prose, revisits or Revisits(), now)
        add_counters(connection, output.run_id, counters)
        write_notes(connection, notes or {})
        counts = (output.articles.lines + len(lines), output.rejected.lines + len(rejections))
        output.record_sizes(connection, sizes, counts)
        step("recorded")
    step("committed")
    output.articles.size, output.rejected.size = sizes
    output.articles.lines, output.rejected.lines = counts
    output.counters.update(counters)
    return [entry.written for entry in entries if entry.written]


def decide(
    connection: Connection,
    stories: StoryIndex,
    output: RunOutput,
    entries: Sequence[Entry],
    prepared: Mapping[int, IncomingArticle],
) -> list[Entry]:
    """Ask the index which articles are new; return those whose line is to be written, in their order."""
    waiting = [entry for entry in entries if isinstance(entry.completion.result, Article)]
    written = output.written
    while part := within_limits(waiting, output, written):
        chosen = set(map(id, part))
        waiting = [entry for entry in waiting if id(entry) not in chosen]
        articles = [entry.completion.result for entry in part if isinstance(entry.completion.result, Article)]
        for entry, article, decision in zip(
            part, articles, stories.decide(connection, articles, prepared), strict=True
        ):
            entry.written = result_of(decision)
            mark(article, decision, output.run_id)
            written[entry.source] += decision.outcome in WRITTEN
    for entry in waiting:
        entry.written = WriteResult(Outcome.PENDING)
    kept = (*WRITTEN, Outcome.DUPLICATE) if output.duplicates == "keep" else WRITTEN
    articles_only = (entry for entry in entries if isinstance(entry.completion.result, Article))
    return [entry for entry in articles_only if entry.written and entry.written.outcome in kept]


def within_limits(waiting: Sequence[Entry], output: RunOutput, written: Counter[str]) -> list[Entry]:
    """Return those that may all be written after what is."""
    planned = written.copy()
    part = []
    for entry in waiting:
        if output.has_free_slot(entry.source, planned):
            planned[entry.source] += 1
            part.append(entry)
    return part


def result_of(decision: Decision) -> WriteResult:
    """Return what the caller learns of a decision."""
    return WriteResult(
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
    article.changed = list(decision.changed)
    article.duplicate_of, article.duplicate_kind = decision.duplicate_of, decision.kind
    article.similarity = decision.similarity
    article.run_id = run_id


def resolve_rejections(entries: Sequence[Entry]) -> None:
    """Say what became of the pages that gave no article."""
    for entry in entries:
        result = entry.completion.result
        if isinstance(result, Unmodified):
            entry.written = WriteResult(Outcome.UNCHANGED)
        elif isinstance(result, Rejection):
            outcome, reason, detail = OUTCOME_OF[result.reason], result.reason, result.detail
            if entry.before is not None:  # a known article stays known, and its next look is its next try
                outcome = Outcome.REJECTED if is_removed(entry) else outcome
            elif outcome is Outcome.FAILED and attempts_of(entry) >= frontier.ATTEMPTS:
                outcome, reason = Outcome.REJECTED, Reason.GAVE_UP
                detail = f"{result.reason} {result.detail}".strip()
            entry.written = WriteResult(outcome, reason=reason, detail=detail)


def is_logged(entry: Entry) -> bool:
    """Tell whether a page stands in the rejected log: it ended, and not as a line of its own.

    That an article is what it was at the last look is no news.
    """
    assert entry.written is not None
    is_news = entry.written.outcome is not Outcome.UNCHANGED or entry.before is None
    return is_news and entry.written.outcome not in (*WRITTEN, Outcome.PENDING)


def article_line(entry: Entry) -> bytes:
    """Return the line of an entry whose result is an article."""
    assert isinstance(entry.completion.result, Article)
    return as_line(as_record(entry.completion.result))


def rejection_line(entry: Entry, run_id: str, now: int) -> bytes:
    """Return the line of the rejected log."""
    result, written, row = entry.completion.result, entry.written, entry.row
    assert written is not None
    excerpt = result.body[:EXCERPT] if isinstance(result, Article) and written.duplicate_of else None
    title = result.title if isinstance(result, Article) else row.title if row is not None else None
    return as_line(
        {
            "url": result.url,
            "outcome": str(written.outcome),
            "reason": None if written.reason is None else str(written.reason),
            "detail": written.detail or None,
            "title": title or None,
            "id": written.id,
            "duplicate_of": written.duplicate_of,
            "duplicate_kind": written.kind,
            "similarity": written.similarity,
            "excerpt": excerpt,
            "source": entry.source,
            "discovered_via": row.via if row is not None else None,
            "attempts": attempts_of(entry) if written.outcome is Outcome.FAILED else None,
            "rejected_at": format_time(frontier.moment(now)),  # type: ignore[arg-type]
            "run_id": run_id,
        }
    )


def as_line(record: dict[str, Any]) -> bytes:
    """Return *record* as one line of JSON in UTF-8, with its line feed."""
    # "replace": a lone surrogate in a title must not stop a run
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace") + b"\n"


def append(
    connection: Connection, output: RunOutput, lines: Sequence[bytes], rejections: Sequence[bytes]
) -> tuple[int, int]:
    """Append to both files; return their new sizes."""
    with faults(output.articles.part):
        articles = output.articles.add(connection, lines)
    with faults(output.rejected.part):
        return articles, output.rejected.add(connection, rejections)


def record(connection: Connection, entries: Sequence[Entry], counters: Counters, now: int) -> None:
    """Close the URLs, remember what the pages showed of their sites, count the outcomes."""
    closed: list[int] = []
    done: dict[int, Outcome] = {}
    observations: dict[str, list[bytes]] = {}
    for entry in entries:
        written, completion = entry.written, entry.completion
        assert written is not None
        if written.outcome is Outcome.PENDING:
            continue
        if entry.row is None:
            counters[entry.source, DISCOVERED, ""] += 1  # named by no document: discovered and ended at once
        counters[entry.source, str(written.outcome), str(written.reason or "")] += 1
        if completion.observation is not None:
            observations.setdefault(memory_key(completion.result.url), []).append(completion.observation.to_bytes())
        if entry.before is not None and not isinstance(completion.result, Article):
            closed.append(entry.hash)
            continue
        if written.outcome is Outcome.FAILED and written.reason and entry.row is not None:
            frontier.mark_failed(connection, entry.hash, written.reason, attempts_of(entry), now)
            continue
        if isinstance(completion.result, Rejection) and completion.result.published_at and entry.row is not None:
            frontier.mark_old(connection, entry.hash, completion.result.published_at)
            continue
        if written.outcome is Outcome.SKIPPED and written.reason:
            frontier.mark_skipped(connection, entry.source, [entry.hash], written.reason, final=True)
        if entry.row is not None:
            closed.append(entry.hash)
        if isinstance(completion.result, Article):
            done.update(dict.fromkeys(article_hashes(completion.result), written.outcome))
        done[entry.hash] = written.outcome
        if entry.row is not None and (hashed := entry_hash(entry.row.found_in, entry.row.guid, entry.row.title)):
            done[hashed] = written.outcome
    frontier.close_rows(connection, closed)
    frontier.mark_seen(connection, done, now)
    add_observations(connection, observations)
