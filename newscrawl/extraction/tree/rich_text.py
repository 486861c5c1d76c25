"""The text of data in which content systems keep a story: HTML, Markdown-free strings, and trees of typed blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml.etree import LxmlError, iterwalk
from lxml.html import HtmlElement, fromstring

from newscrawl.text.clean import clean, plain
from newscrawl.text.scripts import DENSE_CHAR
from newscrawl.text.sentences import is_sentence

MAX_DEPTH = 40
MAX_TEXT_CHARS = 100_000
COMMENT = re.compile(r"<!--.*?-->", re.S)
BLOCK_TAGS = frozenset(
    {"br", "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "section", "article", "tr"}
)
SILENT_TAGS = frozenset({"script", "style", "figure", "iframe", "aside", "form", "noscript", "template", "svg"})
SENTENCE = re.compile(r"[.!?…:;,؟।。！？、，”\"»]")
HEADING = re.compile(r"^(?:h[1-6]|head(?:er|ing)?|subhead(?:ing|line)?|heading-[1-6]|title)$", re.I)
MEDIA = re.compile(
    r"image|photo|picture|video|audio|gallery|embed|advert|related|promo|figure|author|byline|newsletter|widget", re.I
)
"""What a block calls itself that holds no prose of the story."""

LEAVES = ("text", "value")


def is_prose(text: str) -> bool:
    """Tell whether *text* reads as a sentence and not as a label, a name, an address or code."""
    if len(text) < 40 and not (len(text) >= 15 and DENSE_CHAR.search(text)):
        return False
    if text[:1] in "{[#/" or text.startswith(("http:", "https:", "data:")):
        return False
    blanks = text.count(" ")
    if not DENSE_CHAR.search(text) and blanks < len(text) / 20:
        return False
    return SENTENCE.search(text) is not None or is_sentence(text)


def prose_of(node: Any, depth: int = 0) -> int:
    """Return how many characters of prose stand in *node*, links and media left out."""
    if isinstance(node, str):
        return len(node) if is_prose(plain(node, 2000) if "<" in node[:2000] else node[:2000]) else 0
    if depth > MAX_DEPTH:
        return 0
    if isinstance(node, list):
        return sum(prose_of(item, depth + 1) for item in node)
    if isinstance(node, dict) and not _is_media(node):
        if text := _inline_text(node):
            return len(text) if is_prose(text) else 0
        return sum(prose_of(value, depth + 1) for value in node.values())
    return 0


def blocks_of(node: Any, depth: int = 0) -> Iterator[str]:
    """Yield the paragraphs and subheadings of *node*, in order: HTML, plain text, or blocks of a rich text."""
    if isinstance(node, str):
        yield from html_blocks(node) if "<" in node else plain_blocks(node)
    elif depth > MAX_DEPTH:
        return
    elif isinstance(node, list):
        for item in node:
            yield from blocks_of(item, depth + 1)
    elif isinstance(node, dict) and not _is_media(node):
        if text := _inline_text(node):
            yield text
            return
        strings = [value for value in node.values() if isinstance(value, str)]
        if HEADING.match(_type_of(node)):
            yield from (line for value in strings if (line := plain(value)) and line != _type_of(node))
        else:
            for value in node.values():
                if isinstance(value, str):
                    if is_prose(plain(value, 2000)):
                        yield from blocks_of(value, depth + 1)
                elif isinstance(value, dict | list):
                    yield from blocks_of(value, depth + 1)


def plain_blocks(text: str) -> Iterator[str]:
    """Yield the lines of plain *text*."""
    for line in text[:MAX_TEXT_CHARS].splitlines():
        if shown := " ".join(clean(line).split()):
            yield shown


def html_blocks(text: str) -> Iterator[str]:
    """Yield the text of each block of the HTML fragment *text*."""
    try:
        root = fromstring(f"<div>{COMMENT.sub('', text[:MAX_TEXT_CHARS])}</div>")
    except (LxmlError, ValueError, AssertionError):
        return
    yield from element_blocks(root)


def element_blocks(root: HtmlElement) -> Iterator[str]:
    """Yield the text of each block below *root*, in order."""
    pieces: list[str] = []

    def finished() -> Iterator[str]:
        if shown := " ".join(clean("".join(pieces)).split()):
            yield shown
        pieces.clear()

    silent = 0  # depth below an element whose text is not shown
    for event, element in iterwalk(root, events=("start", "end")):
        if event == "start":
            if silent or element.tag in SILENT_TAGS:
                silent += 1
                continue
            if element.tag in BLOCK_TAGS:
                yield from finished()
            pieces.append(element.text or "")
            continue
        if silent:
            silent -= 1
        elif element.tag in BLOCK_TAGS:
            yield from finished()
        if not silent and element is not root:
            pieces.append(element.tail or "")
    yield from finished()


def _type_of(node: dict[str, Any]) -> str:
    for key in ("type", "nodeType", "_type", "__typename", "tag", "component", "kind"):
        if isinstance(value := node.get(key), str):
            return value
    return ""


def _is_media(node: dict[str, Any]) -> bool:
    return MEDIA.search(_type_of(node)) is not None


def _inline_text(node: dict[str, Any]) -> str:
    """Return the joined leaves of a rich text: ``{"children": [{"text": "A "}, {"text": "b", "bold": true}]}``."""
    for value in node.values():
        if isinstance(value, list) and any(isinstance(item, dict) and _leaf(item) is not None for item in value):
            return " ".join(clean("".join(_leaves(value))).split())
    return ""


def _leaf(node: dict[str, Any]) -> str | None:
    """Return the text of a leaf of rich text; None where *node* is none."""
    if any(isinstance(value, dict | list) and value and key != "marks" for key, value in node.items()):
        return None
    for key in LEAVES:
        if isinstance(value := node.get(key), str) and "<" not in value:
            return value
    return None


def _leaves(nodes: list[Any], depth: int = 0) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, dict):
            if (text := _leaf(node)) is not None:
                yield text
            elif depth < MAX_DEPTH:
                for value in node.values():
                    if isinstance(value, list):
                        yield from _leaves(value, depth + 1)
