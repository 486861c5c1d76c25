"""The text: trafilatura finds it, its tree is written out as lines, and lines that are no prose are cut."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass, replace
from typing import Any

from lxml.etree import XPath, iterwalk
from lxml.html import HtmlElement
from trafilatura import bare_extraction, baseline, external
from trafilatura.htmlprocessing import convert_tags, prune_unwanted_nodes
from trafilatura.main_extractor import extract_content
from trafilatura.settings import Document, Extractor
from trafilatura.xpaths import RAW_TREE_PRUNE_XPATH, REMOVE_COMMENTS_AND_LISTS_XPATH

from newscrawl.extraction.text.expressions import Expressions, asked_once
from newscrawl.extraction.text.main_pass import cleaned, main_text
from newscrawl.extraction.text.stop_words import StopWords
from newscrawl.text.clean import clean, words

external.JT_STOPLIST = StopWords()  # type: ignore[assignment]
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # a page's fate is its outcome, not a line on stderr

QUICK = "quick"
"""How most texts are found."""

# links are kept to tell what is linked, not where to: without a URL they are not resolved
OPTIONS = Extractor(output_format="txt", comments=False, links=True)
QUICK_OPTIONS = Extractor(output_format="txt", fast=True, comments=False, links=True)

APPENDED = XPath(
    ".//*[self::div or self::section or self::aside][contains(@class, 'mvp-post-add') or contains(@id, 'mvp-post-add')"
    " or contains(@class, 'infinite') or contains(@id, 'infinite') or contains(@class, 'elementor-share')]"
)
"""What may be a story appended to the page's own; most pages have none, and trafilatura asks each element."""

SIGN = re.compile(r"[Cc]omment|comol|disqus|dsq-|elementor-share|infinite|mvp-post-add")
OUTSIDE = Expressions([APPENDED, *REMOVE_COMMENTS_AND_LISTS_XPATH], SIGN)
asked_once(REMOVE_COMMENTS_AND_LISTS_XPATH)

LINKS = frozenset({"ref", "a"})
BLOCKS = frozenset({"p", "head", "item", "quote", "code", "row", "table", "list", "fw", "div", "ab"})


@dataclass(slots=True)  # a frozen one takes three times as long to make, and a page has hundreds
class Line:
    """One line of the text as trafilatura found it."""

    text: str
    kind: str = "p"
    """p, head, item, quote, row."""

    linked: float = 0.0
    """Share of its characters that stand in links."""

    href: str = ""
    """Where its first link leads, as the page writes it."""

    apart: bool = False
    """It looks another way than the paragraphs of the text: a box, a note, all of it in bold or italics."""

    cut: str = ""
    """Name of the step that cut it; empty: it stays."""

    why: str = ""
    """What the step found; of a line that stays, why it was added to what the finder found."""

    def drop(self, step: str, why: str = "") -> Line:
        """Return this line as cut by *step*."""
        return replace(self, cut=step, why=why)


def words_of(lines: Iterable[Line]) -> str:
    """Return the words of those *lines* that stay; line by line, since every step asks for the words of a line."""
    return " ".join(filter(None, (words(line.text) for line in lines if not line.cut)))


def find_text(tree: HtmlElement, *, fast: bool) -> list[Line]:
    """Return the lines that trafilatura takes for the article's; *tree* is left as it is."""
    try:
        if fast:
            body = main_text(_without_comments(tree), QUICK_OPTIONS)
            body = _by_all_parts(_without_comments(tree)) if body is None else body
        else:
            document = bare_extraction(tree, options=OPTIONS)
            body = document.body if isinstance(document, Document) else None
        return [] if body is None else lines_of(body)
    except Exception:  # it has raised IndexError, AttributeError, AssertionError on odd trees
        return []


def _by_all_parts(tree: HtmlElement) -> Any:
    """Return the body that trafilatura finds in one part of *tree* after another; None where it is next to nothing.

    It neither measures the page nor tries again where it found little: that is the thorough way's. Here it cost 7 % of
    the time and gave 5 of 1,150 pages another text, two of them a much worse one.
    """
    body, text = extract_content(convert_tags(cleaned(copy(tree), QUICK_OPTIONS), QUICK_OPTIONS), QUICK_OPTIONS)
    if len(text) < QUICK_OPTIONS.min_extracted_size:
        whole, all_text, size = baseline(tree)
        if size > len(text):
            body, text = whole, all_text
    return body if len(text) >= QUICK_OPTIONS.min_output_size else None


def _without_comments(tree: HtmlElement) -> HtmlElement:
    """Return a copy of *tree* without comments, and without the stories that are appended to its own."""
    tree = copy(tree)
    outside = OUTSIDE.found(tree)
    if any(bits & 1 for _, bits in outside):
        prune_unwanted_nodes(tree, RAW_TREE_PRUNE_XPATH)
    return prune_unwanted_nodes(tree, [lambda _: [element for element, bits in outside if bits > 1]])


def lines_of(body: Any) -> list[Line]:
    """Write out a body of trafilatura's: one line a block, cells with a blank between, a line break a new line."""
    lines: list[Line] = []
    pieces: list[tuple[str, bool]] = []
    in_link = 0
    kinds = ["p"]
    for event, element in iterwalk(body, events=("start", "end")):
        tag = element.tag
        block = tag in BLOCKS
        if event == "start":
            if block:
                _flush(pieces, kinds[-1], lines)
                kinds.append(tag if tag != "ab" else kinds[-1])
            elif tag == "lb":
                _flush(pieces, kinds[-1], lines)
            elif tag in LINKS:
                in_link += 1
            elif tag == "cell":
                pieces.append((" ", False))
            if element.text:
                pieces.append((element.text, in_link > 0))
            continue
        if block:
            _flush(pieces, kinds.pop(), lines)
        elif tag in LINKS:
            in_link -= 1
        elif tag == "cell":
            pieces.append((" ", False))
        if element is not body and element.tail:
            pieces.append((element.tail, in_link > 0))
    _flush(pieces, kinds[-1], lines)
    return lines


def _flush(pieces: list[tuple[str, bool]], kind: str, lines: list[Line]) -> None:
    """End the line that *pieces* make."""
    if not pieces:
        return
    text = " ".join("".join([piece for piece, _ in pieces]).split())
    if (cleaned := clean(text)) is not text:
        text = " ".join(cleaned.split())
    if text:
        size = linked = 0
        for piece, is_linked in pieces:
            chars = len(piece.strip())
            size += chars
            if is_linked:
                linked += chars
        lines.append(Line(text, kind, linked / size if size else 0.0))
    pieces.clear()
