"""OPML, the lists of feeds that feed readers exchange: read as entries of a sites file, and written from sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from lxml import etree

from newscrawl.errors import UsageError
from newscrawl.sources.editing import Entry, name_of
from newscrawl.sources.source import Source
from newscrawl.sources.values import source_name, with_scheme
from newscrawl.text.clean import one_line

MAX_BYTES = 32 * 1024 * 1024


def read_opml(path: Path) -> list[Entry]:
    """Return an entry for each feed of the OPML file at *path*, tagged with the folders that it lies in.

    UsageError: the file cannot be read, or is no OPML.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror or error}; give an OPML file") from None
    if len(data) > MAX_BYTES:
        raise UsageError(f"{path} has {len(data)} bytes, more than {MAX_BYTES}: that is no list of feeds")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    try:
        root = etree.fromstring(data.strip(), parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None or etree.QName(root).localname.lower() != "opml":
        raise UsageError(f"{path} is no OPML: its first element is not <opml>; export it from a feed reader again")
    entries = [entry for outline in root.iter("outline", "Outline") if (entry := entry_of(outline)) is not None]
    if not entries:
        raise UsageError(f"{path} names no feed: none of its outlines has an xmlUrl")
    return entries


def entry_of(outline: etree.ElementBase) -> Entry | None:
    """Return the entry for one outline; None for a folder, and for an address that is none."""
    attributes = {str(name).lower(): one_line(str(value), 2000) for name, value in outline.attrib.items()}
    feed = attributes.get("xmlurl", "")
    if not source_name(feed):
        return None
    parents = [parent for parent in outline.iterancestors() if str(parent.tag).lower() == "outline"]
    folders = [one_line(str(parent.get("title") or parent.get("text") or ""), 100) for parent in reversed(parents)]
    categories = [part.strip("/ ") for part in attributes.get("category", "").split(",")]
    label = attributes.get("title") or attributes.get("text") or ""
    site = attributes.get("htmlurl", "")
    tags = list(dict.fromkeys(tag for tag in (*folders, *categories) if tag))
    language = attributes.get("language", "").lower()
    values = {"feeds": [feed], "label": label, "tags": tags}
    if 2 <= len(language) <= 5 and language[:2].isalpha():
        values["language"] = language
    return Entry(label or name_of(site or feed), values)


def write_opml(sources: Sequence[Source], title: str) -> bytes:
    """Return an OPML 2.0 file with an outline for each feed of *sources*; a tag is a category.

    What a source names beside feeds (a home page, a sitemap) stands in an outline of type ``link``.
    """
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = title
    body = etree.SubElement(root, "body")
    for source in sources:
        for url in source.urls:
            is_feed = url in source.feeds
            address = {"xmlUrl": with_scheme(url)} if is_feed else {"url": with_scheme(url)}
            values = {"type": "rss" if is_feed else "link", "text": source.title, "title": source.title, **address}
            if source.tags:
                values["category"] = ",".join(source.tags)
            if source.language:
                values["language"] = source.language
            etree.SubElement(body, "outline", values)
    written: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)
    return written


def names(entries: Iterable[str], most: int = 10) -> str:
    """Write some names on one line."""
    listed = list(entries)
    return ", ".join(listed[:most]) + (f" and {len(listed) - most} more" if len(listed) > most else "")
