"""Feeds, sitemaps and traps: where a crawl could be led astray. Each names good articles as well: ``/good/N``."""

from __future__ import annotations

import gzip
import random
from collections.abc import Callable, Iterable

from tests.hostile.server import Asked, Case
from tests.hostile.words import article, headline, prose

SOURCES: dict[str, tuple[int, Case]] = {}
"""By path: how many requests it may cost, and the case."""

XML = '<?xml version="1.0" encoding="utf-8"?>'
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
FEW, TRAPPED = 30, 400


def source(path: str, most: int, make: Callable[[Asked], bytes | str], content_type: str = "application/xml") -> None:
    async def case(asked: Asked) -> None:
        await asked.send(make(asked), content_type=content_type)

    SOURCES[path] = (most, case)


def rss(links: Iterable[str], dtd: str = "", extra: str = "") -> str:
    items = "".join(f"<item><title>{headline(link)}</title><link>{link}</link></item>" for link in links)
    return f'{XML}{dtd}<rss version="2.0"><channel><title>t</title>{extra}{items}</channel></rss>'


def urlset(links: Iterable[str]) -> str:
    return (
        f'{XML}<urlset xmlns="{NAMESPACE}">' + "".join(f"<url><loc>{link}</loc></url>" for link in links) + "</urlset>"
    )


def index(links: Iterable[str]) -> str:
    entries = "".join(f"<sitemap><loc>{link}</loc></sitemap>" for link in links)
    return f'{XML}<sitemapindex xmlns="{NAMESPACE}">{entries}</sitemapindex>'


def listing(links: Iterable[str], text: str = "") -> str:
    items = "".join(f'<li><a href="{link}">{headline(link)}</a></li>' for link in links)
    return f"<html><head><title>Latest</title></head><body><h1>Latest</h1>{text}<ul>{items}</ul></body></html>"


def secret(asked: Asked) -> str:
    return f"http://127.0.0.1:{asked.site.inner}/secret-story-of-the-day"


# --- feeds
XXE = '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
source("/feed-xxe", FEW, lambda asked: rss(["/good/101"], XXE, "<description>&x;</description>"))
source("/feed-dtd", FEW, lambda asked: rss(["/good/102"], f'<!DOCTYPE rss SYSTEM "{secret(asked)}.dtd">'))
source("/feed-secret", FEW, lambda asked: rss([secret(asked), "/good/103"]))
source("/feed-schemes", FEW, lambda asked: rss(["file:///etc/passwd", "ftp://a/b", "data:text/html,x", "/good/104"]))
source("/feed-escape", FEW, lambda asked: rss(["/good/105"]).replace("of /good", "of \x1b[2J\x07&#27;[31m /good"))
source("/feed-utf-16", FEW, lambda asked: rss(["/good/106"]).replace("utf-8", "utf-16").encode("utf-16"))
source("/feed-deep", FEW, lambda asked: rss(["/good/107"], extra="<a>" * 50_000))
source("/feed-json", FEW, lambda asked: '{"version":"https://jsonfeed.org/version/1.1","items":' + "[" * 50_000)

# --- sitemaps
BOMB = gzip.compress(urlset(["/good/201"]).encode() + b" " * (100 << 20), 1)
source("/map-gzip-bomb.xml.gz", FEW, lambda asked: BOMB)
source("/map-secret.xml", FEW, lambda asked: urlset([secret(asked), f"{asked.site.url}/good/202"]))
source("/map-loop-a.xml", FEW, lambda asked: index([f"{asked.site.url}/map-loop-b.xml"]))
source("/map-loop-b.xml", FEW, lambda asked: index([f"{asked.site.url}/map-loop-a.xml"]))
source("/map-to-secret.xml", FEW, lambda asked: index([secret(asked), "file:///etc/passwd"]))
source(
    "/map-tree.xml", TRAPPED, lambda asked: index(f"{asked.site.url}/map-tree.xml?{asked.query}{n}" for n in range(20))
)
LINES = "{0}/good/203\n" + "{0}/good/204\n" * 10 + "file:///etc/passwd\n" + "x" * 100_000
source("/map-text.txt", FEW, lambda asked: LINES.format(asked.site.url), "text/plain")

# --- traps
source(
    "/pages",
    TRAPPED,
    lambda asked: listing([f"/pages?page={int(asked.query.partition('=')[2] or 1) + 1}"]),
    "text/html",
)
source("/deep", TRAPPED, lambda asked: listing(["deep/deep/", "deep/"]), "text/html")
source(
    "/session",
    TRAPPED,
    lambda asked: article(
        "session", after=f'<a href="/session?sid={random.getrandbits(64)}">Read this story again</a>'
    ),
    "text/html",
)
source(
    "/facets",
    TRAPPED,
    lambda asked: listing(f"/facets?{asked.query}&f{n}={random.randrange(99)}" for n in range(30)),
    "text/html",
)
source(
    "/archive",
    TRAPPED,
    lambda asked: listing(f"/archive/{random.randrange(10**9)}-a-story-of-that-day-in-the-old-town" for _ in range(50)),
    "text/html",
)
source(
    "/links-secret",
    FEW,
    lambda asked: listing([secret(asked), f"http://localhost:{asked.site.inner}/a-b-c-d"]),
    "text/html",
)


async def _archive(asked: Asked) -> None:
    """Whatever is asked for under /archive/ is a list of more such, with a sentence."""
    links = (f"/archive/{random.randrange(10**9)}-a-story-of-that-day-in-the-old-town" for _ in range(50))
    await asked.send(listing(links, f"<p>{prose(asked.path, 1)}</p>"))


SOURCES["/archive/*"] = (1200, _archive)
