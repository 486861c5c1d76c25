"""Reads sitemaps, Google News sitemaps and indexes (https://www.sitemaps.org/protocol.html), broken ones too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from typing import Any

from lxml import etree

from newscrawl.dates.parse import read_date
from newscrawl.discovery.candidate import Via
from newscrawl.discovery.document import CUT_OFF, MAX_CANDIDATES, Candidates, Document, DocumentLink, Kind
from newscrawl.discovery.likelihood import article_likelihood, is_clearly_worth_it
from newscrawl.discovery.old_entries import without_old
from newscrawl.text.clean import plain
from newscrawl.urls import absolute_url, url_key

MAX_SITEMAPS = 5_000
HEAD = 2_000  # bytes
CLEARLY_NOT = 0.1
"""A sitemap lists everything; what is below is a section, a tag or a house page. ``/good/601`` has 0.7, ``/a`` 0.17."""

URL_LINE = re.compile(r"(https?://[^\s,;]+)(?:[\s,;]+[\d.:TZ+-]+)*[\s,;]*", re.I)
"""A line of a text sitemap, with a date or a number behind the address or without."""

_OPEN_LOC = re.compile(rb"<loc>([^<]*)(?=<(?!/loc|!\[CDATA|url>))")
_NESTED_LOC = re.compile(rb"<loc>\s*<url>([^<]*)</url>\s*</loc>")
_BARE_AMPERSAND = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9a-fA-F]{1,6});)")
_SITEMAP_FILE = re.compile(r"\.xml(?:\.gz)?$", re.I)  # no story is called so
_ENDS = (b"urlset>", b"sitemapindex>")
_ENTRY_END = re.compile(rb"</(?:\w{1,20}:)?(?:url|sitemap)\s*>")
_FIELDS = frozenset({"lastmod", "publication_date", "title"})
_TAXONOMY = re.compile(
    r"(?:^|[-_/.])(?:tags?|post_tag|categor(?:y|ies)|authors?|users?|taxonom(?:y|ies)|pages?|images?|videos?|terms)(?=$|[-_/.\d])"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_/.]?(0[1-9]|1[0-2])?(?:[-_/.]?(0[1-9]|[12]\d|3[01]))?(?!\d)")

Fields = dict[str, str]


def read_sitemap(body: bytes, url: str, fetched_at: datetime, since: datetime | None = None) -> Document:
    """Return what a sitemap or an index names; of a broken one what can be read.

    With *since*, of a large one the entries that are surely older are counted and not read.

    What its root is called is not believed: indexes stand under ``urlset``, and sitemaps in ``<url>``. Sitemaps of news
    come first, then the newest, those of tags last.
    """
    old = 0
    if since is not None:
        body, old = without_old(body, since, fetched_at)
    rows = list(_rows(body, MAX_CANDIDATES))
    is_news = any("publication_date" in row for row, _ in rows[:1000])
    harvest, elsewhere, without_link = Candidates(Via.NEWS_SITEMAP if is_news else Via.SITEMAP, url), 0, 0
    parts: dict[str, DocumentLink] = {}
    for row, link in ((fields, link) for fields, _ in rows for link in fields.get("loc", "").split("\n")):
        if row["tag"] == "sitemap" or _SITEMAP_FILE.search(link.partition("?")[0]):
            address = absolute_url(link, url)
            if address and url_key(address) != url_key(url) and len(parts) < MAX_SITEMAPS:
                changed_at = read_date(row.get("lastmod"), fetched_at)
                parts.setdefault(url_key(address), DocumentLink(address, "sitemap", url, changed_at))
            continue
        if link and not (is_news or is_clearly_worth_it(link)) and article_likelihood(link) < CLEARLY_NOT:
            elsewhere += 1
            continue
        added = link and harvest.add(
            link,
            title=plain(row.get("title", "")) if is_news else "",
            published_at=read_date(row.get("publication_date"), fetched_at),
            modified_at=read_date(row.get("lastmod"), fetched_at),
        )
        without_link += not added
    overflow = rows[-1][1] if rows else 0
    is_whole = b"</" not in body[-2000:] or any(end in body[-2000:] for end in _ENDS)
    details = [
        "" if is_whole else f"{CUT_OFF}: no end",
        f"{elsewhere} of {len(rows)} URLs are no articles'" if elsewhere else "",
        f"{without_link} entries without a link" if without_link else "",
        f"{old} URLs before since= not read" if old else "",
        f"{overflow} URLs beyond {MAX_CANDIDATES} left out" if overflow else "",
    ]
    kind: Kind = (
        "sitemap-index"
        if not len(harvest) and (parts or b"<sitemapindex" in body[:2000])
        else "news-sitemap"
        if is_news
        else "sitemap"
    )
    return Document(
        kind,
        harvest.newest_first(),
        tuple(sorted(parts.values(), key=_rank)),
        detail="; ".join(filter(None, details)),
        overflow=overflow,
        old=old,
    )


def read_plain_sitemap(text: str, url: str) -> Document:
    """Return the articles of a sitemap of one URL a line; what is no URL is passed over."""
    harvest, elsewhere = Candidates(Via.SITEMAP, url), 0
    for line in text.splitlines():
        match = URL_LINE.fullmatch(line.strip())
        if match is None:
            continue
        link = match[1]
        if article_likelihood(link) < CLEARLY_NOT:
            elsewhere += 1
        else:
            harvest.add(link)
    detail = f"{elsewhere} URLs are no articles'" if elsewhere else ""
    return Document("sitemap", harvest.newest_first(), detail=detail, overflow=harvest.overflow)


def _rank(link: DocumentLink) -> tuple[bool, bool, float, tuple[int, ...]]:
    name = link.url.lower().partition("://")[2].partition("/")[2]
    dated = _YEAR.search(name)
    day = tuple(-int(part or 0) for part in dated.groups()) if dated else ()
    newest = -link.modified_at.timestamp() if link.modified_at else 0.0
    return bool(_TAXONOMY.search(name)), "news" not in name, newest, day


def _rows(body: bytes, limit: int) -> Iterator[tuple[Fields, int]]:
    """Yield the fields of each ``url`` and ``sitemap`` up to *limit*; with the last one how many stood behind it."""
    source = BytesIO(_BARE_AMPERSAND.sub(b"&amp;", _closed(_whole_entries(body))))
    # Nothing is expanded or fetched: no entity is known but XML's own five, since the ampersand of others is escaped.
    events = etree.iterparse(
        source, events=("end",), tag=("{*}url", "{*}sitemap"), recover=True, huge_tree=True, resolve_entities=False,
        no_network=True, load_dtd=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    last: Fields | None = None
    count = overflow = 0
    try:
        for _, element in events:
            parent = element.getparent()
            count += 1
            if count > limit:  # what is beyond is only counted, and not by parsing it: 400,000 URLs cost seconds
                overflow = len(re.findall(rb"<(?:[\w.-]+:)?(?:url|sitemap)[\s>]", body)) - limit
                break
            if last is not None:
                yield last, 0
            last = _fields(element) | {"tag": element.tag.rpartition("}")[2]}
            element.clear()
            while parent is not None and element.getprevious() is not None:
                del parent[0]
    except etree.XMLSyntaxError:  # nothing can be read beyond
        pass
    if last is not None:
        yield last, max(overflow, 0)


def _closed(body: bytes) -> bytes:
    """Return *body* with an end for each entry and each address that has none, and no entry within an address."""
    body = _NESTED_LOC.sub(rb"<loc>\1</loc>", body)
    if body.count(b"<loc>") > body.count(b"</loc>"):
        body = _OPEN_LOC.sub(rb"<loc>\1</loc>", body)
    for name in (b"url", b"sitemap"):
        begin, end = b"<" + name + b">", b"</" + name + b">"
        if body.count(begin) > body.count(end):
            head, *entries = body.split(begin)
            body = begin.join([head, *(entry if end in entry else entry + end for entry in entries[:-1]), entries[-1]])
    return body


def _whole_entries(body: bytes) -> bytes:
    """Return *body* without the entry in which it was cut off: half a URL is another page's, or nobody's."""
    if body.rstrip().endswith(_ENDS):
        return body
    last = max((match.end() for match in _ENTRY_END.finditer(body, max(len(body) - 100_000, 0))), default=len(body))
    return body[:last]


def _fields(element: Any) -> Fields:
    """Return what *element* says itself and in ``news:news``; what is said of images and videos stands deeper.

    An entry with several ``loc`` has them one a line.
    """
    fields: Fields = {}
    for child in element:
        name = child.tag.rpartition("}")[2].rpartition(":")[2] if isinstance(child.tag, str) else ""
        if name == "news":
            fields |= _fields(child)
        elif name == "loc":
            # A URL never holds a literal &amp;: where it stands, it was escaped twice or inside CDATA.
            text = ((child.text or "").strip() or "".join(child.itertext()).strip()).replace("&amp;", "&")
            fields[name] = f"{fields[name]}\n{text}" if name in fields and text else text or fields.get(name, "")
        elif name in _FIELDS and child.text:
            fields.setdefault(name, child.text.strip())
    if "loc" not in fields and (text := (element.text or "").strip()).startswith(("http://", "https://", "/")):
        fields["loc"] = text  # <sitemap>https://…</sitemap>
    return fields
