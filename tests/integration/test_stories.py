"""The story index: what is unchanged, a revision, a duplicate, new; and for how long it is known."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, create_engine, func, select

from newscrawl.items import Article, as_record, from_record
from newscrawl.outcomes import Outcome
from newscrawl.similarity.rule import Rule
from newscrawl.store.backend.schema import metadata
from newscrawl.store.index import articles as known
from newscrawl.store.index import recent
from newscrawl.store.index.incoming import prepare
from newscrawl.store.index.stories import StoryIndex
from newscrawl.urls import article_id
from pipelines.dedup import DedupPipeline

MONDAY = datetime(2026, 11, 16, 8, tzinfo=UTC)
NOW = MONDAY + timedelta(hours=12)
WRITTEN, DUPLICATE, REVISED, UNCHANGED = Outcome.WRITTEN, Outcome.DUPLICATE, Outcome.REVISED, Outcome.UNCHANGED


@pytest.fixture
def connection() -> Iterator[Connection]:
    engine = create_engine("sqlite://")
    metadata.create_all(engine)
    with engine.begin() as connection:
        yield connection


def index(**options) -> StoryIndex:
    return StoryIndex(**{"window_days": 14, "keys_days": 365, **options}, clock=NOW.timestamp)


def prose(seed: int, count: int = 300) -> str:
    room = random.Random(seed)
    return " ".join("".join(room.choices("etaoinshrdlu", k=room.randint(3, 9))) for _ in range(count)).capitalize()


def article(
    number: int, title: str = "", body: str = "", *, site: str = "a.example", hours: float = 0, **more
) -> Article:
    url = more.pop("url", f"https://{site}/2026/{number}-the-story-of-the-day")
    made = Article(
        id=article_id(url, more.get("canonical_url")),
        url=url,
        site=site,
        title=title or f"Headline {prose(number + 1000, 6)}",
        body=body or prose(number),
        published_at=MONDAY + timedelta(hours=hours),
        fetched_at=MONDAY + timedelta(hours=hours),
        **more,
    )
    return DedupPipeline().process_item(made)


def outcomes(decisions) -> list[Outcome]:
    return [decision.outcome for decision in decisions]


def test_a_known_article_is_unchanged_a_changed_one_a_revision(connection):
    stories, first = index(), article(1)

    [written] = stories.decide(connection, [first])
    [again] = stories.decide(connection, [article(1)])
    [changed] = stories.decide(connection, [article(1, body=prose(1) + " And more.")])
    [back] = stories.decide(connection, [article(1, body=prose(1) + " And more.")])

    assert (written.outcome, written.id, written.story_id, written.version) == (WRITTEN, first.id, first.id, 1)
    assert (again.outcome, again.version) == (UNCHANGED, 1)
    assert (changed.outcome, changed.id, changed.version) == (REVISED, first.id, 2)
    assert (back.outcome, back.version) == (UNCHANGED, 2)


PARAGRAPHS = [f"{prose(number, 30)}." for number in range(70, 76)]


@pytest.mark.parametrize(
    ("title", "paragraphs", "changed"),
    [
        pytest.param("Harbour wall falls at night", PARAGRAPHS, ("title",), id="a corrected headline"),
        pytest.param("HARBOUR WALL FALLS AT NITE!", PARAGRAPHS, (), id="a headline in capitals"),
        pytest.param(
            "", [*PARAGRAPHS[:2], PARAGRAPHS[2].replace(" ", " not ", 1), *PARAGRAPHS[3:]], ("body",), id="an edit"
        ),
        pytest.param("", [*PARAGRAPHS, "The mayor has answered."], ("body",), id="a short sentence more"),
        pytest.param("", PARAGRAPHS[:-1], ("body",), id="a paragraph less"),
        pytest.param("Ten dead in harbour", PARAGRAPHS[1:], ("title", "body"), id="both"),
        pytest.param("", [*PARAGRAPHS, "17 comments"], (), id="a counter"),
        pytest.param("", ["Lire aussi", *PARAGRAPHS, "分享到微信", "Share this article"], (), id="labels"),
        pytest.param("", [f"  {paragraph}&nbsp;" for paragraph in PARAGRAPHS], (), id="markup"),
    ],
)
def test_a_revision_is_another_headline_or_another_prose(connection, title, paragraphs, changed):
    stories, first = index(), "Harbour wall falls at nite"
    stories.decide(connection, [article(1, first, "\n\n".join(PARAGRAPHS))])
    later = article(1, title or first, "\n\n".join(paragraphs))

    [decision] = stories.decide(connection, [later])
    [again] = stories.decide(connection, [later])

    assert (decision.changed, decision.version) == (changed, 1 + bool(changed))
    assert decision.outcome is (REVISED if changed else UNCHANGED)
    assert (again.outcome, again.version, again.story_id) == (UNCHANGED, decision.version, article(1).id)


def test_another_edition_of_an_article_with_its_own_headline_is_no_revision(connection):
    stories, canonical = index(), "https://a.example/2026/11/16/harbour-wall-falls"
    stories.decide(connection, [article(1, "Harbour wall falls", url=canonical)])

    [amp] = stories.decide(
        connection,
        [
            article(
                1, "The wall of the harbour", url="https://a.example/print/harbour-wall-falls", canonical_url=canonical
            )
        ],
    )

    assert amp.outcome is UNCHANGED


def test_the_versions_of_an_article_are_known_again_after_a_rebuild(connection):
    stories, first = index(), article(1, "A headline of the day", "\n\n".join(PARAGRAPHS))
    second = article(1, "Another headline of the day", "\n\n".join(PARAGRAPHS))
    second.version, second.story_id = 2, second.id
    stories.add_all(connection, [first, second])

    [again] = stories.decide(connection, [article(1, "Another headline of the day", "\n\n".join(PARAGRAPHS))])
    [third] = stories.decide(connection, [article(1, "A third headline", "\n\n".join(PARAGRAPHS))])

    assert (again.outcome, again.version, third.version, third.changed) == (UNCHANGED, 2, 3, ("title",))


def test_the_same_bytes_are_unchanged_though_a_line_was_learned_to_be_boilerplate(connection):
    stories = index()
    page = {"html_sha256": "h" + "0" * 64}
    first = article(1, body=f"{prose(1)}\n\nPrinted on Quay Street.", **page)

    decisions = [stories.decide(connection, [one])[0] for one in (first, article(1, **page))]

    assert outcomes(decisions) == [WRITTEN, UNCHANGED]


def test_a_copy_elsewhere_names_the_first_article(connection):
    stories, first = index(), article(1)
    stories.decide(connection, [first])

    [copy] = stories.decide(
        connection, [article(2, "Another headline altogether", prose(1), site="b.example", hours=5)]
    )

    assert (copy.outcome, copy.kind, copy.duplicate_of, copy.story_id) == (DUPLICATE, "copy", first.id, first.id)
    assert copy.similarity == 1.0


def test_a_dropped_duplicate_stays_one_and_a_kept_one_can_be_revised(connection):
    for stories, later in ((index(), DUPLICATE), (index(keep=True), REVISED)):
        site = "b.example" if later is DUPLICATE else "c.example"
        stories.decide(connection, [article(1)])
        copy = article(2, body=prose(1), site=site, hours=1)
        assert outcomes(stories.decide(connection, [copy])) == [DUPLICATE]

        [met] = stories.decide(connection, [article(2, body=prose(1) + " Updated.", site=site, hours=2)])

        assert (met.outcome, met.story_id) == (later, article(1).id)
        assert (met.kind, met.duplicate_of) == (("url", article(1).id) if later is DUPLICATE else (None, None))


def test_an_article_met_without_and_with_its_canonical_url_is_one(connection):
    stories = index()
    url, canonical = "https://a.example/world/harbour-wall-falls", "https://a.example/2026/11/16/harbour-wall-falls"
    [bare] = stories.decide(connection, [article(1, url=url)])
    [named] = stories.decide(connection, [article(1, url=url, canonical_url=canonical)])

    assert (named.outcome, named.id) == (UNCHANGED, bare.id)

    [other] = stories.decide(connection, [article(2, url=url + "-now", canonical_url=canonical + "-now")])
    [found] = stories.decide(connection, [article(2, url=url + "-now")])

    assert (found.outcome, found.id) == (UNCHANGED, other.id)


def test_a_canonical_url_that_different_articles_share_is_not_believed(connection):
    stories, canonical = index(), "https://a.example/2026/11/16/latest-news-of-today"
    batch = [article(n, canonical_url=canonical) for n in range(4)]

    decisions = stories.decide(connection, batch)

    assert outcomes(decisions) == [WRITTEN] * 4
    assert len({decision.id for decision in decisions}) == 4


def test_of_one_batch_the_fuller_and_the_original_win(connection):
    body = prose(1, 400)
    teaser = article(1, "Harbour wall falls in the night", " ".join(body.split()[:60]))
    full = article(2, "Harbour wall falls in the night", body, hours=1)
    copy = article(
        3, "Mayor resigns", prose(3), site="b.example", canonical_url="https://c.example/2026/the-mayor-resigns"
    )
    original = article(4, "Mayor resigns at last", prose(3), site="c.example", hours=1)

    decisions = index().decide(connection, [teaser, full, copy, original])

    assert outcomes(decisions) == [DUPLICATE, WRITTEN, DUPLICATE, WRITTEN]
    assert [decision.duplicate_of for decision in decisions] == [full.id, None, original.id, None]


def test_stories_do_not_chain(connection):
    stories, body = index(), prose(1, 240).split()
    versions = [" ".join(prose(50 + n, 60 * n).split() + body[60 * n :]) for n in range(5)]
    batches = [[article(n, body=text, hours=7 * n)] for n, text in enumerate(versions)]

    decisions = [stories.decide(connection, batch)[0] for batch in batches]

    assert decisions[1].duplicate_of == decisions[0].id
    assert decisions[4].outcome is WRITTEN  # nothing is left of the first


def test_a_roundup_is_none_of_its_briefs(connection):
    stories = index()
    briefs = [article(n, f"Brief {prose(n + 70, 5)}", prose(n, 80), site=f"s{n}.example") for n in range(4)]
    roundup = article(9, "Things to know", " ".join(brief.body for brief in briefs), hours=3)

    decisions = stories.decide(connection, briefs) + stories.decide(connection, [roundup])

    assert outcomes(decisions) == [WRITTEN] * 5


def test_a_headline_that_recurs_needs_as_much_evidence_as_any(connection):
    stories, frame = index(), prose(99, 150)
    framed = [article(n, "Letters", f"{frame} {prose(n, 230)}", hours=n) for n in range(3, 6)]

    assert outcomes(stories.decide(connection, [article(1, "Letters"), framed[0]])) == [WRITTEN] * 2
    assert outcomes(stories.decide(connection, framed[1:])) == [WRITTEN] * 2
    without = index(rule=Rule(recurring=False))
    assert outcomes(without.decide(connection, [article(6, "Letters", f"{frame} {prose(6, 230)}", hours=4)])) == [
        DUPLICATE
    ]


def test_without_dates_the_time_of_the_fetch_stands_in(connection):
    stories = index()
    first, late = article(1), article(2, body=prose(1, 300) + " " + prose(7, 130), hours=90)
    first.published_at = late.published_at = None

    assert outcomes(stories.decide(connection, [first])) == [WRITTEN]
    assert outcomes(stories.decide(connection, [late])) == [WRITTEN]


def test_a_day_without_hours_is_near_both_its_ends(connection):
    stories = index()
    dated = article(1, hours=-8, published_precision="day")
    evening = article(2, body=prose(1, 300), title="Same story", hours=13)

    assert outcomes(stories.decide(connection, [dated, evening])) == [WRITTEN, DUPLICATE]


def test_the_index_is_rebuilt_from_records(connection):
    stories, first = index(), article(1)
    [decision] = stories.decide(connection, [first])
    first.story_id, first.version = decision.story_id, decision.version
    other = create_engine("sqlite://")
    metadata.create_all(other)

    with other.begin() as rebuilt:
        fresh = index()
        fresh.add_all(rebuilt, [from_record(as_record(first))])
        copy = article(2, body=prose(1), site="b.example", hours=2)

        assert outcomes(fresh.decide(rebuilt, [article(1), copy])) == [UNCHANGED, DUPLICATE]


def test_bodies_are_forgotten_after_the_window_and_keys_after_a_year(connection):
    stories = index()
    stories.decide(connection, [article(n) for n in range(50)])
    size = [select(func.count()).select_from(table) for table in (recent.stories, recent.postings, known.known)]
    day = 86_400

    stories.expire(connection, int(NOW.timestamp()) + 13 * day)
    assert connection.scalar(size[0]) == 50
    stories.expire(connection, int(NOW.timestamp()) + 16 * day)
    assert [connection.scalar(one) for one in size] == [0, 0, 50]
    assert outcomes(stories.decide(connection, [article(1)])) == [UNCHANGED]
    for after in range(8):  # an eighth of the keys a day
        stories.expire(connection, int(NOW.timestamp()) + (380 + after) * day)
    assert connection.scalar(size[2]) == 0


def test_the_window_moves_on_with_the_days(connection):
    stories = index()
    for day in range(3):
        stories.clock = (NOW + timedelta(days=day)).timestamp
        stories.decide(connection, [article(n, hours=24 * day) for n in range(10 * day, 10 * day + 10)])

    stories.expire(connection, int((NOW + timedelta(days=16)).timestamp()))
    seqs = [set(connection.scalars(select(table.c.seq))) for table in (recent.stories, recent.postings)]
    later = [article(50 + n, body=prose(n), site="b.example", hours=60) for n in (5, 15, 25)]

    assert seqs == [set(range(21, 31))] * 2
    assert outcomes(stories.decide(connection, later)) == [WRITTEN, WRITTEN, DUPLICATE]


def test_of_a_long_pause_a_part_is_forgotten_each_day(connection, monkeypatch):
    monkeypatch.setattr(recent, "MAX_EXPIRED", 4)
    stories = index()
    stories.decide(connection, [article(n) for n in range(10)])
    stories.clock = (NOW + timedelta(days=20)).timestamp
    stories.decide(connection, [article(10, hours=480)])

    left = []
    for day in range(20, 24):
        stories.expire(connection, int((NOW + timedelta(days=day)).timestamp()))
        left.append(connection.scalar(select(func.count()).select_from(recent.stories)))

    assert left == [7, 3, 1, 1]


def test_what_everybody_writes_is_indexed_no_more_than_so_often(connection):
    stories, tail = index(), prose(500, 60)
    for start in range(0, 96, 16):
        batch = [article(n, body=f"{prose(n, 500)} {tail}", site=f"s{n}.example") for n in range(start, start + 16)]
        assert set(outcomes(stories.decide(connection, batch))) == {WRITTEN}
    counts = select(func.count()).select_from(recent.postings).group_by(recent.postings.c.passage)

    assert max(connection.scalars(counts)) == recent.COMMON


@pytest.mark.parametrize(
    ("precision", "hours"), [("day", 12), ("second", 0), (None, 0)], ids=["day", "second", "nothing said"]
)
def test_a_story_whose_day_alone_is_known_counts_from_noon(precision, hours):
    incoming = prepare(replace(article(1), published_precision=precision, published_at=MONDAY))

    assert incoming.at == (MONDAY + timedelta(hours=hours)).timestamp()


def test_a_story_without_a_date_counts_from_its_download():
    incoming = prepare(replace(article(1), published_precision="day", published_at=None, fetched_at=NOW))

    assert incoming.at == NOW.timestamp()
