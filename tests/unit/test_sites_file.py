"""What a sites file may say of a source, and what a mistake in it is answered with."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from newscrawl.errors import UsageError
from newscrawl.sources.file import read_sites_file
from newscrawl.sources.source import Source, UrlPattern

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)


def read(tmp_path, text: str | bytes):
    path = tmp_path / "sites.toml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_sites_file(path, None, NOW)


def test_defaults_hold_unless_a_table_says_otherwise(tmp_path):
    first, second = read(
        tmp_path,
        '[defaults]\nlimit = 5\ndelay = 1\nheaders = { X-A = "1", X-B = "2" }\n'
        '[a]\nurl = "a.example"\n[b]\nurl = "b.example"\nlimit = 7\nheaders = { X-B = "3" }\n',
    )

    assert (first.limit, first.delay_s, first.headers) == (5, 1.0, {"X-A": "1", "X-B": "2"})
    assert (second.limit, second.headers) == (7, {"X-A": "1", "X-B": "3"})


def test_feeds_sitemaps_and_sections_are_read_beside_the_url(tmp_path):
    (source,) = read(
        tmp_path,
        '[a]\nurl = "a.example"\nfeeds = ["a.example/f"]\nsitemaps = "a.example/s"\nsections = ["a.example/c"]\n',
    )

    assert source.urls == ("a.example", "a.example/f", "a.example/s", "a.example/c")


def test_a_source_that_is_not_enabled_is_left_out(tmp_path):
    assert [s.name for s in read(tmp_path, '[a]\nurl = "a.example"\nenabled = false\n[b]\nurl = "a.example"\n')] == [
        "b"
    ]


def test_a_byte_order_mark_is_no_mistake(tmp_path):
    assert [s.name for s in read(tmp_path, b'\xef\xbb\xbf[a]\nurl = "a.example"\n')] == ["a"]


def test_what_a_table_says_of_its_source_is_what_the_source_is(tmp_path):
    (source,) = read(
        tmp_path,
        '[defaults]\ncookies = { consent = "yes" }\n[a]\nurl = "a.example"\nlabel = "The A"\ntags = ["x", "y", "x"]\n'
        'language = "de-AT"\nconcurrency = 2\ncookies = { edition = "at" }\nrobots_unreachable = "allow"\n'
        'interval_min = "30m"\ninterval_max = "1d"\nrevisit = false\n',
    )

    assert (source.title, source.tags, source.language, source.concurrency) == ("The A", ("x", "y"), "de-at", 2)
    assert (source.keeps_cookies, source.own_cookies) == (True, {"consent": "yes", "edition": "at"})
    assert (source.interval_min_s, source.interval_max_s, source.revisit) == (1800.0, 86400.0, False)
    assert (source.robots_unreachable, source.headers) == ("allow", {"Accept-Language": "de-at"})


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (b'[a]\nurl = "a.example"\n# caf\xe9\n', "line 3 is not UTF-8; save the file as UTF-8"),
        ('[El País]\nurl = "a.example"', 'the name of [El País] needs quotes; write ["El País"]'),
        ('[The Wire]\nurl = "a.example"', 'the name of [The Wire] needs quotes; write ["The Wire"]'),
        ('[a]\nurl = "a.example"\ndelya = 3', "[a]: unknown key 'delya'; did you mean 'delay'?"),
        ('[defaults]\nurl = "a.example"', "[defaults]: unknown key 'url'"),
        ("[defaults]\nlimit = 3", "names no source"),
        ('[a]\nurl = "a.example"\nenabled = false', "has no source that is enabled"),
        ('[a]\nurl = "a.example"\nenabled = "no"', "[a]: enabled = 'no' is neither true nor false"),
        ('[a]\nurl = ["a.example", 3]', "[a]: url is no URL and no list of URLs"),
        ('[a]\nfeeds = "ftp://a.example/"', "[a]: url=ftp://a.example/ is not an http or https URL"),
        ('[a]\nurl = "a.example"\nlimit = 0', "[a]: limit=0 is not a number of articles"),
        ('[a]\nurl = "a.example"\ndelay = "2s"', "[a]: delay = '2s' is not a number of seconds"),
        ('[a]\nurl = "a.example"\nallow = "("', "[a]: allow: '(' is no regular expression"),
        ('[a]\nurl = "a.example"\ndeny = [{ pth = "x" }]', "[a]: deny: unknown part 'pth'; did you mean 'path'?"),
        ('[a]\nurl = "a.example"\ndeny = 3', "[a]: deny: 3 is no pattern"),
        ('[a]\nurl = "a.example"\nheaders = { "a b" = "x" }', "[a]: headers: 'a b' is not the name of a header"),
        ('[a]\nurl = "a.example"\nlanguage = "German"', "[a]: language = 'German' is not the code of a language"),
        (
            '[a]\nurl = "a.example"\nconcurrency = 0',
            "write a whole number from 1 to 64",
        ),
        ('[a]\nurl = "a.example"\ncookies = "yes"', "[a]: cookies is neither true nor false nor a table"),
        ('[a]\nurl = "a.example"\ncookies = { a = "b; c" }', "[a]: cookies.a = 'b; c' holds a semicolon"),
        ('[a]\nurl = "a.example"\nrobots = "allow"', "[a]: unknown key 'robots'; did you mean 'robots_unreachable'?"),
        ('[a]\nurl = "a.example"\nrobots_unreachable = "alow"', "[a]: robots_unreachable = 'alow' is not one of"),
        ('[a]\nurl = "a.example"\ninterval_min = 10', "[a]: interval_min = 10 is not a length of time"),
        ('[a]\nurl = "a.example"\ninterval_min = "2d"\ninterval_max = "1h"', 'interval_min = "2d" is longer than'),
        ('[a]\nurl = "a.example"\nrevisit = 1', "[a]: revisit = 1 is neither true nor false"),
        ('[a]\nurl = "a.example"\ntags = [1]', "[a]: tags = [1] is no list of words"),
        ('[a]\nurl = "a.example"\nlabel = "a\\nb"', "[a]: label = 'a\\nb' is not one line of text"),
        ('[defaults]\nlabel = "x"', "[defaults]: unknown key 'label'"),
        ('[news.a.example]\nurl = "a.example"', '["news.a.example"] with quotes'),
        ('[a]\nurl = "a.example"\nuser_agent = "a\\nb"', "[a]: user_agent = 'a\\nb' is not one line of ASCII text"),
    ],
)
def test_a_mistake_names_file_table_and_key_in_one_sentence(tmp_path, text, sentence):
    with pytest.raises(UsageError) as error:
        read(tmp_path, text)

    assert str(error.value).startswith(f"sites={tmp_path / 'sites.toml'}")
    assert sentence in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("allow", "deny", "wanted"),
    [
        ((), (), True),
        ((UrlPattern(path="^/news/"),), (), True),
        ((UrlPattern(path="^/sport/"),), (), False),
        ((UrlPattern(path="^/sport/"), UrlPattern(host="^a[.]")), (), True),
        ((UrlPattern(host="^b[.]", path="^/news/"),), (), False),
        ((), (UrlPattern(query="x=1"),), False),
        ((UrlPattern(url="news"),), (UrlPattern("/1"),), False),
    ],
)
def test_deny_wins_over_allow_and_one_of_several_is_enough(allow, deny, wanted):
    assert Source("a", allow=allow, deny=deny).wants("https://a.example/news/1?x=1") is wanted
