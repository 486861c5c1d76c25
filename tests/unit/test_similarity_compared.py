"""What is compared of a text is the same wherever it is made, and is of that very text."""

from __future__ import annotations

import copy
from dataclasses import fields, replace

import pytest

from newscrawl.items import Article
from newscrawl.similarity import fingerprint, fingerprint_of_body
from newscrawl.similarity.compared import RecentTexts, compared_text
from newscrawl.similarity.evidence import gather
from newscrawl.similarity.prose import is_prose, lines_of
from newscrawl.store.entries import Completion
from newscrawl.store.index.incoming import prepare

TITLE = "Harbour wall of 1906 falls in the storm"
SENTENCE = "The wall of the old harbour fell at night, and nobody of the 40 people who live there was hurt."
BODIES = [
    pytest.param(f"{SENTENCE}\n\nShare\n\nThe mayor, Ines Brandt, came at 7:30.", id="prose and a label"),
    pytest.param("\n\n".join([SENTENCE] * 30), id="long, all prose"),
    pytest.param("Share\n\nPrint", id="no prose"),
    pytest.param("", id="empty"),
    pytest.param(f"{SENTENCE}\n\n\n\n\nStraße, ＦＵＬＬ　ＷＩＤＴＨ, ½.\n\n記者が港で話した。", id="scripts"),
    pytest.param(f"{SENTENCE} &copy\n\nA second; one <b\n\n>of three</b>.\n\nEnd.", id="markup across paragraphs"),
    pytest.param(f"Soft\u00adhyphens, zero\u200bwidth.\n\u2060\n{SENTENCE}\n\n\u2060\n\nEnd", id="what takes no room"),
]


def known_ways(title: str, body: str, names: tuple[str, str]) -> dict[str, object]:
    """Return what is compared, each by a function of its own."""
    marks = fingerprint(title, body, names=names)
    paragraphs = body.split("\n\n")
    prose = [paragraph for paragraph in paragraphs if is_prose(paragraph)]
    some = 0 < len(prose) < len(paragraphs)
    return {
        "fingerprint": marks,
        "evidence": gather(title, marks.title_key, body, marks.minhash),
        "prose_sha256": fingerprint_of_body("\n\n".join(prose)) if some else marks.body_sha256,
        "lines": lines_of(body),
    }


@pytest.mark.parametrize("body", BODIES)
def test_made_at_once_it_is_what_each_part_is_alone(body):
    names = ("Gazette", "gazette.example")

    made = compared_text(TITLE, body, names)

    assert {name: getattr(made, name) for name in known_ways(TITLE, body, names)} == known_ways(TITLE, body, names)
    assert made.evidence.vocabulary == gather(TITLE, made.fingerprint.title_key, body).vocabulary


@pytest.mark.parametrize("body", BODIES)
def test_the_store_prepares_the_same_from_a_text_that_a_worker_compared(body):
    article = article_of(body)
    sent = copy.deepcopy(compared_text(article.title, body, names_of(article)))  # as pickle does it

    with_text, alone = prepare(article, sent), prepare(article)

    assert {f.name: getattr(with_text, f.name) for f in fields(with_text)} == {
        f.name: getattr(alone, f.name) for f in fields(alone)
    }


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({}, id="nothing"),
        pytest.param({"body": SENTENCE + "\n\nMore."}, id="body"),
        pytest.param({"title": "Another"}, id="title"),
        pytest.param({"minhash": ""}, id="sketch"),
    ],
)
def test_an_article_that_was_changed_since_is_compared_anew(change):
    article = article_of(SENTENCE)
    text = compared_text(article.title, article.body, names_of(article))

    completion = Completion("key", replace(article, **change), text=text)

    assert (completion.compared() is text) is (not change)


def test_recent_texts_know_a_text_by_title_body_and_names_and_forget_the_oldest():
    texts = RecentTexts(size=2)
    for number in range(3):
        texts.add(compared_text(TITLE, f"{SENTENCE} {number}", (None, "a.example")))

    assert texts.find(TITLE, f"{SENTENCE} 2", ("", "a.example"))
    assert texts.find("Another", f"{SENTENCE} 2", ("", "a.example")) is None
    assert texts.find(TITLE, f"{SENTENCE} 2", ("", "b.example")) is None
    assert texts.take(f"{SENTENCE} 0") is None
    assert texts.take(f"{SENTENCE} 2")
    assert texts.take(f"{SENTENCE} 2") is None


def article_of(body: str) -> Article:
    """Return an article as it leaves the pipelines."""
    article = Article(
        id="n0123456789abcdef", url="https://gazette.example/a", title=TITLE, body=body, site="gazette.example"
    )
    marks = fingerprint(TITLE, body, names=names_of(article))
    article.title_key, article.body_sha256, article.minhash = marks.title_key, marks.body_sha256, marks.minhash
    return article


def names_of(article: Article) -> tuple[str | None, str]:
    return article.publisher, article.site
