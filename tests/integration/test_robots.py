from __future__ import annotations

import asyncio
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.middlewares.robots import PARSED_BYTES, parse, readable
from newscrawl.outcomes import Reason
from tests.crawling import crawl
from tests.hostile.server import Asked, Case, HostileSite
from tests.probe import probe

DISALLOW = b"User-agent: *\nDisallow: /\n"


@pytest.mark.parametrize(
    ("body", "url", "allowed"),
    [
        pytest.param(DISALLOW, "http://a.example/x", False, id="disallow-all"),
        pytest.param(b"", "http://a.example/x", True, id="empty"),
        pytest.param(b"\xef\xbb\xbf" + DISALLOW, "http://a.example/x", False, id="bom"),
        pytest.param("\ufeff\ufeffUser-agent: *\nDisallow: /".encode(), "http://a.example/x", False, id="two-boms"),
        pytest.param(b"USER-AGENT: *\rdisallow: /\r", "http://a.example/x", False, id="cr"),
        pytest.param("User-agent: *\nDisallow: /\n".encode("utf-16"), "http://a.example/x", False, id="utf-16"),
        pytest.param(b"User-agent: *\0\nDisallow: /\0\n", "http://a.example/x", False, id="nul"),
        pytest.param(b"<!DOCTYPE html><p>\nUser-agent: *\nDisallow: /\n", "http://a.example/x", True, id="html"),
        pytest.param(b"User-agent: news\nDisallow: /\n", "http://a.example/x", True, id="prefix-of-our-token"),
        pytest.param(b"User-agent: newscrawler\nDisallow: /\n", "http://a.example/x", True, id="longer-token"),
        pytest.param(b"User-agent: NewsCrawl # us\nDisallow: /\n", "http://a.example/x", False, id="our-token"),
        pytest.param(
            b"User-agent: *\nDisallow: /\n\nUser-agent: newscrawl\nDisallow: /no\n",
            "http://a.example/x",
            True,
            id="ours-wins",
        ),
        pytest.param(
            b"User-agent: a\nUser-agent: *\nDisallow: /b\nAllow: /b/c\n",
            "http://a.example/b/c",
            True,
            id="longest-wins",
        ),
        pytest.param(b"User-agent: *\nDisallow: /*.pdf$\n", "http://a.example/x.pdf", False, id="wildcard"),
        pytest.param(b"User-agent: *\nDisallow: /*.pdf$\n", "http://a.example/x.pdf?y", True, id="anchor"),
        pytest.param("User-agent: *\nDisallow: /ü\n".encode(), "http://a.example/%C3%BC", False, id="percent"),
        pytest.param(DISALLOW + b"# pad\n" * 200_000, "http://a.example/x", False, id="beyond-512-KiB"),
        pytest.param(b"# pad\n" * 200_000 + DISALLOW, "http://a.example/x", True, id="rule-beyond-512-KiB"),
    ],
)
def test_reads_robots_txt(body, url, allowed):
    assert asyncio.run(parse(readable(body))).allows(url) is allowed


def test_a_rule_that_is_cut_in_the_middle_does_not_count():
    body = b"User-agent: *\n" + b"#" * (PARSED_BYTES - 14 - 12) + b"\nDisallow: /archive/\n"

    assert asyncio.run(parse(readable(body))).allows("http://a.example/x")


def test_a_hostile_pattern_costs_no_time():
    body = b"User-agent: *\n" + b"".join(b"Disallow: /" + b"*a" * 200 + b"%db$\n" % n for n in range(1000))
    rules = asyncio.run(parse(readable(body)))

    begin = time.process_time()
    assert rules.allows("http://a.example/" + "a" * 1900)
    assert time.process_time() - begin < 1


@given(st.binary(max_size=3000))
def test_any_bytes_are_rules(body):
    rules = asyncio.run(parse(readable(body)))

    assert rules.allows("http://a.example/x") in (True, False)


# --- over real connections


def says(status: str, body: bytes = b"", **headers: str) -> Case:
    async def case(asked: Asked) -> None:
        await asked.send(body, status, "text/plain", **headers)

    return case


async def story(asked: Asked) -> None:
    await asked.send("a story")


async def silent(asked: Asked) -> None:
    await asyncio.sleep(300)


async def closes(asked: Asked) -> None:
    pass


async def hop(asked: Asked) -> None:
    """Six redirects, then the rules."""
    step = int(asked.query or 0)
    if step < 6:
        await asked.redirect(f"/hop?{step + 1}")
    else:
        await asked.send(DISALLOW, content_type="text/plain")


async def huge(asked: Asked) -> None:
    await asked.raw(b"HTTP/1.1 200 OK\r\nContent-Length: 52428800\r\n\r\n" + DISALLOW)
    for _ in range(100):
        await asked.raw(b"# padding\n" * 10_000)
        asked.site.hits["!sent"] += 100_000


async def endless(asked: Asked) -> None:
    await asked.raw(b"HTTP/1.1 200 OK\r\n\r\n" + DISALLOW)
    while True:
        await asked.raw(b"# padding\n" * 1000)


SITES: dict[str, tuple[dict[str, Case], str | None]] = {
    "404": ({"/robots.txt": says("404 Not Found", DISALLOW)}, None),
    "403": ({"/robots.txt": says("403 Forbidden", DISALLOW)}, None),
    "disallow": ({"/robots.txt": says("200 OK", DISALLOW)}, Reason.ROBOTS),
    "500": ({"/robots.txt": says("500 Oops")}, Reason.SERVER_ERROR),
    "closes": ({"/robots.txt": closes}, Reason.BAD_RESPONSE),
    "six-redirects": ({"/robots.txt": hop, "/hop": hop}, Reason.ROBOTS),
    "redirects-for-ever": ({"/robots.txt": says("302 Found", Location="/robots.txt")}, None),
    "redirect-to-secret": (
        {"/robots.txt": says("302 Found", Location="http://169.254.169.254/")},
        Reason.PRIVATE_ADDRESS,
    ),
    "huge": ({"/robots.txt": huge}, Reason.ROBOTS),
    "endless": ({"/robots.txt": endless}, Reason.ROBOTS),
}


@pytest.fixture(scope="module")
def probed():
    sites = {name: HostileSite({**cases, "/story": story}) for name, (cases, _) in SITES.items()}
    for site in sites.values():
        site.__enter__()
    found = probe(
        [f"{site.url}/story" for site in sites.values()],
        named=[site.authority for site in sites.values()],
        CONCURRENT_REQUESTS_PER_DOMAIN=32,
    )
    for site in sites.values():
        site.__exit__()
    return {name: (found.answers[f"{site.url}/story"], site) for name, site in sites.items()}


@pytest.mark.parametrize("name", SITES)
def test_keeps_to_what_robots_txt_says_or_to_its_absence(probed, name):
    answer, site = probed[name]
    expected = SITES[name][1]

    assert answer.get("reason") == (expected and expected.value), answer
    assert site.hits["/story"] == (expected is None)


def test_what_does_not_say_its_rules_in_time_is_not_asked_for_more():
    with HostileSite({"/robots.txt": silent, "/story": story}) as site:
        found = probe([f"{site.url}/story"], named=[site.authority], DOWNLOAD_TIMEOUT=1)

    assert found.answers[f"{site.url}/story"]["reason"] == Reason.DOWNLOAD_TIMEOUT.value
    assert site.hits["/story"] == 0


def test_downloads_no_more_of_a_huge_file_than_is_parsed(probed):
    _, site = probed["huge"]

    assert site.hits["!sent"] < 10 * PARSED_BYTES  # the rest is what the sockets had taken


@pytest.mark.parametrize(("status", "wait"), [("503 Busy", "0"), ("503 Busy", "600"), ("429 Slow", "600")])
def test_a_busy_server_has_not_agreed(status, wait):
    with HostileSite({"/robots.txt": says(status, Retry_After=wait), "/story": story}) as site:
        found = probe([f"{site.url}/story"], named=[site.authority])

    assert found.answers[f"{site.url}/story"]["reason"] == Reason.RATE_LIMITED.value
    assert site.hits["/story"] == 0


def test_an_unreachable_file_may_be_taken_for_consent_where_the_person_says_so():
    with HostileSite({"/robots.txt": says("500 Oops"), "/story": story}) as site:
        found = probe([f"{site.url}/story"], named=[site.authority], NEWSCRAWL_ROBOTS_UNREACHABLE="allow")

    assert found.answers[f"{site.url}/story"]["body"] == "a story"


def test_asks_once_and_gives_the_sitemaps():
    rules = b"User-agent: *\nSitemap: /news.xml\nDisallow: /no\n\nSitemap: http://a.example/s.xml\n"
    with HostileSite({"/robots.txt": says("200 OK", rules), "*": story}) as site:
        found = probe([f"{site.url}/{n}" for n in range(10)], named=[site.authority])

    assert site.hits["/robots.txt"] == 1
    assert found.sitemaps == ["/news.xml", "http://a.example/s.xml"]
    assert {headers["user-agent"].split("/")[0] for _, headers in site.seen} == {"newscrawl"}


def test_waits_between_requests_as_asked():
    with HostileSite({"/robots.txt": says("200 OK", b"User-agent: *\nCrawl-delay: 1\n"), "*": story}) as site:
        found = probe([f"{site.url}/{n}" for n in range(4)], named=[site.authority])

    assert max(answer["at"] for answer in found.answers.values()) >= 3  # three pauses, however busy the machine is


def test_ignores_robots_txt_only_where_the_person_says_so():
    with HostileSite({"/robots.txt": says("200 OK", DISALLOW), "/story": story}) as site:
        found = probe([f"{site.url}/story"], named=[site.authority], ROBOTSTXT_OBEY=False)

    assert found.answers[f"{site.url}/story"]["status"] == 200


def test_is_kept_for_a_day_from_run_to_run(tmp_path):
    rules = b"User-agent: *\nDisallow: /no\n"
    with HostileSite({"/robots.txt": says("200 OK", rules), "*": story}) as site:
        for path in ("one", "two", "no"):
            crawl("news", tmp_path, url=f"{site.url}/{path}")

    assert site.hits["/robots.txt"] == 1
    assert site.hits["/two"] == 1
    assert site.hits["/no"] == 0


@pytest.mark.parametrize(
    ("text", "forbidden"),
    [
        ("User-agent: *\nDesallow: /a", True),
        ("User agent: *\nDissalow /a", True),
        ("Useg-agent: *\nDisallow: /a", True),
        ("user-agent newscrawl\ndisallow /a", True),
        ("User-agent: *\nCrawl-delay: 1\nUser-agent: other\nDisallow: /a", False),
        ("User-agent: *\nCrawl-delay: 1\n\nUser-agent: other\nDisallow: /a", False),
        ("User-agent: *\nCrawl-delay: 1\nDisallow:\nUser-agent: other\nDisallow: /a", False),
        ("User-agent: *\nDisallowed paths follow: /a", False),
    ],
)
def test_what_an_owner_meant_to_forbid_is_forbidden_however_he_wrote_it(text, forbidden):
    assert asyncio.run(parse(text)).allows("https://a.example/a/1") is not forbidden


def test_sitemaps_are_named_with_their_colon_or_by_a_bare_address():
    text = "sitemap : /a.xml\nhttps://a.example/news-sitemap.xml\nSitemap: //b.example/s.xml\nhttps://a.example/about\n"

    rules = asyncio.run(parse(text))

    assert list(rules.protego.sitemaps) == ["/a.xml", "https://a.example/news-sitemap.xml", "//b.example/s.xml"]


@pytest.mark.parametrize(
    ("agent", "is_us"),
    [
        ("newscrawl", True),
        ("newscrawl/0.2.0", True),
        ("Newscrawl bot", True),
        ("newscrawl, otherbot", True),
        ("otherbot, newscrawl # both", True),
        ("newscrawler", False),
        ("my-newscrawl-fork", False),
        ("news", False),
    ],
)
def test_an_owner_may_name_us_as_our_requests_do(agent, is_us):
    rules = asyncio.run(parse(f"User-agent: {agent}\nDisallow: /secret\n\nUser-agent: *\nDisallow: /all\n"))

    assert rules.allows("https://a.example/secret/1") is not is_us
    assert rules.allows("https://a.example/all/1") is is_us
