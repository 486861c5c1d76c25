"""The schema holds for what a crawl writes, and the documented ways to load it work on such files."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from newscrawl import schema
from newscrawl.items import FIELDS
from tests.commands import run
from tests.crawling import ROOT, Crawl, crawl
from tests.integration.conftest import postgres_server  # noqa: F401

LOADING = (ROOT / "docs/loading.md").read_text("utf-8")
SNIPPETS = [
    pytest.param(language, code, id=f"{heading}")
    for section in LOADING.split("\n## ")[1:]
    for heading in [section.splitlines()[0]]
    for language, code in re.findall(r"```(\w+)\n(.*?)```", section, re.DOTALL)
]
LOADED = ("id", "url", "title", "body", "authors", "related_links", "is_paywalled", "word_count", "version")
COUNT = {  # what each snippet has loaded, as a number of rows
    "DuckDB": "len(articles.fetchall())",
    "polars": "articles.collect().height",
    "pyarrow": "articles.count_rows()",
    "pandas": "len(articles)",
    "Hugging Face datasets": "len(articles)",
}


@pytest.fixture(scope="module")
def sample(tmp_path_factory) -> Crawl:
    """A crawl of the sample, in front of whose file stands one whose nullable fields are all null."""
    home = tmp_path_factory.mktemp("loading")
    done = crawl("sample", home / "output")
    assert done.code == 0, done.stderr
    empty = {column.name for column in schema.columns() if column.nullable}
    first = {name: None if name in empty else value for name, value in done.records[0].items()}
    first |= {"id": "n0", "authors": [], "tags": [], "related_links": []}
    folder = home / "output/articles/dt=2026-01-01"
    folder.mkdir()
    (folder / "20260101T000000Z-000000.jsonl").write_text(json.dumps(first) + "\n")
    return done


def scrapy(*arguments: str) -> subprocess.CompletedProcess[str]:
    return run(*arguments)


def test_every_record_of_a_crawl_fits_the_printed_schema(sample):
    validator = jsonschema.Draft202012Validator(json.loads(scrapy("schema").stdout))

    assert len(sample.records) == 25
    for record in sample.records:
        validator.validate(record)


@pytest.mark.parametrize("name", schema.FORMATS)
def test_each_format_is_printed(name):
    assert scrapy("schema", "--format", name).stdout == schema.FORMATS[name]() + "\n"


def test_an_unknown_format_is_one_sentence():
    done = scrapy("schema", "--format", "xsd")

    assert done.returncode == 2
    assert done.stderr == "newscrawl: no schema format is called 'xsd'; there are " + ", ".join(schema.FORMATS) + "\n"


@pytest.mark.parametrize(("language", "code"), SNIPPETS)
def test_a_documented_snippet_loads_every_record(sample, request, language, code):
    home: Path = sample.output.parent
    heading = request.node.callspec.id
    if language == "python":
        pytest.importorskip({"Hugging Face datasets": "datasets"}.get(heading, heading.lower()))
        command = [sys.executable, "-c", f"{code}\nassert {COUNT[heading]} == {len(sample.records)}, {COUNT[heading]}"]
    elif shutil.which("jq") is None:
        pytest.skip("jq is not installed")
    else:
        command = ["sh", "-ec", code]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "HF_HUB_OFFLINE": "1", "HF_HOME": str(home / "hf")}
    done = subprocess.run(command, cwd=home, env=environment, capture_output=True, text=True, timeout=240, check=False)

    assert done.returncode == 0, done.stderr[-2000:]
    if heading == "jq":
        assert done.stdout.splitlines() == [
            "\t".join((record["published_at"], record["title"], record["url"]))
            for record in sample.records
            if (record["language"] or "").startswith("de")
        ]
    if heading.startswith("Elasticsearch"):
        lines = [json.loads(line) for line in (home / "bulk.ndjson").read_text("utf-8").splitlines()]
        loaded = {line["index"]["_id"]: record for line, record in zip(lines[::2], lines[1::2], strict=True)}
        assert loaded == {f"{record['id']}-1": record for record in sample.records}
        assert len(lines) == 2 * len(sample.records)


def test_the_documented_lines_for_postgresql_load_every_record_once(sample, postgres_server, tmp_path):  # noqa: F811
    section = LOADING.split("\n## PostgreSQL\n")[1].split("\n## ")[0]
    lines = "\n".join(line[4:] for line in section.splitlines() if line.startswith("    "))
    database = ["-d", f"host={postgres_server.folder} user=tests dbname=postgres"]
    psql = [str(postgres_server.binaries / "psql"), "-X", "-v", "ON_ERROR_STOP=1", "-Atq", *database]

    def ask(text: str) -> str:
        done = subprocess.run(
            psql, cwd=sample.output.parent, input=text, capture_output=True, text=True, timeout=60, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    ask("CREATE SCHEMA loading;")
    ask(f"SET search_path = loading;\n{scrapy('schema', '--format', 'sql').stdout}")
    for _ in range(2):  # what is there is not loaded again
        ask(f"SET search_path = loading;\n{lines}\n")
    loaded = ask(f"SELECT json_build_array({', '.join(LOADED)}) FROM loading.articles;")

    rows = [json.loads(line) for line in loaded.splitlines()]
    assert sorted(rows, key=str) == sorted(([record[name] for name in LOADED] for record in sample.records), key=str)
    ask("DROP SCHEMA loading CASCADE;")


def test_arrow_reads_types_and_values_alike_to_polars_and_duckdb(sample):
    arrow, polars, duckdb = (pytest.importorskip(name) for name in ("pyarrow.dataset", "polars", "duckdb"))
    paths = sorted(map(str, sample.output.glob("articles/*/*.jsonl")))
    table = arrow.dataset(paths, schema=schema.arrow(), format="json").to_table()
    rows = [*table.to_pylist()]

    assert polars.read_ndjson(paths, schema=schema.polars()).to_dicts() == rows
    relation = duckdb.read_json(paths, columns=schema.duckdb(), format="newline_delimited", hive_partitioning=False)
    assert relation.columns == list(FIELDS)
    assert relation.project("url, word_count, related_links").fetchall() == [
        (row["url"], row["word_count"], row["related_links"]) for row in rows
    ]
    assert [row["published_at"].strftime("%Y-%m-%dT%H:%M:%SZ") for row in rows if row["published_at"]] == [
        record["published_at"] for record in sample.records if record["published_at"]
    ]
