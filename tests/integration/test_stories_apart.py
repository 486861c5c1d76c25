"""Stories that one writer tells in the same turns of phrase are not one story: they share a manner, no passage."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import create_engine

from newscrawl.items import Article
from newscrawl.outcomes import Outcome
from newscrawl.store.backend.schema import metadata
from newscrawl.store.index.stories import StoryIndex
from newscrawl.urls import article_id
from tests.newspaper import headline, paragraphs

COUNT = 400  # two of so many are alike by chance sooner than two of a few
ADJECTIVES = (
    "amber brisk coastal dusty eager frozen gentle hollow ivory jolly keen lunar mellow narrow oaken placid".split()
)
NOUNS = (
    "anchor bakery canal drummer engine ferry garden harbour island jury kettle lantern market nurse orchard".split()
)
VERBS = "admires blocks counts delays elects follows guards hosts ignores joins keeps loses mends notices opens".split()


def council(number: int) -> tuple[str, str]:
    """A headline of one form over sentences of one form, with a number and a quotation that each story has."""
    r = random.Random(f"council{number}")
    a, n, v = (lambda: r.choice(ADJECTIVES)), (lambda: r.choice(NOUNS)), (lambda: r.choice(VERBS))
    sentences = [
        f"The {a()} {n()} {v()} {r.randrange(2, 900)} {a()} {n()}s near the {n()}, "
        f"and a {a()} {n()} {v()} the {a()} {n()}."
        for _ in range(r.randrange(20, 120))
    ]
    lines = [" ".join(sentences[at : at + 4]) for at in range(0, len(sentences), 4)]
    body = f"Story number {number}. " + "\n\n".join(lines)
    return f"{a().title()} {n()} {v()} {a()} {n()} for the {number}th time", body


def harbour(number: int) -> tuple[str, str]:
    """Every paragraph ends in the same quotation."""
    r = random.Random(f"harbour{number}")
    c = r.choice
    lines = [
        " ".join(
            f"In {c(NOUNS).title()} the {c(ADJECTIVES)} {c(NOUNS)} was {c(VERBS)} by a {c(NOUNS)} who {c(VERBS)} "
            f"{r.randrange(3, 990)} {c(ADJECTIVES)} plans, while the {c(NOUNS)} from {c(NOUNS).title()} {c(VERBS)} "
            f"the {c(ADJECTIVES)} {c(NOUNS)}."
            for _ in range(4)
        )
        + f" The mayor said “we have listened” – paragraph {at}. Paragraph {at} of number {number} adds a detail."
        for at in range(8)
    ]
    return f"Good story number {number}", "\n\n".join(lines)


def row(number: int) -> tuple[str, str]:
    return headline(number), "\n\n".join(paragraphs(number))


@pytest.mark.parametrize("tell", [council, harbour, row])
@pytest.mark.parametrize("dated", [True, False], ids=["dated", "undated"])
def test_stories_in_one_manner_stay_apart(tell, dated):
    engine = create_engine("sqlite://")
    metadata.create_all(engine)
    index = StoryIndex(14, 365)
    morning = datetime(2026, 11, 20, 6, tzinfo=UTC)
    articles = []
    for number in range(COUNT):
        title, body = tell(number)
        url = f"https://paper.example/story/{number}"
        published = morning + timedelta(minutes=number) if dated else None
        articles.append(
            Article(
                id=article_id(url),
                url=url,
                site="paper.example",
                title=title,
                body=body,
                published_at=published,
                fetched_at=morning,
            )
        )

    with engine.begin() as connection:
        decisions = [one for at in range(0, COUNT, 8) for one in index.decide(connection, articles[at : at + 8])]

    assert [one.outcome for one in decisions] == [Outcome.WRITTEN] * COUNT
