"""Finds out what a document is, by its content, and reads it as that."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from datetime import datetime

from newscrawl.discovery.document import Document, with_detail
from newscrawl.discovery.feed_links import with_links
from newscrawl.discovery.feeds import read_feed, read_redirect
from newscrawl.discovery.jsonfeeds import read_json_feed
from newscrawl.discovery.listings import read_listing
from newscrawl.discovery.sitemaps import URL_LINE, read_plain_sitemap, read_sitemap
from newscrawl.html.decode import declared_charsets, decode
from newscrawl.html.read import Unreadable, read
from newscrawl.html.sanitise import sanitise

MAX_BYTES = 50 * 1024 * 1024  # the sitemap protocol's own limit, after decompression
MAX_TEXT_BYTES = 16 * 1024 * 1024  # of what is not streamed
HEAD = 8192

_ROOT = re.compile(
    r"<(?:[A-Za-z][\w.-]*:)?(rss|feed|rdf|channel|redirect|urlset|sitemapindex|html|head|body|div|!doctype\s+html)(?=[\s>/:])",
    re.I,
)
_WRONG_DOCTYPE = re.compile(
    r"<!doctype\s+html[^>]{0,500}>\s*(?=(?:<\?[^>]{0,500}>\s*)*<(?:[A-Za-z][\w.-]*:)?(?:rss|feed|rdf|urlset|sitemapindex)\b)",
    re.I,
)
"""That of HTML before XML, as templates leave it."""

_COMMENT = re.compile(r"<!--.{0,4000}?-->", re.S)
_FEEDS = frozenset(("rss", "feed", "rdf", "channel"))
_WIDE_BOMS = (b"\xff\xfe", b"\xfe\xff")
_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,500}\?>")


def read_document(
    body: bytes,
    url: str,
    content_type: str = "",
    *,
    fetched_at: datetime,
    links: Sequence[str] = (),
    since: datetime | None = None,
) -> Document:
    """Return what *body* names: it may be a feed, a sitemap, plain or gzipped, an index of them, or a page.

    What it is said to be (*content_type*, the spelling of *url*) is not believed. Pure, and never raises.
    """
    body, detail = _unpacked(body)
    if not _is_like_ascii(body, content_type):
        text = _DECLARATION.sub("", decode(body[:MAX_TEXT_BYTES], content_type), count=1)
        body, content_type = text.encode("utf-8", "replace"), "charset=utf-8"
    head = body[:HEAD].decode("latin-1")
    match = _ROOT.search(_WRONG_DOCTYPE.sub("", _COMMENT.sub("", head), count=1))
    root = match[1].lower() if match else ""
    if root in ("urlset", "sitemapindex"):
        document = read_sitemap(_from_root(body, head), url, fetched_at, since)
    elif root == "redirect":
        document = read_redirect(decode(body[:HEAD], content_type), url)
    elif root in _FEEDS:
        document = read_feed(sanitise(decode(body[:MAX_TEXT_BYTES], content_type)), url, fetched_at)
    elif not root:
        document = _without_markup(body[:MAX_TEXT_BYTES], url, content_type, fetched_at)
    else:
        document = _page(body, url, content_type)
    return with_detail(with_links(document, links, url), detail)


def _is_like_ascii(body: bytes, content_type: str) -> bool:
    """Say whether a parser of bytes finds the markup of *body*, and reads its text as :func:`decode` does."""
    if b"\0" in body[:200] or body.startswith(_WIDE_BOMS):
        return False
    return set(declared_charsets(body[:500], content_type)) <= {"utf-8"} or body.isascii()


def _without_markup(body: bytes, url: str, content_type: str, fetched_at: datetime) -> Document:
    start = body[:HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith((b"{", b"[")):
        return read_json_feed(decode(body, content_type).lstrip("\ufeff"), url, fetched_at) or Document(
            "other", detail="JSON that is no feed"
        )
    if b"http" in start[:4000].lower() and b"<" not in start:
        text = decode(body, content_type).lstrip("\ufeff")
        lines = [line for line in map(str.strip, text[:HEAD].splitlines()) if line and line[0] != "#"][:50]
        named = sum(URL_LINE.fullmatch(line) is not None for line in lines)
        if named and named * 2 >= len(lines):
            return read_plain_sitemap(text, url)
    return _page(body, url, content_type)


def _page(body: bytes, url: str, content_type: str) -> Document:
    text = read(body, content_type)
    if isinstance(text, Unreadable):
        return Document("other", detail=text.detail)
    return read_listing(text, url) if "<" in text else Document("other", detail="plain text")


def _unpacked(body: bytes) -> tuple[bytes, str]:
    """Return *body* without gzip, to a bound; twice, since a server may compress what is a .gz file already."""
    detail = ""
    for _ in range(2):
        if not body.startswith(b"\x1f\x8b"):
            break
        stream = zlib.decompressobj(47)
        try:
            body = stream.decompress(body, MAX_BYTES)
        except zlib.error:
            return b"", "gzip that cannot be read"
        if not stream.eof:
            detail = "cut off: more than 50 MiB" if stream.unconsumed_tail else "cut off: gzip without an end"
    if len(body) > MAX_BYTES:
        body, detail = body[:MAX_BYTES], "cut off: more than 50 MiB"
    return body, detail


def _from_root(body: bytes, head: str) -> bytes:
    """Return *body* without what some servers put before the XML: blanks, warnings, a byte order mark."""
    declaration = head.find("<?xml")
    start = declaration if declaration >= 0 else head.find("<")
    return body[start:] if start > 0 else body
