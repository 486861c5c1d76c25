"""An article in several pages is one record, whichever page is met first, in a crawl and among saved pages."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from tests.commands import run
from tests.crawling import crawl
from tests.newspaper import paragraphs
from tests.site import Site

TITLE = "The harbour of Narvik and the men who drained it"


def page(number: int, links: str, *, lines: Sequence[str] = (), title: str = TITLE) -> str:
    text = "".join(f"<p>{line}</p>" for line in lines or paragraphs(number))
    return (
        f"<!doctype html><html lang=no><head><title>{title} | Gazette</title><meta property=og:type content=article>"
        f"</head><body><article><h1>{title}</h1>{text}</article><nav class=pages>{links}</nav></body></html>"
    )


def feed(*addresses: str) -> tuple[int, dict[str, str], bytes]:
    items = "".join(f"<item><title>{TITLE}</title><link>{address}</link></item>" for address in addresses)
    rss = f"<rss version='2.0'><channel><title>Gazette</title>{items}</channel></rss>"
    return 200, {"Content-Type": "application/rss+xml"}, rss.encode()


def long_read(site: Site, *, last: int = 3, broken: int = 0, status: int = 404) -> str:
    """Put an article of *last* pages on *site*; return its address."""
    for number in range(1, last + 1):
        others = (n for n in range(1, last + 1) if n != number)
        links = " ".join(f"<a href='/long-read{f'/{n}' if n > 1 else ''}'>{n}</a>" for n in others)
        address = "/long-read" + (f"/{number}" if number > 1 else "")
        site.pages[address] = (status, {}, b"<h1>no</h1>") if number == broken else page(number, links)
    return f"{site.url}/long-read"


def parts_in(body: str, last: int = 3) -> list[int]:
    """Return the numbers of the pages whose text stands in *body*, in their order there."""
    found = [(body.find(paragraphs(number)[1]), number) for number in range(1, last + 1)]
    return [number for at, number in sorted(found) if at >= 0]


def test_an_article_in_three_pages_is_one_record(tmp_path):
    with Site() as site:
        address = long_read(site)
        site.pages["/feed"] = feed(address)

        run = crawl("news", tmp_path, url=f"{site.url}/feed")

    (record,) = run.records
    assert (record["url"], record["title"]) == (address, TITLE)
    assert parts_in(record["body"]) == [1, 2, 3]
    assert record["parts"] == [f"{address}/2", f"{address}/3"]
    assert record["parts_missing"] == []


def test_its_second_page_in_the_feed_is_no_story_of_its_own(tmp_path):
    with Site() as site:
        address = long_read(site)
        site.pages["/feed"] = feed(f"{address}/2", address, f"{address}/3")

        first = crawl("news", tmp_path, url=f"{site.url}/feed")
        again = crawl("news", tmp_path, url=f"{site.url}/feed")

    assert [record["url"] for record in first.records] == [address]
    assert {row["reason"] for row in first.rejected} == {"part"}
    assert len(again.records) == 1
    assert again.code == 0


def test_its_last_page_alone_in_the_feed_gives_the_whole(tmp_path):
    with Site() as site:
        address = long_read(site)
        site.pages["/feed"] = feed(f"{address}/3")

        run = crawl("news", tmp_path, url=f"{site.url}/feed")

    (record,) = run.records
    assert record["url"] == address
    assert parts_in(record["body"]) == [1, 2, 3]


def test_its_second_page_given_by_name_gives_the_whole(tmp_path):
    with Site() as site:
        address = long_read(site)

        run = crawl("news", tmp_path, url=f"{address}/2")

    (record,) = run.records
    assert (run.code, record["url"], parts_in(record["body"])) == (0, address, [1, 2, 3])


def test_a_page_that_is_gone_is_told_in_the_record_and_the_log(tmp_path):
    with Site() as site:
        address = long_read(site, broken=2)
        site.pages["/feed"] = feed(address)

        run = crawl("news", tmp_path, url=f"{site.url}/feed")

    (record,) = run.records
    assert parts_in(record["body"]) == [1, 3]
    assert record["parts_missing"] == [f"{address}/2"]
    assert f"page 2, {address}/2, is missing: not-found" in run.stderr


def test_an_article_waits_for_a_page_behind_a_wall(tmp_path):
    with Site() as site:
        address = long_read(site, broken=3, status=403)
        site.pages["/feed"] = feed(address)

        run = crawl("news", tmp_path, url=f"{site.url}/feed")

    assert run.records == []
    assert [(row["outcome"], row["reason"]) for row in run.rejected] == [("failed", "http-status")]
    assert f"page 3 of it, {address}/3" in run.rejected[0]["detail"]


def test_pages_that_only_the_next_one_names_are_found_one_by_one(tmp_path):
    with Site() as site:
        for number in range(1, 6):
            links = f"<a rel=next href='/recit?page={number + 1}'>Page suivante</a>" if number < 5 else ""
            before = f"<a href='/recit?page={number - 1}'>Page précédente</a>" if number > 1 else ""
            site.pages["/recit" + (f"?page={number}" if number > 1 else "")] = page(number, before + links)
        site.pages["/feed"] = feed(f"{site.url}/recit")

        run = crawl("news", tmp_path, url=f"{site.url}/feed")

    (record,) = run.records
    assert parts_in(record["body"], 5) == [1, 2, 3, 4, 5]


def test_the_page_with_all_of_it_is_taken_where_there_is_one(tmp_path):
    with Site() as site:
        links = "<a href='/lang?page=2'>2</a> <a href='/lang/komplettansicht'>Auf einer Seite lesen</a>"
        site.pages["/lang"] = page(1, links)
        site.pages["/lang?page=2"] = page(2, links)
        site.pages["/lang/komplettansicht"] = page(0, "", lines=[*paragraphs(1), *paragraphs(2)])
        site.pages["/feed"] = feed(f"{site.url}/lang")

        run = crawl("news", tmp_path, url=f"{site.url}/feed")

    (record,) = run.records
    assert (record["url"], parts_in(record["body"], 2)) == (f"{site.url}/lang", [1, 2])
    assert site.hits["/lang?page=2"] == 0


def test_further_pages_of_comments_are_not_joined(tmp_path):
    with Site() as site:
        lines = paragraphs(50)
        site.pages["/story"] = page(1, "<a href='/story?page=2'>2</a>", lines=lines)
        site.pages["/story?page=2"] = page(2, "<a href='/story'>1</a>", lines=lines)
        site.pages["/feed"] = feed(f"{site.url}/story")

        run = crawl("news", tmp_path, url=f"{site.url}/feed")

    (record,) = run.records
    assert (record["parts"], record["parts_missing"]) == ([], [])
    assert record["body"].count(lines[0]) == 1


def test_a_numbered_address_of_another_story_stays_a_story(tmp_path):
    with Site() as site:
        site.pages["/vote"] = page(1, "<a href='/vote/2'>2</a>", title="Council votes on the bridge")
        site.pages["/vote/2"] = page(2, "", title="Ferry captain retires after forty years")
        site.pages["/feed"] = feed(f"{site.url}/vote", f"{site.url}/vote/2")

        run = crawl("news", tmp_path, url=f"{site.url}/feed")

    assert sorted(record["url"] for record in run.records) == [f"{site.url}/vote", f"{site.url}/vote/2"]


def test_saved_pages_of_one_article_give_one_record(tmp_path):
    rows: list[dict[str, str]] = []
    for number in (3, 1, 2):
        others = (n for n in (1, 2, 3) if n != number)
        links = " ".join(f"<a href='/long-read{f'/{n}' if n > 1 else ''}'>{n}</a>" for n in others)
        address = "https://gazette.example/long-read" + (f"/{number}" if number > 1 else "")
        rows.append({"source": "gazette", "url": address, "html": page(number, links)})
    other = page(7, "", title="Another story, about the ferry to Cork")
    rows.insert(1, {"source": "gazette", "url": "https://gazette.example/another", "html": other})
    (tmp_path / "pages.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")

    records, rejected = extract(tmp_path)

    assert [record["url"].rpartition("/")[2] for record in records] == ["another", "long-read"]
    assert parts_in(str(records[1]["body"])) == [1, 2, 3]
    assert [row["reason"] for row in rejected] == ["part", "part"]


def test_a_saved_page_whose_first_page_is_not_there_is_a_record(tmp_path):
    row = {"source": "g", "url": "https://g.example/long-read/2", "html": page(2, "<a href='/long-read'>1</a>")}
    (tmp_path / "pages.jsonl").write_text(json.dumps(row) + "\n", "utf-8")

    records, rejected = extract(tmp_path)

    assert [record["url"] for record in records] == ["https://g.example/long-read/2"]
    assert rejected == []


def extract(folder: Path) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    out, rejected = folder / "out.jsonl", folder / "rejected.jsonl"
    done = run("extract", folder / "pages.jsonl", "-o", out, "--rejected", rejected)
    assert done.returncode == 0, done.stderr
    return tuple([json.loads(line) for line in path.read_text("utf-8").splitlines()] for path in (out, rejected))  # type: ignore[return-value]
