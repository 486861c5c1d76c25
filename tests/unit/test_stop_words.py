"""The stop words are kept once, and are those that trafilatura would give jusText."""

from __future__ import annotations

from justext.core import define_stoplist
from trafilatura import external

from newscrawl.extraction.text import body
from newscrawl.extraction.text.stop_words import StopWords


def test_the_words_are_those_of_all_languages():
    ours = external.JT_STOPLIST
    try:
        assert set(StopWords()) == set(external.jt_stoplist_init())
    finally:
        external.JT_STOPLIST = ours


def test_no_list_of_them_is_kept_beside_the_set(monkeypatch):
    assert isinstance(body.external.JT_STOPLIST, StopWords)
    assert define_stoplist(external.JT_STOPLIST) is define_stoplist(external.JT_STOPLIST)
