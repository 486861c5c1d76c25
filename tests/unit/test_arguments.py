"""What a person may type after ``-a``, and what a mistake is answered with."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest

from newscrawl.arguments import parse_arguments
from newscrawl.errors import UsageError
from newscrawl.sources.catalogue import private_hosts

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def options(**given):
    return parse_arguments(given, NOW)


def test_each_url_is_a_source_of_its_own():
    sources = options(url="https://a.example, b.example/feed.xml").sources

    assert [(s.name, s.urls) for s in sources] == [
        ("https://a.example/", ("https://a.example",)),
        ("https://b.example/feed.xml", ("b.example/feed.xml",)),
    ]


@pytest.mark.parametrize(
    ("url", "names"),
    [
        ("https://a.example/p?ids=1,2", ["https://a.example/p?ids=1%2C2"]),
        ("localhost:8000,127.0.0.1:9000/x", ["https://localhost:8000/", "https://127.0.0.1:9000/x"]),
        ("http://[::1]:8000/", ["http://[::1]:8000/"]),
    ],
)
def test_a_comma_parts_urls_but_not_a_query(url, names):
    found = [s.name.replace("1,2", "1%2C2") for s in options(url=url).sources]

    assert found == names


@pytest.mark.parametrize(
    ("since", "moment"),
    [
        ("2d", datetime(2026, 11, 21, 12, tzinfo=UTC)),
        ("90m", datetime(2026, 11, 23, 10, 30, tzinfo=UTC)),
        ("1w", datetime(2026, 11, 16, 12, tzinfo=UTC)),
        ("2026-11-01", datetime(2026, 11, 1, tzinfo=UTC)),
        ("2026-11-01T10:00:00+02:00", datetime(2026, 11, 1, 8, tzinfo=UTC)),
    ],
)
def test_since_is_an_age_or_a_date(since, moment):
    assert options(url="a.example", since=since).sources[0].since == moment


def test_a_list_of_urls_is_one_source(tmp_path):
    (tmp_path / "list.txt").write_text("# mine\nhttps://a.example/1\n\na.example/2\nhttps://a.example/1\n", "utf-8")

    (source,) = options(urls=str(tmp_path / "list.txt")).sources

    assert source.listed == ("https://a.example/1", "https://a.example/2")


def test_a_dash_reads_the_list_from_standard_input(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"https://a.example/1\n")))

    assert options(urls="-").sources[0].listed == ("https://a.example/1",)


def test_a_sites_file_names_sources_with_keys_of_their_own(tmp_path):
    path = tmp_path / "sites.toml"
    path.write_text(
        '[gazette]\nurl = "https://gazette.example"\nsince = "1d"\n'
        '[wire]\nurl = ["https://w.example", "w.example/feed"]\n',
        "utf-8",
    )

    gazette, wire = options(sites=str(path), since="2d").sources

    assert (gazette.name, gazette.urls, gazette.since) == (
        "gazette",
        ("https://gazette.example",),
        datetime(2026, 11, 22, 12, tzinfo=UTC),
    )
    assert (wire.name, wire.urls, wire.since) == (
        "wire",
        ("https://w.example", "w.example/feed"),
        datetime(2026, 11, 21, 12, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({}, "usage: scrapy crawl news"),
        ({"limit": "3"}, "usage: scrapy crawl news"),
        ({"ulr": "https://a.example"}, "unknown argument 'ulr'; did you mean 'url'?"),
        ({"url": "a.example", "sinse": "2d"}, "unknown argument 'sinse'; did you mean 'since'?"),
        ({"url": ""}, "url= is empty"),
        ({"url": "ftp://a.example/x"}, "url=ftp://a.example/x is not an http or https URL"),
        ({"url": "a.example", "limit": "many"}, "limit=many is not a number of articles"),
        ({"url": "a.example", "limit": "0"}, "limit=0 is not a number of articles"),
        ({"url": "a.example", "since": "yesterday"}, "since=yesterday is neither an age nor a date"),
        ({"url": "a.example", "since": "999999w"}, "since=999999w is neither an age nor a date"),
        ({"url": "a.example", "dry_run": "maybe"}, "dry_run=maybe is neither yes nor no"),
        ({"urls": "/no/such/file"}, "urls=/no/such/file cannot be read: No such file or directory"),
        ({"sites": "/no/such/file"}, "sites=/no/such/file cannot be read: No such file or directory"),
    ],
)
def test_a_mistake_is_one_sentence(given, sentence):
    with pytest.raises(UsageError) as error:
        options(**given)

    assert str(error.value).startswith(sentence)
    assert sentence.startswith("usage") or "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("no toml", "is not TOML"),
        ("", "names no source"),
        ("x = 1", "'x' stands outside a table"),
        ("[a]\nlimit = 3", "[a]: neither url nor urls"),
        ('[a]\nur = "x.example"', "[a]: unknown key 'ur'; did you mean 'url'?"),
    ],
)
def test_a_mistake_in_the_sites_file_is_one_sentence(tmp_path, text, sentence):
    path = tmp_path / "sites.toml"
    path.write_text(text, "utf-8")

    with pytest.raises(UsageError) as error:
        options(sites=str(path))

    assert sentence in str(error.value)
    assert "\n" not in str(error.value)


def test_a_line_that_is_no_url_is_named_by_its_number(tmp_path):
    (tmp_path / "list.txt").write_text("https://a.example/1\nmailto:x@a.example\n", "utf-8")

    with pytest.raises(UsageError, match=r"line 2: 'mailto:x@a.example' is not an http or https URL"):
        options(urls=str(tmp_path / "list.txt"))


def test_named_hosts_are_the_addresses_that_the_person_typed():
    named = private_hosts(
        options(url="http://127.0.0.1:8900/x,localhost:9000,10.0.0.1,http://intranet.example/").sources
    )

    assert named == {"127.0.0.1:8900", "localhost:9000", "10.0.0.1:443", "10.0.0.1:80"}
