"""A tree as lists: what each element is, where it stands and how much text it holds, read once for all steps.

lxml makes an object of every answer, and the memory of a tree is cold: to ask every element for its class costs as
much as to ask for all that is here together.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

from newscrawl.extraction.tree.names import Names, judge

SILENT = frozenset({"script", "style", "template", "svg", ""})  # "": a comment
ROOTS = frozenset({"html", "body", "main", "article"})
"""Elements that hold a page, or its story as a whole: what is taken out stands in them."""


class Nodes:
    """The elements of a tree in its order; each list has at an element's place what is said of that element."""

    def __init__(self, root: HtmlElement) -> None:
        rows = [
            (
                element,
                element.tag,
                element.getparent(),
                element.text,
                element.tail,
                element.get("class"),
                element.get("id"),
                element.get("hidden"),
                element.get("style"),
                element.get("itemprop"),
                element.get("aria-controls"),
            )
            for element in root.iter()
        ]
        columns: list[tuple[Any, ...]] = list(zip(*rows, strict=True))
        self.elements: tuple[HtmlElement, ...] = columns[0]
        self.places = dict(zip(self.elements, range(len(rows)), strict=True))
        """Where each element stands in the lists."""

        self.tags: list[str] = [tag if isinstance(tag, str) else "" for tag in columns[1]]
        self.parents: list[int] = [-1, *map(self.places.__getitem__, columns[2][1:])]
        self.texts: tuple[str | None, ...] = columns[3]
        """What stands before the first child; ``tails`` behind the element."""

        self.tails: tuple[str | None, ...] = columns[4]
        self.classes: tuple[str | None, ...] = columns[5]
        self.ids: tuple[str | None, ...] = columns[6]
        self.hidden: tuple[str | None, ...] = columns[7]
        self.styles: tuple[str | None, ...] = columns[8]
        self.itemprops: tuple[str | None, ...] = columns[9]
        self.controls: tuple[str | None, ...] = columns[10]
        self.tagged: defaultdict[str, list[int]] = defaultdict(list)
        """The elements of each name."""

        for at, tag in enumerate(self.tags):
            self.tagged[tag].append(at)
        self.hrefs = {at: self.elements[at].get("href") for at in self.tagged["a"]}
        """Where each link leads, as the page writes it; None for one that leads nowhere."""

        self.own = [len(text.strip()) if text else 0 for text in self.texts]
        """Characters before the first child; ``behind``: of the tail."""

        self.behind = [len(tail.strip()) if tail else 0 for tail in self.tails]
        for tag in SILENT & self.tagged.keys():
            for at in self.tagged[tag]:
                self.own[at] = 0
        self.ends = list(range(1, len(rows) + 1))
        """Where what is in each element ends."""

        self.all, self.prose = list(self.own), list(self.own)
        """Characters in each element: all of them, and those outside links."""

        self.before = [0] * len(rows)
        """Characters of the whole tree before each element."""

        self._sum()
        self.names: list[tuple[int, Names]] = [
            (at, judge(name, mark))
            for at, (name, mark) in enumerate(zip(self.classes, self.ids, strict=True))
            if name or mark
        ]
        """The elements that have a class or an id, with what these say."""

    def _sum(self) -> None:
        tags, parents, ends, whole, prose = self.tags, self.parents, self.ends, self.all, self.prose
        for at in range(len(tags) - 1, 0, -1):  # children before parents
            home, size, behind = parents[at], whole[at], self.behind[at]
            if ends[at] > ends[home]:
                ends[home] = ends[at]
            if size:
                whole[home] += size
                if tags[at] != "a":
                    prose[home] += prose[at]
            if behind:
                whole[home] += behind
                prose[home] += behind
        before, next_in = self.before, list(self.own)
        for at in range(1, len(tags)):
            home = parents[at]
            before[at] = start = next_in[home]
            next_in[home] = start + whole[at] + self.behind[at]
            next_in[at] += start

    def text(self, at: int) -> str:
        """Return all text in *at*."""
        return (self.texts[at] or "") if self.ends[at] == at + 1 else "".join(self.pieces(at))

    def pieces(self, at: int) -> Iterator[str]:
        """Yield the texts in *at*, one by one."""
        texts, tails, ends = self.texts, self.tails, self.ends
        if text := texts[at]:
            yield text
        unclosed: list[int] = []
        for inner in range(at + 1, ends[at]):
            while unclosed and ends[unclosed[-1]] <= inner:
                if text := tails[unclosed.pop()]:
                    yield text
            if text := texts[inner]:
                yield text
            unclosed.append(inner)
        for inner in reversed(unclosed):
            if text := tails[inner]:
                yield text

    def inside(self, at: int, tag: str) -> list[int]:
        """Return the elements of that name at *at* and in it."""
        found = self.tagged.get(tag, [])
        return found[bisect_left(found, at) : bisect_left(found, self.ends[at])]

    def look(self, at: int) -> tuple[str, str | None]:
        """Return name and class of *at*: what a template styles it by."""
        return self.tags[at], self.classes[at]

    def children(self, at: int) -> Iterator[int]:
        """Yield the children of *at*."""
        child, end = at + 1, self.ends[at]
        while child < end:
            yield child
            child = self.ends[child]

    def following(self, at: int) -> Iterator[int]:
        """Yield the siblings behind *at*."""
        end = self.ends[self.parents[at]] if at else 0
        while (at := self.ends[at]) < end:
            yield at

    def around(self, at: int) -> Iterator[int]:
        """Yield what holds *at*, the nearest first, up to the root."""
        while (at := self.parents[at]) >= 0:
            yield at


def nodes_of(tree: HtmlElement) -> Nodes:
    """Return the nodes of the body of *tree*, or of all of it where it has none."""
    body = tree.find("body")
    return Nodes(tree if body is None else body)
