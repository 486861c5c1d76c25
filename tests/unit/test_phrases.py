"""The tables of phrases: a phrase stands once, and all who look for it know it."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from newscrawl.phrases import authors, kinds, lists, pages, publisher, related
from newscrawl.phrases.publisher import ASKING, CHANNELS, NO_STORY, NOTICE, PROMOTION, RIGHTS
from newscrawl.phrases.related import ANOTHER_STORY, BEFORE_HEADLINE, LABELS, OTHER_STORIES, RELATED
from newscrawl.phrases.rows import Phrase, Place, select
from newscrawl.text.caseless import Caseless

ROWS = (*related.ROWS, *publisher.ROWS, *lists.ROWS, *pages.ROWS)
EXAMPLES = list(
    csv.DictReader((Path(__file__).parents[1] / "phrases.tsv").read_text("utf-8").splitlines(), delimiter="\t")
)
UNSHOWN = 100
"""Rows that came without an example. A new row comes with one: the number may only fall."""

ALSO_READ = {
    "de": "Lesen Sie auch",
    "fr": "À lire aussi",
    "es": "Lee también",
    "pt": "Leia também",
    "it": "Leggi anche",
    "nl": "Lees ook",
    "pl": "Czytaj także",
    "cs": "Čtěte také",
    "sk": "Čítajte tiež",
    "ro": "Citește și",
    "sv": "Läs också",
    "no": "Les også",
    "da": "Læs også",
    "fi": "Lue myös",
    "el": "Διαβάστε επίσης",
    "ru": "Читайте также",
    "uk": "Читайте також",
    "ar": "اقرأ أيضا",
    "he": "קראו גם",
    "hi": "यह भी पढ़ें",
    "id": "Baca juga",
    "vi": "Xem thêm",
    "zh": "延伸阅读",
    "en": "See also",
}


def alternatives(pattern: str) -> Iterator[str]:
    """Yield the parts of *pattern* between the bars that stand in no group."""
    depth, start = 0, 0
    for match in re.finditer(r"\\.|\[(?:\\.|[^\]\\])*\]|[()|]", pattern):
        depth += {"(": 1, ")": -1}.get(match[0], 0)
        if match[0] == "|" and not depth:
            yield pattern[start : match.start()]
            start = match.end()
    yield pattern[start:]


def test_a_phrase_stands_in_one_row_of_one_table():
    count = Counter((part, row.places) for row in ROWS for part in alternatives(row.pattern))
    places = Counter(part for part, _ in count)

    assert [part for (part, _), number in count.items() if number > 1] == []
    assert [part for part, number in places.items() if number > 1] == []


def test_what_a_page_says_of_its_kind_stands_in_one_row():
    count = Counter((part, place) for row in kinds.ROWS for place in row.places for part in alternatives(row.pattern))

    assert [part for part, number in count.items() if number > 1] == []


def test_rows_without_an_example_become_fewer():
    shown = [
        row for row in ROWS if any(shows(row, one["example"]) for one in EXAMPLES if one["language"] == row.language)
    ]

    assert len(ROWS) - len(shown) <= UNSHOWN


def test_every_example_is_shown_by_a_row_of_its_language():
    rows = {language: [row for row in ROWS if row.language == language] for language in {row.language for row in ROWS}}

    assert [one for one in EXAMPLES if not any(shows(row, one["example"]) for row in rows[one["language"]])] == []


def shows(row: Phrase, text: str) -> bool:
    return re.search(select([row], ~Place(0)), text, re.I) is not None


@pytest.mark.parametrize("language", ALSO_READ)
def test_a_heading_of_related_stories_is_known_to_all_that_look_for_one(language):
    heading = ALSO_READ[language]

    assert RELATED.fullmatch(heading)
    assert OTHER_STORIES.search(f"{heading}:")
    assert LABELS.fullmatch(f"» {heading}:")
    assert ANOTHER_STORY.search(f"{heading}: The pier reopens")
    assert (found := BEFORE_HEADLINE.match(f"{heading}: The pier reopens"))
    assert found.end() == len(f"{heading}: ")


@pytest.mark.parametrize("heading", [*ALSO_READ.values(), "İLGİLİ YAZILAR", "ILGILI YAZILAR", "ΣΧΕΤΙΚΆ ΆΡΘΡΑ"])
@pytest.mark.parametrize("case", [str, str.upper, str.title])
def test_a_heading_is_known_in_any_case_as_where_case_is_ignored(heading, case):
    text = case(heading)

    assert OTHER_STORIES.match(text) or not re.match(OTHER_STORIES.pattern, text, re.I)


@pytest.mark.parametrize(
    "prose",
    [
        "More than forty boats were lost when the harbour wall gave way on Monday night.",
        "Related companies paid most of the bill, the auditors found after two years.",
        "Copyright law is older than the printing press in this town, the judge said.",
        "Next year the ferry will sail twice a day, and on Sundays as well.",
        "Zum Thema Hafen sagte der Bürgermeister am Montag nichts.",
        "Leggi anche severe non fermano chi parcheggia sul molo, dice il comune.",
        "Photo-sharing sites were the first to show the wall as it broke.",
    ],
)
def test_a_sentence_that_begins_as_a_heading_does_is_none(prose):
    assert not RELATED.fullmatch(prose)
    assert not OTHER_STORIES.search(prose)
    assert not NOTICE.search(prose)
    assert not BEFORE_HEADLINE.match(prose)


@pytest.mark.parametrize(
    "line",
    ["Follow us on Facebook", "Folgen Sie uns auf Instagram", "Suivez-nous sur X", "Síguenos", "Seguici su WhatsApp",
     "Inscreva-se no canal", "Zapisz się na newsletter", "Volg ons op Telegram", "Подписывайтесь на наш канал",
     "تابعونا على فيسبوك", "关注我们", "구독하기", "フォローする", "Abone ol"],
)  # fmt: skip
def test_a_call_to_follow_is_known_to_all_that_look_for_one(line):
    assert CHANNELS.search(line)
    assert PROMOTION.search(line)
    assert ASKING.match(line)
    assert NO_STORY.search(line)


@pytest.mark.parametrize(
    "line", ["© 2026 Gazette", "All rights reserved", "Riproduzione riservata", "版权所有", "무단 전재"]
)
def test_a_line_of_rights_is_a_notice_too(line):
    assert RIGHTS.search(line) or line.startswith("(c)")
    assert NOTICE.search(line)


def test_no_pattern_that_finds_every_case_is_written_with_a_capital():
    tables = [authors, kinds, lists, pages, publisher, related]
    patterns = {name: one.pattern for table in tables for name, one in vars(table).items() if isinstance(one, Caseless)}
    patterns |= {str(reason): one.pattern for rows in (kinds.HEADINGS, kinds.SENTENCES) for reason, one in rows.items()}

    assert patterns
    assert not [name for name, one in patterns.items() if (bare := re.sub(r"\\.", "", one)) != bare.lower()]
