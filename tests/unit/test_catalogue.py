"""A big sites file: read in pieces into an index, and from there source by source."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from newscrawl.arguments import CrawlOptions, parse_arguments
from newscrawl.errors import UsageError
from newscrawl.sources import catalogue, pieces
from newscrawl.sources.catalogue import Catalogue, by_name, is_drawn, private_hosts

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
SITES = """\
['a b']
url = "a.example"
headers = { X-B = "3" }

[b]
feeds = ["http://127.0.0.1:8000/feed"]
since = 2026-11-01
[b.cookies]
edition = "at"

[c] # off
url = "c.example"
enabled = false

["d.example"]
url = "d.example"
since = "2d"
deny = [{ path = "^/sport" }, "/live/"]

[site."a.example"]
title = "h1.headline"

[e]
urls = "list.txt"

[site."d.example"]
title = "h1"

[defaults]
delay = 2
headers = { X-A = "1", X-B = "2" }
"""


@pytest.fixture(autouse=True)
def small(monkeypatch):
    """All files are big ones, and each table a piece."""
    monkeypatch.setattr(catalogue, "BIG", 0)
    monkeypatch.setattr(pieces, "PIECE", 0)


def read(tmp_path, text: str | bytes = SITES, **arguments: str) -> CrawlOptions:
    (tmp_path / "sites.toml").write_bytes(text.encode() if isinstance(text, str) else text)
    given = {"sites": str(tmp_path / "sites.toml")} | arguments
    return parse_arguments(given, NOW, folder=tmp_path / ".sites")


def whole(tmp_path, monkeypatch, text: str | bytes = SITES, **arguments: str) -> CrawlOptions:
    with monkeypatch.context() as patched:
        patched.setattr(catalogue, "BIG", 1 << 30)
        return read(tmp_path, text, **arguments)


@pytest.fixture(autouse=True)
def listing(tmp_path):
    (tmp_path / "list.txt").write_text("http://10.0.0.1/story\n", "utf-8")


@pytest.mark.parametrize(
    "arguments", [{}, {"since": "3d", "until": "1d"}, {"force": "1"}, {"url": "x.example,http://localhost/"}], ids=str
)
@pytest.mark.parametrize("text", [SITES, SITES.replace("\n", "\r\n"), "\ufeff" + SITES], ids=["lf", "crlf", "bom"])
def test_an_index_has_the_sources_of_the_file(tmp_path, monkeypatch, text, arguments):
    expected = whole(tmp_path, monkeypatch, text, **arguments)

    options = read(tmp_path, text, **arguments)

    assert isinstance(options.sources, Catalogue)
    assert [*options.sources] == [*expected.sources]
    assert by_name(options.sources) == by_name(expected.sources)
    assert options.sources[-1] == expected.sources[-1]
    assert len(options.sources) == len(expected.sources)
    assert options.site_rules == expected.site_rules
    assert private_hosts(options.sources) == private_hosts(expected.sources)
    assert is_drawn(options.sources) == is_drawn(expected.sources)


@pytest.mark.parametrize(
    "text",
    [
        '[a]\nurl = "a.example"\nlabel = """\n[b]\n"""\n',
        '[a]\nurl = [\n"a.example",\n"b.example"\n]\n[c]\nurl="c.example"\n',
        '[a]\nurl = "a.example"\n[b]\nurl = "b.example"\n[a.headers]\nX-A = "1"\n',
        '[a.headers]\nX-A = "1"\n[b]\nurl = "b.example"\n[a]\nurl = "a.example"\n',
        '[site."a.example"]\ntitle = "h1"\n[b]\nurl = "b.example"\n[site]\nurl = "site.example"\n',
        "nothing = 1\n[a]\nurl = 'a.example'\n",
        "[a]\nurl = 'a.example'\n[a]\nurl = 'b.example'\n",
        "[defaults]\n[a]\nurl = 'a.example'\n[defaults]\nlimit = 1\n",
        "[a]\nurl = 'a.example'\nx = 1\n",
        "[a]\nurl = 'a.example'\n[b]\nlimit = 1\n",
        "[a]\nurl = 'a.example'\n[b]\nurl = 'b.example'\nlimit = 'many'\n",
        "[a]\nurl = 'a.example'\n[b\nurl = 'b.example'\n",
        "[a]\nurl = 'a.example'\nenabled = false\n",
        "[a]\nurl = 'a.example'\n[b]\nurls = 'missing.txt'\n",
        b"[a]\nurl = 'a.example'\n[b]\nurl = '\xff'\n",
        "",
    ],
)
def test_a_file_that_cannot_be_read_in_pieces_is_read_at_once_with_the_same_sentence(tmp_path, monkeypatch, text):
    def outcome(read_it) -> object:
        try:
            return [*read_it().sources]
        except UsageError as error:
            return str(error)

    assert outcome(lambda: read(tmp_path, text)) == outcome(lambda: whole(tmp_path, monkeypatch, text))


def test_an_index_is_made_once_for_each_content_of_the_file(tmp_path):
    def made() -> int:
        read(tmp_path)
        (index,) = (tmp_path / ".sites").iterdir()
        return index.stat().st_ino

    first = made()

    assert made() == first
    assert {source.name for source in read(tmp_path, SITES + '[f]\nurl = "f.example"\n').sources} >= {"f"}
    assert made() != first


def test_an_index_that_is_torn_is_made_anew(tmp_path):
    expected = [*read(tmp_path).sources]
    (index,) = (tmp_path / ".sites").iterdir()
    index.write_bytes(index.read_bytes()[:5000])

    assert [*read(tmp_path).sources] == expected


def test_what_stands_in_a_list_is_read_each_time(tmp_path):
    read(tmp_path)
    (tmp_path / "list.txt").write_text("http://10.0.0.2/other\n", "utf-8")

    sources = read(tmp_path).sources

    assert by_name(sources)["e"].listed == ("http://10.0.0.2/other",)
    assert private_hosts(sources) == {"127.0.0.1:8000", "10.0.0.2:80"}


def test_a_dry_run_and_a_folder_that_cannot_be_written_leave_no_index(tmp_path):
    sources = read(tmp_path, dry_run="1").sources
    assert not (tmp_path / ".sites").exists()
    (tmp_path / ".sites").write_text("a file", "utf-8")

    again = read(tmp_path).sources

    assert [replace(source, scheduled=False) for source in again] == [*sources]
    assert (tmp_path / ".sites").read_text("utf-8") == "a file"


@pytest.mark.parametrize(
    ("by_time", "expected"), [(True, ["x", "b", "e", "a b"]), (False, ["x", "a b", "b", "e"])], ids=["time", "file"]
)
def test_what_is_due_comes_in_order(tmp_path, by_time, expected):
    """A source of which the store knows nothing first, a list in any case, one of another file not at all."""
    sources = read(tmp_path, url="x.example").sources
    assert isinstance(sources, Catalogue)
    rows = [("a b", 7), ("a b", 9), ("d.example", None), ("e", None), ("other", 1)]

    sources.keep_due(iter(rows), by_time=by_time)

    assert [source.name.removeprefix("https://").removesuffix(".example/") for source in sources.due()] == expected
