"""The headline that a body repeats at its top, in every guise; and the one that is quoted further down."""

from __future__ import annotations

import pytest
from scrapy.statscollectors import MemoryStatsCollector
from scrapy.utils.test import get_crawler

from newscrawl.extraction.cuts.headline import strip_headline
from newscrawl.items import Article
from pipelines.dedup import DedupPipeline
from pipelines.headline import HeadlinePipeline

HEADLINE = "Storm “Ada” breaks the harbour wall – 40 boats lost"
TEXT = "The storm that came ashore in the night broke the harbour wall at Eastquay and sank some forty boats, the " + (
    "harbour master said on Monday, and nobody was hurt when the water came over the quay."
)


@pytest.mark.parametrize(
    "copy",
    [
        HEADLINE,
        HEADLINE.upper(),
        'Storm "Ada" breaks the harbour wall - 40 boats lost',
        "Storm &ldquo;Ada&rdquo; breaks the harbour wall &amp;ndash; 40 boats lost",
        HEADLINE + " | The Eastquay Gazette",
        HEADLINE + " - Gazette",
        "BREAKING: " + HEADLINE,
        "LIVE: " + HEADLINE,
        "UPDATE 2-" + HEADLINE,
        HEADLINE + " [Updated]",
        "Weather | " + HEADLINE,
        "Storm “Ada” breaks the harbour wall…",
        HEADLINE + "\n\n" + HEADLINE,
        HEADLINE + " " + HEADLINE,
        "# " + HEADLINE,
    ],
)
def test_a_copy_at_the_top_goes(copy):
    assert strip_headline(f"{copy}\n\n{TEXT}", [HEADLINE]) == TEXT


def test_a_copy_below_kicker_and_byline_goes_and_they_stay():
    body = f"Weather\n\nBy Ada Quay\n\n{HEADLINE}\n\n{TEXT}"

    assert strip_headline(body, [HEADLINE]) == f"Weather\n\nBy Ada Quay\n\n{TEXT}"


def test_a_copy_below_a_long_deck_goes_since_a_deck_has_no_full_stop():
    deck = " ".join(["Harbour master counts boats while owners wait for word of the insurers"] * 3)

    assert strip_headline(f"{deck}\n\n{HEADLINE}\n\n{TEXT}", [HEADLINE]) == f"{deck}\n\n{TEXT}"


@pytest.mark.parametrize(
    ("headline", "copy"),
    [
        ("Ο Πρωθυπουργός στη Θεσσαλονίκη", "Ο ΠΡΩΘΥΠΟΥΡΓΟΣ ΣΤΗ ΘΕΣΣΑΛΟΝΙΚΗ"),
        ("旧码头重新开放", "社会 | 旧码头重新开放"),
        ("Türkiye’de deprem", "TÜRKİYE'DE DEPREM"),
    ],
)
def test_a_copy_in_capitals_and_in_a_script_without_blanks_goes(headline, copy):
    assert strip_headline(f"{copy}\n\n{TEXT}", [headline]) == TEXT


def test_in_a_script_without_blanks_prose_ends_the_search_as_in_any_other():
    text = "昨天下午，市议会就旧码头的重建计划进行了长时间的讨论，" + (
        "并最终决定在春天开始施工，居民表示欢迎，费用由市政府和两家企业共同承担。"
    )

    assert strip_headline(f"{text}\n\n旧码头重新开放", ["旧码头重新开放"]) == f"{text}\n\n旧码头重新开放"


@pytest.mark.parametrize(
    "body",
    [
        f"{TEXT}\n\n{HEADLINE}",
        f"{TEXT}\n\nUnder the line “{HEADLINE}” the paper had reported it first.",
        f"{HEADLINE}, and that was not all of it: two trawlers drifted out to sea and were found at noon.\n\n{TEXT}",
        f"Storm “Ada” breaks the harbour wall – 41 boats lost\n\n{TEXT}",
    ],
    ids=["below the text", "in running text", "begins a sentence", "another number"],
)
def test_what_is_prose_stays(body):
    assert strip_headline(body, [HEADLINE]) == body


def test_a_headline_without_a_word_removes_nothing():
    assert strip_headline(f"***\n\n{TEXT}", ["***", ""]) == f"***\n\n{TEXT}"


def test_the_pipeline_strips_counts_and_leaves_other_items_alone():
    stats = MemoryStatsCollector(get_crawler())
    pipeline = HeadlinePipeline(stats)
    article = Article(url="https://a.example/1", title=HEADLINE, body=f"{HEADLINE}\n\n{TEXT}", word_count=99)

    assert pipeline.process_item(article).body == TEXT
    assert article.word_count == len(TEXT.split())
    assert stats.get_value("newscrawl/headline/stripped") == 1
    assert pipeline.process_item({"title": 1}) == {"title": 1}


def test_the_dedup_pipeline_writes_what_identifies_the_story():
    article = Article(url="https://a.example/1", title="LIVE: Wall falls | Gazette", body=TEXT, publisher="Gazette")

    DedupPipeline().process_item(article)

    assert article.title_key == "wall falls"
    assert article.body_sha256.startswith("b")
    assert len(article.body_sha256) == 65
    assert article.minhash.startswith("m1-256x3w:")
