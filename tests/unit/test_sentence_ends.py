"""How sentences end, script by script."""

from __future__ import annotations

import pytest

from newscrawl.text.sentences import ends_with_full_stop, is_sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "The ferry sailed.",
        "渡し船が出た。",
        "नाव चल पड़ी।",
        "کشتی چل پڑی۔",
        "ጀልባው ሄደ።",
        "Լաստանավը մեկնեց։",
        "လှေထွက်သွားသည်။",
        "ទូកបានចេញដំណើរ។",
    ],
    ids=["english", "japanese", "hindi", "urdu", "amharic", "armenian", "burmese", "khmer"],
)
def test_full_stop_ends_a_sentence_in_every_script(sentence: str) -> None:
    assert is_sentence(sentence)
    assert ends_with_full_stop(f"«{sentence}»")


def test_long_text_in_thai_or_lao_is_a_sentence_without_a_mark() -> None:
    assert is_sentence("เรือข้ามฟากลำเก่าของท่าเรือออกแล่นอีกครั้งในวันอังคารหลังจากอยู่ในอู่แห้งนานสี่เดือน")
    assert not is_sentence("เรือข้ามฟากกลับมา")
    assert not is_sentence("")
