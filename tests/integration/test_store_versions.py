"""Stores of earlier versions, as those versions wrote them (``tests/stores``), and what this one makes of them."""

from __future__ import annotations

import gzip
from pathlib import Path

from sqlalchemy import select

from newscrawl.outcomes import Outcome
from newscrawl.store.backend.database import Database
from newscrawl.store.backend.migrations import STEPS, migrate, read_meta
from newscrawl.store.backend.schema import stories
from newscrawl.store.index.articles import as_number
from newscrawl.store.index.incoming import prepare
from tests.integration.test_stories import article, index, prose

STORES = Path(__file__).parents[1] / "stores"
WORDS = (5, 60, 300, 700, 3000)
"""Of the bodies of the stories that each store holds, beside one in Japanese."""


def told():
    articles = [article(number, body=prose(number, words)) for number, words in enumerate(WORDS)]
    return [*articles, article(5, "港の朝市", "港の朝市が三年ぶりに第二岸壁へ戻り、朝六時から魚と野菜が並ぶ。" * 20)]


def opened(folder: Path, version: int) -> Database:
    path = folder / "state.sqlite"
    path.write_bytes(gzip.decompress((STORES / f"version-{version}.sqlite.gz").read_bytes()))
    database = Database(f"sqlite:///{path}")
    migrate(database)
    return database


def test_the_evidence_of_version_1_is_what_this_version_would_have_kept(tmp_path):
    database = opened(tmp_path, 1)
    with database.read() as connection:
        version = read_meta(connection, "version")
        kept = {row.id: row.evidence for row in connection.execute(select(stories))}
    database.close()

    assert version == str(1 + len(STEPS))
    assert kept == {as_number(one.id): prepare(one).evidence.to_bytes() for one in told()}


def test_the_stories_of_version_1_are_known(tmp_path):
    database = opened(tmp_path, 1)
    copies = [article(10 + at, one.title, one.body, site="b.example", hours=3) for at, one in enumerate(told())]
    half = article(30, body=" ".join(prose(3, 700).split()[:400]), site="c.example", hours=4)
    with database.write() as connection:
        again = index().decide(connection, told())
        copied = index().decide(connection, [*copies[2:], half])
    database.close()

    assert {decision.outcome for decision in again} == {Outcome.UNCHANGED}
    assert [decision.duplicate_of for decision in copied] == [told()[at].id for at in (2, 3, 4, 5, 3)]
