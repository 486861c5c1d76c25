"""Text that stands on a page as data: the state that a script renders into an empty shell.

Next, Nuxt, Arc, Apollo, Redux and their like send the story as JSON beside the page or as a value in a script. No
names of keys are trusted: the story is the object that holds the page's own title, and its body is the field of that
object with the most prose.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from lxml.html import HtmlElement

from newscrawl.extraction.tree.rich_text import blocks_of, is_prose, prose_of
from newscrawl.text.clean import words
from newscrawl.text.scripts import DENSE_CHAR

MIN_SCRIPT_CHARS = 200
MAX_SCRIPT_CHARS = 4_000_000
MIN_BODY_CHARS = 120  # a story of two sentences
MAX_NODES = 200_000  # of one state: what a hostile page can make us visit
MAX_STARTS = 40  # places in one script where a value may begin
ASSIGNED = re.compile(r"""[=(:,]\s*(?:JSON\.parse\(\s*)?(?=[{\["'])""")
STRING = re.compile(r'"(?:[^"\\\n]|\\.){80,}"' + r"|'(?:[^'\\\n]|\\.){80,}'")
DECODER = json.JSONDecoder(strict=False)


def embedded_paragraphs(scripts: Sequence[HtmlElement], titles: Sequence[str]) -> list[str]:
    """Return the paragraphs of the story called one of *titles* in the data of *scripts*; [] where there is none."""
    keys = {key for title in titles if (key := words(title))}
    best: list[str] = []
    for script in scripts:
        text = script.text or ""
        if not MIN_SCRIPT_CHARS <= len(text) <= MAX_SCRIPT_CHARS or "ld+json" in (script.get("type") or ""):
            continue
        for state in _values(text):
            story = _story(state, keys)
            if _size(story) > max(MIN_BODY_CHARS, _size(best)):
                best = story
        if not best:
            best = _literal(text, keys)
    return best


def _values(text: str) -> Iterator[Any]:
    """Yield the JSON values in a script: the whole of it, or what it assigns, also as ``JSON.parse("...")``."""
    stripped = text.strip().removeprefix("<!--")
    if stripped[:1] in "{[":
        try:
            yield _hydrated(DECODER.raw_decode(stripped)[0])
            return
        except (ValueError, RecursionError):
            pass
    position, starts = 0, 0
    while starts < MAX_STARTS and (begin := ASSIGNED.search(text, position)):
        position, starts = begin.end(), starts + 1
        try:
            value, position = DECODER.raw_decode(text, begin.end())
            if isinstance(value, str):
                value = json.loads(value) if value[:1] in ("{", "[") else None
        except (ValueError, RecursionError):
            continue
        if isinstance(value, dict | list):
            yield value


def _hydrated(value: Any) -> Any:
    """Return *value* with its references resolved, where it is a flat array of values that name each other by index.

    Nuxt 3 and SvelteKit write their state so (the format of the library "devalue").
    """
    if not isinstance(value, list) or len(value) < 3 or not isinstance(value[0], list | dict):
        return value
    root = value[0]
    references = root.values() if isinstance(root, dict) else root[1:]
    if not references or not all(type(item) is int and -8 < item < len(value) for item in references):
        return value
    made: dict[int, Any] = {}

    def resolve(index: Any) -> Any:
        if type(index) is not int or not 0 <= index < len(value):
            return None
        if index in made:
            return made[index]
        item = value[index]
        made[index] = None  # an object that holds itself
        if isinstance(item, dict):
            made[index] = {key: resolve(reference) for key, reference in item.items()}
        elif isinstance(item, list):
            wrapped = bool(item) and isinstance(item[0], str)  # ["Reactive", 7]
            resolved = [resolve(reference) for reference in (item[1:] if wrapped else item)]
            made[index] = resolved[0] if wrapped and len(resolved) == 1 else resolved
        else:
            made[index] = item
        return made[index]

    try:
        return resolve(0)
    except RecursionError:
        return None


def _story(state: Any, keys: set[str]) -> list[str]:
    """Return the paragraphs of the smallest object that holds the title and prose."""
    best: list[str] = []
    stack: list[tuple[Any, tuple[Any, ...]]] = [(state, ())]
    visited = 0
    while stack and visited < MAX_NODES:
        node, above = stack.pop()
        visited += 1
        if isinstance(node, dict):
            if any(isinstance(value, str) and len(value) < 500 and words(value) in keys for value in node.values()):
                for holder in (node, *reversed(above)):
                    if blocks := _body(holder):
                        best = max(best, blocks, key=_size)
                        break
            stack.extend((value, (*above[-2:], node)) for value in node.values() if isinstance(value, dict | list))
        elif isinstance(node, list):
            stack.extend((value, above) for value in node if isinstance(value, dict | list))
    return best


def _body(node: Any) -> list[str]:
    """Return the paragraphs of the field of *node* with the most prose."""
    for _ in range(12):  # {"body": {"root": {"children": [...]}}}
        if not isinstance(node, dict):
            break
        sizes = {key: prose_of(value) for key, value in node.items()}
        key = max(sizes, key=lambda name: sizes[name], default=None)
        if key is None or sizes[key] == 0:
            return []
        node = node[key]
    return list(blocks_of(node))


def _literal(text: str, keys: set[str]) -> list[str]:
    """Return the paragraphs of the longest string of a script that is no JSON, if the script names the title too."""
    best: list[str] = []
    named = False
    for quoted in re.finditer(r'"(?:[^"\\\n]|\\.){3,500}"', text):
        if words(_unquoted(quoted[0])) in keys:
            named = True
            break
    if not named:
        return best
    for quoted in STRING.finditer(text):
        blocks = [block for block in blocks_of(_unquoted(quoted[0])) if is_prose(block)]
        if _size(blocks) > max(MIN_BODY_CHARS, _size(best)):
            best = blocks
    return best


def _size(paragraphs: Sequence[str]) -> int:
    """Return the length of *paragraphs*; a character of a script without blanks says as much as three letters."""
    return sum(len(text) + 2 * len(DENSE_CHAR.findall(text)) for text in paragraphs)


def _unquoted(literal: str) -> str:
    """Return the text of a JavaScript string literal."""
    inner = literal[1:-1]
    if literal[0] == "'":
        inner = inner.replace("\\'", "'").replace('"', '\\"')
    try:
        value = DECODER.decode(f'"{inner}"')
    except ValueError:
        return ""
    return value if isinstance(value, str) else ""
