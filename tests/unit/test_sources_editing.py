"""Entries are added to a sites file as a person would, and lists of feeds are read and written."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from newscrawl.errors import UsageError
from newscrawl.sources.editing import Entry, add_entries, name_of
from newscrawl.sources.file import read_sites_file
from newscrawl.sources.opml import read_opml, write_opml

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
OPML = """<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0"><body>
  <outline text="Norden &amp; Süden">
    <outline type="rss" text="Aftenbladet" xmlUrl="https://a.example/feed" htmlUrl="https://a.example" language="nb"/>
    <outline text="Lokalt"><outline type="rss" text="Bygda" xmlUrl="https://b.example/rss"/></outline>
  </outline>
  <outline text="a folder of nothing"/>
  <outline text="broken" xmlUrl="feed:nothing"/>
</body></opml>"""


def test_comments_and_order_of_what_stands_in_the_file_stay(tmp_path):
    path = tmp_path / "sites.toml"
    before = '# ours\n[defaults]\nsince = "2d" # two days\n\n[b]   # the second\nurl = "https://b.example"'
    path.write_text(before, "utf-8")

    added, left = add_entries(path, [Entry("a", {"url": "https://a.example", "tags": ["x"], "label": ""})])

    assert (added, left) == (["a"], [])
    assert path.read_text("utf-8") == f'{before}\n\n[a]\nurl = "https://a.example"\ntags = ["x"]\n'


def test_a_file_that_is_not_there_is_made(tmp_path):
    path = tmp_path / "new" / "sites.toml"

    add_entries(path, [Entry("news.example.com", {"url": "news.example.com"})])

    assert [source.urls for source in read_sites_file(path, None, NOW)] == [("news.example.com",)]


def test_a_url_that_a_table_has_is_left_out_and_a_name_that_is_taken_gets_a_number(tmp_path):
    path = tmp_path / "sites.toml"
    path.write_text('[a]\nfeeds = ["https://a.example/feed"]\n', "utf-8")

    added, left = add_entries(
        path,
        [Entry("x", {"feeds": ["a.example/feed"]}), Entry("a", {"url": "c.example"}), Entry("a", {"url": "d.example"})],
    )

    assert (added, left) == (["a 2", "a 3"], ["x"])


def test_a_file_that_is_no_toml_is_not_touched(tmp_path):
    path = tmp_path / "sites.toml"
    path.write_text("[a\n", "utf-8")

    with pytest.raises(UsageError):
        add_entries(path, [Entry("b", {"url": "b.example"})])

    assert path.read_text("utf-8") == "[a\n"


def test_an_opml_list_becomes_sources_with_its_folders_as_tags(tmp_path):
    (tmp_path / "in.opml").write_text(OPML, "utf-8")
    path = tmp_path / "sites.toml"

    add_entries(path, read_opml(tmp_path / "in.opml"))

    first, second = read_sites_file(path, None, NOW)
    assert (first.name, first.urls, first.tags) == ("Aftenbladet", ("https://a.example/feed",), ("Norden & Süden",))
    assert (first.language, second.name, second.tags) == ("nb", "Bygda", ("Norden & Süden", "Lokalt"))


def test_sources_that_are_written_as_opml_are_read_as_the_same(tmp_path):
    (tmp_path / "in.opml").write_text(OPML, "utf-8")
    entries = read_opml(tmp_path / "in.opml")
    add_entries(tmp_path / "sites.toml", entries)
    sources = read_sites_file(tmp_path / "sites.toml", None, NOW)

    (tmp_path / "out.opml").write_bytes(write_opml(sources, "sites"))

    again = read_opml(tmp_path / "out.opml")
    assert [(e.name, e.urls, set(e.values["tags"])) for e in again] == [
        (e.name, e.urls, set(e.values["tags"])) for e in entries
    ]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is no OPML"),
        (b"[a]\nurl = 'b'", "is no OPML"),
        (b"<rss/>", "is no OPML"),
        (b"<opml><body/></opml>", "names no feed"),
    ],
)
def test_what_is_no_list_of_feeds_gets_one_sentence(tmp_path, content, sentence):
    (tmp_path / "in.opml").write_bytes(content)

    with pytest.raises(UsageError, match=sentence):
        read_opml(tmp_path / "in.opml")


def test_an_entity_of_an_opml_file_reads_no_other_file(tmp_path):
    (tmp_path / "secret").write_text("secret", "utf-8")
    (tmp_path / "in.opml").write_text(
        f'<!DOCTYPE opml [<!ENTITY e SYSTEM "file://{tmp_path}/secret">]><opml><body>'
        '<outline text="a" xmlUrl="https://a.example/"/>&e;</body></opml>',
        "utf-8",
    )

    assert [entry.name for entry in read_opml(tmp_path / "in.opml")] == ["a"]


@pytest.mark.parametrize(
    ("url", "name"),
    [("www.a.example", "a.example"), ("https://a.example/en/", "a.example/en"), ("http://127.0.0.1:80/", "127.0.0.1")],
)
def test_a_source_is_called_by_its_host_and_path(url, name):
    assert name_of(url) == name
