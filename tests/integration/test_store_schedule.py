"""What the store keeps of documents, sources and hosts between runs, and the numbers of the published files."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import zstandard
from sqlalchemy import inspect

from newscrawl.errors import OutputError
from newscrawl.store import Cursor, DocumentState, HostState, PublishedFiles, Run, SourceState, Store
from newscrawl.store.backend.database import Database
from newscrawl.store.backend.migrations import migrate
from tests.integration.test_store_versions import opened
from tests.storing import candidates, crawl, leave, lose_store, manifests, policy, records, store_url, use

BOTH_ENGINES = True

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
FEED = DocumentState("http://a.example/?feed=rss2", "a", "feed", etag='W/"1"', last_modified="Thu", content_hash="ff")


def folder_numbers(folder):
    with PublishedFiles.open(store_url(), folder) as published:
        return [(file.sequence, file.path.name.partition(".")[0]) for file in published.after()]


def test_the_state_of_a_document_outlasts_the_run_and_is_replaced_by_its_next_poll(tmp_path):
    later = replace(FEED, etag=None, failures=2, last_poll=NOON, next_poll=NOON, interval_s=600, learned=b"\x00")

    async def record(store: Store):
        first = await store.document(FEED.url)
        await store.record_poll(FEED)
        second = await store.document(FEED.url)
        await store.record_poll(later, replace(FEED, url="http://b.example/", source="b"))
        return first, second

    async def read(store: Store):
        return await store.document(FEED.url), await store.documents_of("a"), await store.next_polls()

    assert use(tmp_path, record) == (None, FEED)
    assert use(tmp_path, read) == (later, [later], {"a": NOON})


def test_states_of_sources_and_hosts_outlast_a_run_that_is_killed(tmp_path):
    source, host = SourceState("a", first_run=NOON, failures=1, reason="dns"), HostState("a.example:81", NOON, 3)

    async def record(store: Store):
        await store.record_source(source)
        await store.record_host(host)

    async def read(store: Store):
        return await store.source("a"), await store.host("a.example:81"), await store.host("a.example")

    leave(tmp_path, record, Run.begin())

    assert use(tmp_path, read) == (source, host, None)


def test_a_dry_run_records_nothing(tmp_path):
    use(tmp_path, lambda store: store.record_poll(FEED))
    use(tmp_path, lambda store: store.record_poll(replace(FEED, etag="other")), read_only=True)

    assert use(tmp_path, lambda store: store.document(FEED.url)) == FEED


@pytest.mark.sqlite_only
def test_a_migrated_store_has_the_tables_and_columns_of_a_new_one(tmp_path):
    new = Database(f"sqlite:///{tmp_path / 'new.sqlite'}")
    migrate(new)
    old = opened(tmp_path, 1)

    def columns(database):
        seen = inspect(database.connection)
        return {name: sorted(column["name"] for column in seen.get_columns(name)) for name in seen.get_table_names()}

    assert columns(old) == columns(new)
    old.close()
    new.close()


def test_published_files_are_numbered_without_a_gap_in_the_order_of_publication(tmp_path):
    first, second, third = (Run.begin() for _ in range(3))

    async def nested(slow: Store):
        await crawl(slow, "slow", [1])
        quick = Store.open(store_url(), tmp_path, second, policy=policy())
        await crawl(quick, "quick", [2], "b.example")
        await quick.publish({})
        await quick.close()

    use(tmp_path, nested, run=first)
    use(tmp_path, lambda store: store.claim("nothing"))
    leave(tmp_path, lambda store: crawl(store, "dead", [3]), third)
    use(tmp_path, lambda store: store.claim("nothing"))

    assert folder_numbers(tmp_path) == [(1, second.id), (2, first.id), (3, third.id)]
    numbers = {run["run_id"]: [entry.get("sequence") for entry in run["files"]] for run in manifests(tmp_path)}
    assert {run.id: numbers[run.id] for run in (first, second, third)} == {first.id: [2], second.id: [1], third.id: [3]}
    assert [file.run_id for file in use(tmp_path, lambda store: store.published(1))] == [first.id, third.id]


def test_the_numbers_of_a_store_that_is_gone_are_those_of_its_manifests(tmp_path):
    test_published_files_are_numbered_without_a_gap_in_the_order_of_publication(tmp_path)
    before = folder_numbers(tmp_path)
    lose_store(tmp_path)

    use(tmp_path, lambda store: crawl(store, "s", [9]))

    assert folder_numbers(tmp_path)[:3] == before
    assert [number for number, _ in folder_numbers(tmp_path)] == [1, 2, 3, 4]


@pytest.mark.sqlite_only
def test_a_folder_that_is_moved_keeps_its_published_files(tmp_path):
    use(tmp_path / "old", lambda store: crawl(store, "s", [1]))
    (tmp_path / "old").rename(tmp_path / "new")

    with PublishedFiles.open(store_url(), tmp_path / "new") as published:
        [file] = published.after()

    assert json.loads(file.path.read_text())["url"].endswith("/1")


def test_a_consumer_goes_on_where_it_stood(tmp_path):
    use(tmp_path, lambda store: store.claim("s"))
    with PublishedFiles.open(store_url(), tmp_path) as published:
        start = published.cursor("search")
        published.advance("search", Cursor(3, 17))
    with PublishedFiles.open(store_url(), tmp_path) as published:
        assert (start, published.cursor("search"), published.cursor("other")) == (Cursor(), Cursor(3, 17), Cursor())


@pytest.mark.sqlite_only
def test_a_folder_without_a_store_has_no_published_files(tmp_path):
    with pytest.raises(OutputError, match="no store at"), PublishedFiles.open(store_url(), tmp_path):
        pass


def compress_gzip(data: bytes) -> bytes:
    return gzip.compress(data[:100]) + gzip.compress(data[100:])  # two members, as of `cat a.gz b.gz`


def compress_zstd(data: bytes) -> bytes:
    return zstandard.compress(data[:100]) + zstandard.compress(data[100:])


@pytest.mark.parametrize(("suffix", "compress"), [(".gz", compress_gzip), (".zst", compress_zstd)])
@pytest.mark.parametrize("gone", ["state.sqlite", "nothing"])
def test_what_compressed_files_hold_is_known(tmp_path, suffix, compress, gone):
    use(tmp_path, lambda store: crawl(store, "s", [1, 2, 3]))
    [plain] = tmp_path.glob("articles/*/*.jsonl")
    plain.with_name(plain.name + suffix).write_bytes(compress(plain.read_bytes()))
    plain.unlink()
    (tmp_path / gone).unlink(missing_ok=True)

    async def again(store: Store):
        return await store.discover("s", candidates([1, 2, 3, 4]))

    found = use(tmp_path, again)

    assert ([candidate.url[-1] for candidate in found.new], found.known) == (["4"], 3)
    assert records(tmp_path) == []


def test_a_compressed_file_that_is_cut_short_is_told_and_stops_nobody(tmp_path, caplog):
    use(tmp_path, lambda store: crawl(store, "s", [1, 2, 3]))
    [plain] = tmp_path.glob("articles/*/*.jsonl")
    plain.with_name(plain.name + ".gz").write_bytes(gzip.compress(plain.read_bytes())[:-20])
    plain.unlink()
    lose_store(tmp_path)

    use(tmp_path, lambda store: store.claim("s"))

    assert "is damaged" in caplog.text
