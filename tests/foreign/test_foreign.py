"""Our discovery reads the test data of others as they do, or the table says why not."""

from __future__ import annotations

import pytest

from tests.foreign import crawlercommons_corpus, feedparser_corpus, gofeed_corpus
from tests.foreign.comparison import differences, explanations, folder

CORPORA = {
    "feedparser": ("feedparser", feedparser_corpus.comparisons),
    "gofeed": ("gofeed", gofeed_corpus.comparisons),
    "crawlercommons/robots": ("crawlercommons", crawlercommons_corpus.robots),
    "crawlercommons/sitemaps": ("crawlercommons", crawlercommons_corpus.sitemaps),
    "crawlercommons/addresses": ("crawlercommons", crawlercommons_corpus.addresses),
    "crawlercommons/web-platform": ("crawlercommons", crawlercommons_corpus.web_platform),
}


@pytest.mark.parametrize("name", CORPORA)
def test_no_difference_is_unexplained(name):
    project, compare = CORPORA[name]
    compared = list(compare(folder(project)))
    known = explanations(project)

    unexplained = [d for d in differences(compared) if not any(row.covers(d) for row in known)]

    assert compared
    assert unexplained == []


@pytest.mark.parametrize("project", sorted({project for project, _ in CORPORA.values()}))
def test_no_explanation_is_without_its_difference(project):
    found = [
        d for owner, compare in CORPORA.values() if owner == project for d in differences(compare(folder(project)))
    ]

    assert [row for row in explanations(project) if not any(row.covers(d) for d in found)] == []
