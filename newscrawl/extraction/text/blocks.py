"""A tree as lines: each block of the page with its text on one line, the element it stands in, and how it looks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from lxml.etree import iterwalk
from lxml.html import HtmlElement

from newscrawl.extraction.text.body import Line
from newscrawl.text.clean import clean
from newscrawl.text.scripts import weight
from newscrawl.text.sentences import ends_with_full_stop, is_sentence

INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark math nobr picture q rp rt"
    " ruby s samp small source span strike strong sub sup time tt u var wbr".split()
)
ALWAYS_INLINE = INLINE - {"span"}
SILENT = frozenset(
    "script style noscript template svg iframe object select textarea input button audio video canvas head".split()
)
UNREAD = SILENT | {"br"}
KINDS = {"li": "item", "dd": "item", "blockquote": "quote", "pre": "code"}
CELLS = frozenset({"td", "th"})
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
BLANK_LINE = re.compile(r"\n[ \t\r]*\n")
"""It parts the paragraphs of preformatted text, as wire stories and old pages have it."""

MAX_BLOCKS = 8_000
MAX_ROW_CHARS = 300
"""Of the text of a table's row that is read as one line; what is longer is a page laid out by a table."""

MAX_CELLS = 60
STYLED = re.compile(r"display\s*:\s*block")
"""A <span> that is a line of its own."""


@dataclass(slots=True)
class Block:
    """One line of the page and the element that it is the text of."""

    line: Line
    element: HtmlElement


def blocks_of(root: HtmlElement) -> list[Block]:
    """Return the blocks of *root* in the page's order, at most ``MAX_BLOCKS``; empty ones are left out."""
    blocks: list[Block] = []
    owners: list[HtmlElement] = []
    pieces: list[tuple[str, bool]] = []
    links, href, open_href, row = 0, "", "", False
    walk = iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if event == "start":
            if tag in UNREAD:
                if tag == "br" and not row:
                    if pieces:
                        _end_line(pieces, owners[-1], href, blocks)
                    href = open_href if links else ""  # a link may hold several blocks
                walk.skip_subtree()
                continue
            if not owners or not (row or tag in ALWAYS_INLINE or is_inline(element)):
                if pieces:
                    _end_line(pieces, owners[-1], href, blocks)
                    if len(blocks) >= MAX_BLOCKS:
                        break
                href = open_href if links else ""
                owners.append(element)
                row = tag == "tr" and is_row(element)
            if tag == "a":
                links += 1
                open_href = element.get("href") or ""
                href = href or open_href
            text = element.text
        else:
            if owners[-1] is element:
                owners.pop()
                if pieces:
                    _end_line(pieces, element, href, blocks)
                href = open_href if links else ""
                row = row and tag != "tr"
            elif row and pieces and tag in CELLS:
                pieces.append((" ", links > 0))
            if tag == "a":
                links -= 1
            text = element.tail if element is not root else None
        if text and (pieces or not text.isspace()):  # blanks begin no line
            pieces.append((text, links > 0))
    return blocks[:MAX_BLOCKS]


def _end_line(pieces: list[tuple[str, bool]], element: HtmlElement, href: str, blocks: list[Block]) -> None:
    """End the line that *pieces* make, each with whether it stands in a link: it is of *element*."""
    raw, linked = "".join([piece for piece, _ in pieces]), 0.0
    if in_links := sum([len(piece.strip()) for piece, in_link in pieces if in_link]):
        linked = in_links / sum([len(piece.strip()) for piece, _ in pieces])
    pieces.clear()
    kind = kind_of(element)
    for part in _paragraphs(raw) if kind == "code" else (raw,):
        text = " ".join(part.split())
        if (cleaned := clean(text)) is not text:
            text = " ".join(cleaned.split())
        if text:
            own = "p" if kind == "code" and is_sentence(text) else kind
            blocks.append(Block(Line(text, own, linked, href), element))


def _paragraphs(text: str) -> list[str]:
    """Return preformatted *text* by paragraphs where blank lines part sentences, whole where it is code."""
    parts = [part for part in BLANK_LINE.split(text) if part.strip()]
    return parts if 2 * sum(map(ends_with_full_stop, parts)) > len(parts) else [text]


def is_inline(element: HtmlElement) -> bool:
    """Say whether *element* is part of a line: by its name, or a custom element within running text."""
    tag = element.tag
    if tag in INLINE:
        return tag != "span" or "block" not in (style := element.get("style") or "") or STYLED.search(style) is None
    if "-" not in tag or (parent := element.getparent()) is None:
        return False
    before = element.getprevious()
    return bool(((parent.text if before is None else before.tail) or "").strip() or (element.tail or "").strip())


def is_row(row: HtmlElement) -> bool:
    """Say whether *row* is a table's row of data, whose cells make one line."""
    cells = [cell for cell in islice(row, MAX_CELLS) if cell.tag in CELLS]
    if len(cells) < 2 or next(row.iter("table", *HEADINGS), None) is not None:
        return False
    size = 0
    for text in row.itertext():
        size += weight(text.strip())
        if size > MAX_ROW_CHARS:
            return False
    return True


def kind_of(element: HtmlElement) -> str:
    """Return the kind of the line that *element* holds: its own, or that of the list or quotation around it."""
    if element.tag == "tr":
        return "row"
    if element.tag in HEADINGS:  # not what stands in one: where it is left open, the whole text does
        return "head"
    around: HtmlElement | None = element
    for _ in range(4):
        if around is None:
            break
        if kind := KINDS.get(around.tag):
            return kind
        around = around.getparent()
    return "p"


def look_of(element: HtmlElement) -> tuple[str, str]:
    """Return the name and the class of *element*: what a template styles it by."""
    return str(element.tag), element.get("class") or ""


def is_marked(element: HtmlElement) -> bool:
    """Say whether all of *element*'s text is in bold or italics."""
    if (element.text or "").strip() or len(element) != 1:
        return False
    return element[0].tag in ("em", "i", "b", "strong") and not (element[0].tail or "").strip()
