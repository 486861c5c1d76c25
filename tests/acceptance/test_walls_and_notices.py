"""Pages that are no story: one notice at many addresses, a wall that a whole host shows; the stories are not lost."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.crawling import FAST, Crawl, crawl
from tests.newspaper import article, headline, paragraphs
from tests.site import Site

NOTICES = {
    "a consent wall": (
        "en",
        "Your choices about cookies",
        "The paper and its sponsors keep small files on your device, and read what your browser tells about it.",
    ),
    "a German notice": (
        "de",
        "Dieser Beitrag steht nicht mehr bereit",
        "Aus rechtlichen Gründen bieten wir manche Texte nur eine begrenzte Zeit an. Das Archiv hilft weiter.",
    ),
    "a French notice": (
        "fr",
        "La suite est réservée",
        "Ce contenu sera publié dans quelques instants, nos équipes y travaillent encore et vous remercient.",
    ),
    "a Japanese notice": (
        "ja",
        "公開期間の終了",
        "掲載期間が過ぎたため読むことができません。別の記事をお読みください。" * 2,
    ),
    "a Russian notice": (
        "ru",
        "Доступ временно приостановлен",
        "Мы обновляем наш сайт и скоро вернёмся к вам с новыми материалами, спасибо за ваше терпение.",
    ),
}


def notice(name: str, reference: int = 0) -> str:
    lang, title, text = NOTICES[name]
    return (
        f"<!doctype html><html lang={lang}><head><meta charset=utf-8><title>{title}</title></head><body><main>"
        f"<h1>{title}</h1><p>{text}</p><p>{text[::-1] if lang == 'ja' else text.replace('.', '!')}</p>"
        f"<p>Ref. {reference}</p></main></body></html>"
    )


def feed(site: Site, numbers: Sequence[int], titles: Sequence[str] = ()) -> str:
    items = "".join(
        f"<item><title>{titles[n] if titles else headline(n)}</title><link>{site.url}/story-{n}</link></item>"
        for n in numbers
    )
    rss = f"<rss version='2.0'><channel><title>Post</title>{items}</channel></rss>"
    site.pages["/feed"] = (200, {"Content-Type": "application/rss+xml"}, rss.encode())
    return f"{site.url}/feed"


def urls(run: Crawl) -> list[str]:
    return sorted(record["url"].rpartition("/")[2] for record in run.records)


@pytest.mark.parametrize("name", ["a consent wall", "a Japanese notice", "a Russian notice"])
def test_one_page_at_many_addresses_is_no_story_of_any(name, tmp_path):
    with Site() as site:
        address = feed(site, range(4))
        for n in range(3):
            site.pages[f"/story-{n}"] = notice(name, n)
        site.pages["/story-3"] = article(3)
        before = urls(crawl("news", tmp_path, url=address))
        for n in range(3):
            site.pages[f"/story-{n}"] = article(n)
        after = urls(crawl("news", tmp_path, url=address))

    assert before == ["story-3"]
    assert after == ["story-0", "story-1", "story-2", "story-3"]


@pytest.mark.parametrize("length", [1, 40], ids=["short", "as long as a story"])
def test_links_to_one_address_that_is_about_none_of_them_are_no_story(length, tmp_path):
    with Site() as site:
        address = feed(site, range(4))
        for n in range(3):
            site.pages[f"/story-{n}"] = (302, {"Location": "/hinweis"}, b"")
        more = "".join(f"<p>{NOTICES['a German notice'][2]} {n}</p>" for n in range(length))
        site.pages["/hinweis"] = notice("a German notice").replace("</main>", f"{more}</main>")
        site.pages["/story-3"] = article(3)

        run = crawl("news", tmp_path, url=address)

    assert urls(run) == ["story-3"]
    assert {row["reason"] for row in run.rejected} == {"notice"}


def test_a_notice_is_known_when_it_comes_alone_in_a_later_run(tmp_path):
    with Site() as site:
        for n in range(3):
            site.pages[f"/story-{n}"] = notice("a French notice", n)
        crawl("news", tmp_path, url=feed(site, range(2)))
        run = crawl("news", tmp_path, url=feed(site, [2]))

    assert run.records == []


def test_a_story_under_another_headline_than_the_feeds_is_a_story(tmp_path):
    with Site() as site:
        site.pages["/story-1"] = article(1)
        site.pages["/story-2"] = article(2)
        address = feed(site, [1, 2], ["", "What we learned in Oslo", "Nine questions, answered"])

        run = crawl("news", tmp_path, url=address)

    assert urls(run) == ["story-1", "story-2"]


def test_two_short_links_to_one_story_are_one_story(tmp_path):
    with Site() as site:
        address = feed(site, [1, 2], ["", headline(9), headline(9)])
        site.pages["/story-1"] = site.pages["/story-2"] = (302, {"Location": "/real"}, b"")
        site.pages["/real"] = article(9)

        run = crawl("news", tmp_path, url=address)

    assert urls(run) == ["real"]


def test_entries_of_a_live_blog_that_lead_to_it_are_one_story(tmp_path):
    posts = "".join(f"<h2>{headline(n)}</h2><p>{paragraphs(n)[0]}</p>" for n in range(3))
    page = f"<html><body><article><h1>The day in Cork, live</h1>{posts}</article></body></html>"
    with Site() as site:
        address = feed(site, range(3))
        for n in range(3):
            site.pages[f"/story-{n}"] = page

        run = crawl("news", tmp_path, url=address)

    assert len(run.records) == 1


def rows(output: Path) -> list[tuple[int, int]]:
    """Return tries and pause of each URL that waits."""
    with sqlite3.connect(output / "state.sqlite") as store:
        return store.execute("select attempts, not_before from frontier order by url").fetchall()


WALLS: dict[str, tuple[int, dict[str, str], bytes]] = {
    "403": (403, {}, b"<h1>Forbidden</h1>"),
    "captcha": (
        200,
        {},
        b"<title>Just a moment...</title><p>Verifying you are human.</p><div id=challenge-form></div>",
    ),
    "maintenance": (200, {}, b"<title>Maintenance</title><h1>We'll be back soon</h1><p>Scheduled maintenance.</p>"),
    "401": (401, {"WWW-Authenticate": "Basic"}, b"<h1>Log in</h1>"),
}


@pytest.mark.parametrize("wall", WALLS)
def test_a_wall_before_a_whole_host_costs_its_urls_no_try(wall, tmp_path):
    with Site() as site:
        address = feed(site, range(60))
        for n in range(60):
            site.pages[f"/story-{n}"] = WALLS[wall]
        first = crawl("news", tmp_path, url=address, settings=FAST | {"CONCURRENT_REQUESTS": "4"})
        asked = sum(site.hits[f"/story-{n}"] for n in range(60))
        tries = {attempts for attempts, _ in rows(tmp_path)}
        for n in range(60):
            site.pages[f"/story-{n}"] = article(n)
        second = crawl("news", tmp_path, url=address)

    assert asked < 40
    assert tries == {0}
    assert first.code == 3
    (line,) = [line for line in first.stderr.splitlines() if "60 pages wait" in line]
    assert re.match(rf"  127\.0\.0\.1:{site.port} shows the same wall on 1\d pages in a row", line)
    assert first.manifests[0]["parked"][f"127.0.0.1:{site.port}"]["waiting"] == 60
    assert len(second.records) == 60


def test_the_pauses_of_a_walled_host_grow(tmp_path):
    with Site() as site:
        address = feed(site, range(15))
        for n in range(15):
            site.pages[f"/story-{n}"] = WALLS["403"]
        crawl("news", tmp_path, url=address)
        crawl("news", tmp_path, url=address)
        waits = {not_before for _, not_before in rows(tmp_path)}

    assert min(waits) > datetime.now(UTC).timestamp() + 300


def test_a_host_that_says_how_long_to_wait_is_left_alone_in_later_runs_too(tmp_path):
    with Site() as site:
        address = feed(site, range(5))
        for n in range(5):
            site.pages[f"/story-{n}"] = (429, {"Retry-After": "7200"}, b"slow down")
        first = crawl("news", tmp_path, url=address)
        asked = site.hits.copy()
        feed(site, range(6))
        site.pages["/story-5"] = article(5)
        second = crawl("news", tmp_path, url=address)
        later = {attempts for attempts, _ in rows(tmp_path)}

    assert "asks us to wait; 5 pages wait until" in first.stderr
    assert sum(site.hits.values()) - sum(asked.values()) == site.hits["/feed"] - asked["/feed"]
    assert second.records == []
    assert later == {0}


def test_some_pages_behind_a_wall_are_no_state_of_their_host(tmp_path):
    with Site() as site:
        address = feed(site, range(30))
        for n in range(30):
            site.pages[f"/story-{n}"] = article(n) if n % 2 else WALLS["403"]
        run = crawl("news", tmp_path, url=address)

    assert len(run.records) == 15
    assert run.manifests[0]["parked"] == {}


def test_a_wall_that_falls_is_forgotten(tmp_path: Path) -> None:
    with Site() as site:
        address = feed(site, range(12))
        for n in range(12):
            site.pages[f"/story-{n}"] = WALLS["403"]
        crawl("news", tmp_path, url=address)
        for n in range(12):
            site.pages[f"/story-{n}"] = article(n)
        crawl("news", tmp_path, url=address)

    with sqlite3.connect(tmp_path / "state.sqlite") as store:
        states: list[Any] = store.execute("select failures, not_before from hosts").fetchall()
    assert states == [(0, None)]
