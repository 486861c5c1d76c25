"""Exports hold every record, in the types and with the escapes of their format."""

from __future__ import annotations

import csv
import gzip
import json
import sqlite3
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import feedparser
import pytest

from newscrawl.items import Article, RelatedLink, as_record
from tests.commands import run

HOSTILE = '=HYPERLINK("http://evil.example","x") <script>alert(1)</script> ]]> \x07'


def record(number: int, **changes: Any) -> dict[str, Any]:
    """Return the record of a story that was published on the *number*-th day of November."""
    article = Article(
        id=f"n{number:016x}",
        url=f"https://a.example/{number}",
        title=f"Story {number}",
        body="The first paragraph.\n\nThe second.",
        source="wire",
        site="a.example",
        language="en-gb",
        published_at=datetime(2026, 11, number, 12, tzinfo=UTC),
        related_links=[RelatedLink("https://a.example/b", "Another")],
    )
    return as_record(article) | changes


RECORDS = [
    record(1),
    record(2, title=HOSTILE, body="# not a heading\n\n- not a list\n\n<b>not bold</b>", authors=["+1 Agency", "B, C"]),
    record(
        3,
        title="港の朝市、第二岸壁へ",
        body="市場は駅前に移った。\n\n再建には四億円。",
        language="ja",
        source="gazette",
    ),
    record(4, body="x" * 40_000, published_at=None, fetched_at="2026-11-20T00:00:00Z", is_paywalled=True),
    record(5, title="Café Zoë closes", language="fr", site="b.example"),
    record(1, title="Story 1, revised", version=2),
]


@pytest.fixture
def output(tmp_path) -> Path:
    """An output folder with two files, one of them compressed since."""
    folder = tmp_path / "output/articles/dt=2026-11-20"
    folder.mkdir(parents=True)
    lines = [json.dumps(one) + "\n" for one in RECORDS]
    (folder / "20261120T000000Z-000001.jsonl").write_text("".join(lines[:3]), "utf-8")
    (folder / "20261120T000000Z-000002.jsonl.gz").write_bytes(gzip.compress("".join(lines[3:]).encode()))
    return tmp_path / "output"


def scrapy(output: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run(*arguments, "-s", f"NEWSCRAWL_OUTPUT_DIR={output}")


def export(output: Path, form: str, *options: str) -> Path:
    target = output / f"export.{form}"
    done = scrapy(output, "export", "--format", form, "-o", str(target), *options)
    assert done.returncode == 0, done.stderr
    return target


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [*csv.DictReader(file)]


def test_csv_opens_in_a_spreadsheet_and_runs_nothing(output):
    path = export(output, "csv")
    rows = rows_of(path)

    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert len(path.read_text("utf-8").splitlines()) == len(RECORDS) + 1
    assert rows[1]["title"].startswith("'=HYPERLINK")
    assert rows[1]["authors"] == "'+1 Agency; B, C"
    assert rows[0]["body"] == "The first paragraph. ¶ The second."
    assert rows[0]["related_links"] == "Another <https://a.example/b>"
    assert len(rows[3]["body"]) == 32_767
    assert (rows[0]["is_paywalled"], rows[3]["is_paywalled"]) == ("", "TRUE")
    assert "minhash" not in rows[0]


def test_parquet_has_the_types_of_the_schema(output):
    parquet = pytest.importorskip("pyarrow.parquet")
    from newscrawl import schema

    table = parquet.read_table(export(output, "parquet"))

    types = [str(one.type).replace("timestamp[ms", "timestamp[s") for one in table.schema]  # Parquet has no seconds
    assert types == [str(one.type).replace("item:", "element:") for one in schema.arrow()]
    assert table.column("title").to_pylist() == [one["title"] for one in RECORDS]
    assert table.column("related_links").to_pylist() == [one["related_links"] for one in RECORDS]
    assert table.column("published_at")[0].as_py() == datetime(2026, 11, 1, 12, tzinfo=UTC)


def test_sqlite_has_a_row_a_record_and_searches_its_text(output):
    with sqlite3.connect(export(output, "sqlite")) as database:
        titles = [row[0] for row in database.execute("SELECT title FROM articles ORDER BY rowid")]
        words = "SELECT title FROM articles_fts WHERE articles_fts MATCH ?"
        found = [row[0] for row in database.execute(words, ("cafe zoe",))]
        three = [row[0] for row in database.execute("SELECT title FROM trigrams WHERE trigrams MATCH '第二岸壁'")]
        links = database.execute("SELECT related_links FROM articles").fetchone()[0]
    database.close()

    assert titles == [one["title"] for one in RECORDS]
    assert found == ["Café Zoë closes"]
    assert three == ["港の朝市、第二岸壁へ"]
    assert json.loads(links) == RECORDS[0]["related_links"]


def test_a_json_feed_has_the_newest_first(output):
    feed = json.loads(export(output, "jsonfeed").read_text("utf-8"))

    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert [item["url"].rpartition("/")[2] for item in feed["items"]] == ["4", "5", "3", "2", "1", "1"]
    assert feed["items"][3]["title"] == HOSTILE
    assert "date_published" not in feed["items"][0]


def test_an_rss_feed_is_well_formed_whatever_the_stories_say(output):
    feed = feedparser.parse(export(output, "rss").read_bytes())

    assert not feed.bozo
    assert len(feed.entries) == len(RECORDS)
    assert feed.entries[3].content[0].value.endswith("<p>&lt;b&gt;not bold&lt;/b&gt;</p>")
    assert feed.entries[-1].published == "Sun, 01 Nov 2026 12:00:00 +0000"


def test_markdown_takes_nothing_of_a_story_for_markup(output):
    text = export(output, "markdown").read_text("utf-8")

    assert [line for line in text.splitlines() if line.startswith("#")][:1] == ["# Story 1"]
    assert len([line for line in text.splitlines() if line.startswith("#")]) == len(RECORDS)
    for escaped in (r"\# not a heading", r"\- not a list", r"\<b>not bold", r"\<script>"):
        assert escaped in text


@pytest.mark.parametrize(
    ("options", "titles"),
    [
        (["--since", "2026-11-04"], {"Story 4", "Café Zoë closes"}),
        (["--source", "gazette"], {"港の朝市、第二岸壁へ"}),
        (["--site", "b.example", "--language", "fr"], {"Café Zoë closes"}),
        (["--language", "ja", "--language", "fr"], {"港の朝市、第二岸壁へ", "Café Zoë closes"}),
        (["--language", "en", "--since", "2026-11-02"], {HOSTILE, "Story 4"}),
        (["--site", "b.example", "--latest-version"], {"Café Zoë closes"}),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",  # a set has another order in each process
)
def test_only_what_is_selected_is_exported(output, options, titles):
    feed = json.loads(export(output, "jsonfeed", *options).read_text("utf-8"))

    assert {item["title"] for item in feed["items"]} == titles


def test_the_latest_version_replaces_the_earlier_ones(output):
    titles = [row["title"] for row in rows_of(export(output, "csv", "--latest-version"))]

    assert "Story 1, revised" in titles
    assert "Story 1" not in titles
    assert len(titles) == len(RECORDS) - 1


def test_fields_are_chosen_and_ordered(output):
    assert list(rows_of(export(output, "csv", "--fields", "url,title"))[0]) == ["url", "title"]


def test_what_stood_there_stays_where_an_export_fails(output):
    target = export(output, "csv")
    before = target.read_bytes()
    torn = output / "articles/dt=2026-11-20/20261120T000000Z-000002.jsonl.gz"
    torn.write_bytes(torn.read_bytes()[:-20])
    done = scrapy(output, "export", "--format", "csv", "-o", str(target))

    assert done.returncode == 1
    assert "cannot be read" in done.stderr
    assert "Traceback" not in done.stderr
    assert target.read_bytes() == before
    assert not [*output.glob(".*.tmp")]


def test_a_line_that_is_no_record_is_said_and_left_out(output, tmp_path):
    file = tmp_path / "mixed.jsonl"
    file.write_text(json.dumps(RECORDS[0]) + "\n{torn\n[1]\n" + json.dumps(RECORDS[1]) + "\n")
    done = scrapy(output, "export", "--format", "csv", "-o", str(tmp_path / "a.csv"), str(file))

    assert "2 records written" in done.stderr
    assert "mixed.jsonl:2 is no JSON object" in done.stderr
    assert "mixed.jsonl:3 is no JSON object" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--format", "xlsx", "-o", "a"], "usage: scrapy export"),
        (["--format", "csv"], "usage: scrapy export"),
        (["--format", "csv", "-o", "a", "--fields", "titel"], "did you mean 'title'?"),
        (["--format", "rss", "-o", "a", "--fields", "title"], "--fields is for parquet, csv, sqlite"),
        (["--format", "csv", "-o", "a", "--since", "yesterday"], "neither an age nor a date"),
    ],
    ids=["format", "no file", "field", "fields of a feed", "since"],
)
def test_a_mistake_is_one_sentence(output, arguments, sentence):
    done = scrapy(output, "export", *arguments)

    assert done.returncode == 2
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("words", "title"),
    [
        (["cafe", "zoe"], "Café Zoë closes"),
        (["朝市"], "港の朝市、第二岸壁へ"),
        (["第二岸壁"], "港の朝市、第二岸壁へ"),
        (["駅前に移った"], "港の朝市、第二岸壁へ"),
        (["hyperlink"], "=HYPERLINK"),
    ],
    ids=" ".join,
)
def test_search_finds_words_in_every_script(output, words, title):
    done = scrapy(output, "search", *words)

    assert done.returncode == 0, done.stderr
    assert title in done.stdout.splitlines()[0]


IN_MANY_SCRIPTS = {
    "ar": ("هيئة الميناء تؤجل قرارها بشأن العبّارات", "قالت الهيئة إن القرار سيصدر في الربيع."),
    "he": ("הרציף ייסגר באביב", "הממשלה הודיעה על כך."),
    "th": ("ท่าเรือเลื่อนการตัดสินใจเรื่องเรือข้ามฟาก", "คณะกรรมการจะตัดสินใจในฤดูใบไม้ผลิ"),
    "ko": ("부두 시장이 다시 문을 연다", "시장은 NHK 앞으로 옮겼다."),
    "hi": ("बंदरगाह बोर्ड ने फैसला टाला", "बोर्ड ने मंगलवार को कहा।"),
    "de": ("Straße nach Büsum gesperrt", "Die Straße ist gesperrt."),
    "tr": ("İstanbul'da vapur seferleri", "Seferler iptal edildi."),
    "el": ("Το λιμάνι κλείνει", "Ο υπουργός το ανακοίνωσε."),
    "ja": ("港の朝市", "ＮＨＫの前で、nhkが伝えた。100%の人出。"),
}


@pytest.fixture(scope="module")
def many_scripts(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("scripts") / "output"
    file = folder / "articles/dt=2026-11-20/20261120T000000Z-000001.jsonl"
    file.parent.mkdir(parents=True)
    lines = [
        record(number, title=title, body=body, language=language)
        for number, (language, (title, body)) in enumerate(IN_MANY_SCRIPTS.items(), 1)
    ]
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    return folder


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("العبارات", "ar"),
        ("العَبّارات", "ar"),
        ("قرار", "ar"),
        ("ממשלה", "he"),
        ("ข้ามฟาก", "th"),
        ("시장", "ko"),
        ("시장 nhk", "ko"),
        ("फैसला", "hi"),
        ("strasse", "de"),
        ("STRASSE BUSUM", "de"),
        ("istanbul", "tr"),
        ("ISTANBUL", "tr"),
        ("ΥΠΟΥΡΓΟΣ", "el"),
        ("NHK 港", "ja"),
        ("100% 港", "ja"),
        ("फसल", None),
        ("NHK_ 港", None),
    ],
)
def test_search_finds_a_word_however_it_is_written(many_scripts, words, language):
    done = scrapy(many_scripts, "search", words)

    assert done.returncode == (0 if language else 3), done.stderr
    assert [line[11:] for line in done.stdout.splitlines()[::3]] == [
        IN_MANY_SCRIPTS[language][0] for language in [language] if language
    ]


def test_an_index_of_an_older_form_is_made_anew(output):
    with sqlite3.connect(output / "search.sqlite") as old:
        old.execute("CREATE TABLE indexed (run TEXT PRIMARY KEY)")
        old.execute("INSERT INTO indexed VALUES ('20261120T000000Z-000001')")
    old.close()

    assert scrapy(output, "search", "朝市").returncode == 0


def test_search_knows_of_files_that_came_later_and_finds_nothing_twice(output):
    assert scrapy(output, "search", "lighthouse").returncode == 3
    line = json.dumps(record(9, title="A lighthouse"))
    (output / "articles/dt=2026-11-20/20261121T000000Z-000003.jsonl").write_text(line + "\n")

    assert scrapy(output, "search", "lighthouse").stdout.count("https://a.example/9") == 1
    assert scrapy(output, "search", "lighthouse").stdout.count("https://a.example/9") == 1


@pytest.mark.parametrize("words", ['"', "AND", "title:x", "stor*", "(", "NEAR(a b)"])
def test_search_takes_no_word_for_its_query_language(output, words):
    done = scrapy(output, "search", words)

    assert done.returncode in (2, 3)
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("form", ["csv", "parquet", "sqlite", "jsonfeed", "rss", "markdown"])
def test_a_value_that_is_not_of_the_schema_costs_its_record_only(tmp_path, form):
    if form == "parquet":
        pytest.importorskip("pyarrow")
    wrong = [1.5, "x", True, [1], {"a": 1}, [{"url": 1}], 2**70, "2026-13-45T00:00:00Z"]
    lines = [RECORDS[0] | {name: value} for name in RECORDS[0] for value in wrong]
    half = RECORDS[1] | {"title": "half \ud83d", "authors": ["\udc00"]}
    file = tmp_path / "wrong.jsonl"
    file.write_text("".join(json.dumps(one) + "\n" for one in (*lines, half, {"url": "https://a.example/"})))
    done = scrapy(tmp_path, "export", "--format", form, "-o", str(tmp_path / "out"), str(file))

    assert done.returncode == 0, done.stderr[-2000:]
    assert "wrong.jsonl:1 was left out: its schema_version is not what the schema says" in done.stderr
    assert len(done.stderr.splitlines()) < len(lines)


ADDED = record(6, title="Story 6")


def count_of(path: Path, form: str) -> list[str]:
    """Return the titles of an export."""
    if form == "csv":
        return [row["title"] for row in rows_of(path)]
    if form == "parquet":
        import polars

        return polars.read_parquet(path)["title"].to_list()
    with sqlite3.connect(path) as connection:
        titles = [row[0] for row in connection.execute("SELECT title FROM articles ORDER BY rowid")]
    connection.close()
    return titles


@pytest.mark.parametrize("form", ["csv", "parquet", "sqlite", "sql"])
def test_append_adds_what_is_not_there_and_nothing_twice(output, form, monkeypatch):
    path = output / f"all.{form}"
    target = ["-o", f"sqlite:///{path}"] if form == "sql" else ["--format", form, "-o", str(path)]
    options = ["export", *target, "--append"]
    first = run_here(output, options, monkeypatch)
    (output / "articles/dt=2026-11-20/20261121T000000Z-000003.jsonl").write_text(json.dumps(ADDED) + "\n", "utf-8")
    second, third = run_here(output, options, monkeypatch), run_here(output, options, monkeypatch)

    titles = count_of(path, form)
    assert [said.split(" to ")[0] for said in (first, second, third)] == [
        "6 records added",
        "1 records added",
        "0 records added",
    ]
    assert len(titles) == 7
    assert titles.count("Story 6") == 1


def test_an_address_of_fsspec_is_written_whole_and_appended_to(output, monkeypatch):
    import fsspec

    options = ["export", "--format", "csv", "-o", "memory://exports/all.csv"]
    assert run_here(output, options, monkeypatch) == "6 records written to memory://exports/all.csv\n"
    assert run_here(output, [*options, "--append"], monkeypatch).startswith("0 records added")
    text = fsspec.filesystem("memory").cat("/exports/all.csv").decode("utf-8-sig")
    assert len([*csv.DictReader(text.splitlines())]) == 6

    file = (output / "there/all.csv").as_uri()
    assert run_here(output, [*options[:-1], file], monkeypatch).startswith("6 records written to file:")
    assert len(rows_of(output / "there/all.csv")) == 6


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--format", "rss", "-o", "x.rss", "--append"], "--append is for parquet, csv, sqlite, sql"),
        (["--format", "csv", "-o", "x.csv", "--append", "--fields", "title"], "name both in --fields"),
        (["--format", "csv", "-o", "nowhere://x.csv"], "nowhere://x.csv cannot be reached"),
        (["-o", "oracle://x"], "oracle:// cannot be used"),
    ],
    ids=["feed", "fields", "scheme", "driver"],
)
def test_an_export_that_cannot_be_is_one_sentence(output, options, sentence, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    said = run_here(output, ["export", *options], monkeypatch, code=2)

    assert sentence in said


def run_here(output: Path, arguments: list[str], monkeypatch: pytest.MonkeyPatch, code: int = 0) -> str:
    """Run the command in this process, since memory:// ends with one; return what it said on stderr."""
    import argparse
    import contextlib
    import io

    from scrapy.settings import Settings

    from newscrawl.commands.export import Command

    command, parser, said = Command(), argparse.ArgumentParser(), io.StringIO()
    command.settings = Settings({"NEWSCRAWL_OUTPUT_DIR": str(output)})
    command.add_options(parser)
    options = parser.parse_args(arguments[1:])
    ended = 0
    with contextlib.redirect_stderr(said):
        try:
            command.run([], options)
        except SystemExit as end:
            ended = int(end.code or 0)
    assert ended == code, said.getvalue()
    return said.getvalue()
