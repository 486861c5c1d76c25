"""A person's mistakes, one a row: each is answered with one sentence that says what came and what to do."""

from __future__ import annotations

import re

import pytest

from newscrawl.configuration import Configuration
from newscrawl.errors import UsageError
from newscrawl.process import read_arguments
from newscrawl.spiders.news import NewsSpider

WHAT_TO_DO = re.compile(r"; |\bdid you mean\b|\bwrite\b|\bknown are\b|is not TOML: ")

ARGUMENTS = [
    *({"url": url} for url in ("", "   ", ",", "ftp://a.example/", "file:///etc/passwd", "javascript:alert(1)")),
    *({"url": url} for url in ("http://", "https:///path", "http://[::1", "exa mple.com", "http://a.example:99999/")),
    *(
        {"url": url}
        for url in ("http://a.example:abc/", "mailto:a@b.example", "http://a..example/", "http://-a.example")
    ),
    *({"url": url} for url in ("a.example;b.example", "a.example b.example", "{here}/list.txt", "tel:+49")),
    *(
        {"urls": name}
        for name in ("", "none.txt", "{here}", "{here}/binary.txt", "{here}/bad.txt", "{here}/none/x.txt")
    ),
    *({"sites": name} for name in ("", "none.toml", "{here}", "{here}/binary.txt")),
    *(
        {"since": text}
        for text in ("yesterday", "2d3", "-2d", "2026-13-01", "", "99999999d", "01.11.2026", "2999-01-01")
    ),
    *({"since": text} for text in ("2999-01-01", "2 days", "2D", "1y", "26-11-01", "now", "2026-11-31")),
    *({"limit": text} for text in ("0", "-1", "ten", "1.5", "", "1e9", "1_0", "٣٤", "+5")),
    *({"dry_run": text} for text in ("maybe", "2", "ja")),
    *({"quiet": text} for text in ("very", "-1")),
    *({"force": text} for text in ("x", "2")),
    *({name: "a.example"} for name in ("ulr", "URL", "start_urls", "feed", "domain", "output", "site", "srl")),
    *({name: "2d"} for name in ("sinc", "from", "until_date", "Since", "days", "age", "max", "limits", "dry-run")),
]

SITES = [
    "",
    "[a]",
    "[a]\nurl=1",
    '[a]\nurl=""',
    '[a]\nurl="ftp://a.example"',
    "[a]\nurl=a.example",
    '[a]\nulr="a.example"',
    'a="a.example"',
    'url="a.example"',
    '[a]\nurl="a.example"\n[a]\nurl="b.example"',
    '[a]\nurl="a.example"\nsince=2',
    '[a]\nurl="a.example"\nsince="soon"',
    '[a]\nurl="a.example"\nlimit=0',
    '[a]\nurl="a.example"\nlimit="all"',
    '[a]\nurl="a.example"\ndelay=-1',
    '[a]\nurl="a.example"\ndelay="2"',
    '[a]\nurl="a.example"\ndelay=inf',
    '[a]\nurl="a.example"\nallow="("',
    '[a]\nurl="a.example"\nallow=["("]',
    '[a]\nurl="a.example"\nallow=[{hots="x"}]',
    '[a]\nurl="a.example"\nheaders="x"',
    '[a]\nurl="a.example"\nheaders={X=1}',
    '[a]\nurl="a.example"\nheaders={"X Y"="1"}',
    '[a]\nurl="a.example"\nheaders={X="a\\nb"}',
    '[a]\nurl="a.example"\nuser_agent=1',
    '[a]\nurl="a.example"\nenabled="no"',
    "[a]\nfeeds=[]",
    "[a]\nfeeds=[1]",
    '[a]\nsitemaps=["ftp://a.example"]',
    '[defaults]\nurl="a.example"',
    '[defaults]\nsince="2d"',
    '[defaults]\nsince="x"\n[a]\nurl="a.example"',
    'The Wire="x"',
    '[The Wire]\nurl="a.example"',
    '[a]\nurl="a.example"\nconcurrency=0',
    '[a]\nurl="a.example"\nconcurrency=1.5',
    '[a]\nurl="a.example"\ncookies="x"',
    '[a]\nurl="a.example"\nrobots="ignore"',
    '[a]\nurl="a.example"\nlabel=1',
    '[a]\nurl="a.example"\nlanguage="deutsch"',
    '[a.b]\nurl="a.example"',
    '[[a]]\nurl="a.example"',
    '{"a": {"url": "a.example"}}',
    "a:\n  url: a.example",
    '[a]\nurl="a.example"\nenabled=false',
]

SETTINGS = [
    *(("OUTPUT_DIR", value) for value in ("", "\0", "  ")),
    *(("DUPLICATES", value) for value in ("DROP", "x", "")),
    *(("DEDUP_WINDOW_DAYS", value) for value in ("0", "-1", "x", "1.5", "", "two weeks")),
    *(("DEDUP_KEYS_DAYS", value) for value in ("x", "0")),
    *(("ROBOTS_UNREACHABLE", value) for value in ("ignore", "1")),
    *(("CRAWL_DELAY_MAX_S", value) for value in ("-1", "x", "1e99")),
    *(("RETRY_AFTER_MAX_S", value) for value in ("nan", "inf", "2m")),
    *(("MAX_DOCUMENTS", value) for value in ("-1", "many")),
    *(("MAX_LISTED_ARTICLES", value) for value in ("-1", "x")),
    *(("MAX_FAILURES", value) for value in ("x", "-5")),
    *(("RESPECT_AI_OPT_OUT", value) for value in ("2", "ja")),
    *(("ALLOW_PRIVATE", value) for value in ("10.0.0.0/99", "http://a.example", "10.0.0.0/8/8")),
    *(("WORKERS", value) for value in ("many", "-1", "1000", "all")),
    *(("PARSE_TIMEOUT_S", value) for value in ("0", "-5", "10s")),
    *(("PARSE_MEMORY_MIB", value) for value in ("-1", "256M")),
    *(("WORKER_TASKS", value) for value in ("0", "x")),
    *(("LOOP_WATCH", "x"), ("PARTS", "itmes"), ("WORKER", "1"), ("OUTPUT", "x"), ("LIMIT", "3"), ("DEBUG", "1")),
]


def files(here) -> None:
    (here / "list.txt").write_text("https://a.example/1\n", "utf-8")
    (here / "binary.txt").write_bytes(b"\xff\xfe\x00\x01")
    (here / "bad.txt").write_text("https://a.example/1\nnot a url\n", "utf-8")


def check(sentence: str) -> None:
    assert "\n" not in sentence
    assert "Traceback" not in sentence
    assert WHAT_TO_DO.search(sentence), sentence


def test_there_are_as_many_mistakes_as_people_were_seen_to_make():
    assert len(ARGUMENTS) + len(SITES) + len(SETTINGS) >= 129


@pytest.mark.parametrize("given", ARGUMENTS, ids=str)
def test_a_mistake_in_the_arguments_is_one_sentence_that_says_what_to_do(given, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    files(tmp_path)
    ((name, value),) = given.items()
    value = value.replace("{here}", str(tmp_path))

    with pytest.raises(UsageError) as error:
        read_arguments(NewsSpider, {"url": "a.example", name: value} if name != "url" else {name: value})

    assert error.value.exit_code == 2
    assert name in str(error.value)
    assert value.strip() in str(error.value) or f"'{name}'" in str(error.value)
    check(str(error.value))


@pytest.mark.parametrize("text", SITES)
def test_a_mistake_in_the_sites_file_is_one_sentence_that_says_what_to_do(text, tmp_path):
    path = tmp_path / "sites.toml"
    path.write_text(text, "utf-8")

    with pytest.raises(UsageError) as error:
        read_arguments(NewsSpider, {"sites": str(path)})

    assert error.value.exit_code == 2
    assert str(path) in str(error.value)
    check(str(error.value))


@pytest.mark.parametrize(("name", "value"), SETTINGS)
def test_a_mistake_in_the_settings_is_one_sentence_that_says_what_to_do(name, value):
    with pytest.raises(UsageError) as error:
        Configuration.read({f"NEWSCRAWL_{name}": value})

    assert error.value.exit_code == 2
    assert f"NEWSCRAWL_{name}" in str(error.value)
    check(str(error.value))
