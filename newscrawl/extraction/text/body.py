"""The text: trafilatura finds it, its tree is written out as lines, and lines that are no prose are cut."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass, replace
from typing import Any

from lxml.etree import XPath
from lxml.html import HtmlElement
from trafilatura import bare_extraction, external
from trafilatura.htmlprocessing import prune_unwanted_nodes
from trafilatura.settings import Document, Extractor
from trafilatura.xpaths import RAW_TREE_PRUNE_XPATH, REMOVE_COMMENTS_AND_LISTS_XPATH

from newscrawl.extraction.text.expressions import asked_once
from newscrawl.extraction.text.main_pass import main_text
from newscrawl.extraction.text.stop_words import StopWords
from newscrawl.text.clean import clean, words

external.JT_STOPLIST = StopWords()  # type: ignore[assignment]
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # a page's fate is its outcome, not a line on stderr

QUICK = "quick"
"""A focus that trafilatura does not know: it does what it does for "balanced", but neither measures the page nor tries
again where it found little. That is the thorough way's; here it cost 7 % of the time and gave 5 of 1,150 pages another
text, two of them a much worse one."""

NAMES = XPath(".//@class|.//@id", smart_strings=False)
APPENDED = re.compile(r"mvp-post-add|infinite-?scroll|elementor-share")
COMMENTS = re.compile(r"[Cc]omment|comol|disqus|dsq-")
"""What the names hold that trafilatura looks for in the whole page; most pages have none of them."""

IN_COMMENTS = asked_once(REMOVE_COMMENTS_AND_LISTS_XPATH)

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
    # links are kept to tell what is linked, not where to: without a URL they are not resolved
    options = Extractor(output_format="txt", fast=fast, comments=False, links=True)
    if fast:
        options.focus = QUICK
    try:
        if fast and (body := main_text(_without_comments(tree), options)) is not None:
            return list(lines_of(body))
        document = bare_extraction(tree, options=options)
    except Exception:  # it has raised IndexError, AttributeError, AssertionError on odd trees
        return []
    return list(lines_of(document.body)) if isinstance(document, Document) else []


def _without_comments(tree: HtmlElement) -> HtmlElement:
    """Return a copy of *tree* without comments, and without the stories that are appended to its own."""
    tree = copy(tree)
    names = "\n".join(NAMES(tree))
    if APPENDED.search(names):
        prune_unwanted_nodes(tree, RAW_TREE_PRUNE_XPATH)
    if COMMENTS.search(names):
        prune_unwanted_nodes(tree, [IN_COMMENTS.all])
    return tree


def lines_of(body: Any) -> Iterator[Line]:
    """Write out a body of trafilatura's: one line a block, cells with a blank between, a line break a new line."""
    pieces: list[tuple[str, bool]] = []
    kind = "p"

    def flush(tag: str) -> Iterator[Line]:
        if not pieces:
            return
        text = " ".join("".join(piece for piece, _ in pieces).split())  # a printable line is clean
        line = " ".join(clean(text).split())
        if line:
            size = sum(len(piece.strip()) for piece, _ in pieces)
            linked = sum(len(piece.strip()) for piece, in_link in pieces if in_link)
            yield Line(line, tag, linked / size if size else 0.0)
        pieces.clear()

    stack: list[tuple[Any, bool]] = [(body, False)]
    in_link = 0
    kinds = ["p"]
    while stack:
        element, closing = stack.pop()
        tag = element.tag if isinstance(element.tag, str) else ""
        block = tag in BLOCKS
        if closing:
            if block:
                yield from flush(kind)
                kinds.pop()
                kind = kinds[-1]
            elif tag in ("ref", "a"):
                in_link -= 1
            elif tag == "cell":
                pieces.append((" ", False))
            if element is not body and element.tail:
                pieces.append((element.tail, in_link > 0))
            continue
        if block:
            yield from flush(kind)
            kind = tag if tag != "ab" else kind
            kinds.append(kind)
        elif tag == "lb":
            yield from flush(kind)
        elif tag in ("ref", "a"):
            in_link += 1
        elif tag == "cell":
            pieces.append((" ", False))
        if element.text:
            pieces.append((element.text, in_link > 0))
        stack.append((element, True))
        stack.extend((child, False) for child in reversed(element))
    yield from flush(kind)
