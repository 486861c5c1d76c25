"""Where sites keep their feeds and sitemaps, for those that name none."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

FEED_PATHS = (
    "feed/",  # WordPress, a third of the web's sites; without the slash it redirects to this
    "rss.xml",
    "rss",
    "feed.xml",
    "atom.xml",
    "index.xml",
    "feed",
    "feeds/posts/default",
    "rss/feed.xml",
    "index.rdf",
    "feed.json",
)
SITEMAP_PATHS = (
    "sitemap.xml",
    "sitemap_index.xml",
    "news-sitemap.xml",
    "sitemap-news.xml",
    "sitemap_news.xml",
    "sitemap-index.xml",
    "wp-sitemap.xml",
    "sitemap.xml.gz",
    "sitemap.txt",
)
"""The most common first: each one that is tried costs the site a request."""


def usual_feeds(home_url: str) -> tuple[str, ...]:
    """Return where a feed of *home_url* may stand, the most common place first."""
    return _below(home_url, FEED_PATHS)


def usual_sitemaps(home_url: str) -> tuple[str, ...]:
    """Return where a sitemap of *home_url*'s host may stand, the most common place first."""
    return _below(urljoin(home_url, "/"), SITEMAP_PATHS)


def _below(url: str, paths: tuple[str, ...]) -> tuple[str, ...]:
    parts = urlsplit(url)
    folder = parts.path if parts.path.endswith("/") else parts.path.rpartition("/")[0] + "/"
    return tuple(f"{parts.scheme}://{parts.netloc}{folder}{path}" for path in paths)
