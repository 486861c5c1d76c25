"""trafilatura's expressions, asked once for each kind of element: a page has hundreds of elements, of few kinds.

XPath calls regular expressions through Python, for each element anew: a third of the price of a text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from lxml.etree import Element, SubElement, XPath
from lxml.html import HtmlElement

Kind = tuple[str | None, ...]
"""The name of an element, where it is asked for, and its values of the attributes that are."""

ATTRIBUTE = re.compile(r"@([\w-]+)")
NAME = re.compile(r"self::(\w+)|\.//(\w+)")
ANY_NAME = re.compile(r"\.//\*\[(?!\s*self::)")
ANYTHING = re.compile("")
MAX_KNOWN = 4_000
"""Kinds whose answer is kept: the pages of a site have the same few dozen."""


class Expressions:
    """Expressions that ask for nothing but an element's own name and attributes."""

    def __init__(self, expressions: Sequence[XPath], sign: re.Pattern[str] = ANYTHING) -> None:
        """*sign* stands in an attribute of each element that they find: whatever has none is not asked."""
        self.sign = sign
        self.expressions = tuple(expressions)
        path = "\n".join(expression.path for expression in expressions)
        self.attributes = sorted(set(ATTRIBUTE.findall(path)))
        self.names = frozenset(one or other for one, other in NAME.findall(path))
        self.searched = ["*"] if ANY_NAME.search(path) else sorted(self.names)
        self.known: dict[Kind, int] = {}
        self.refused: list[set[Kind]] = [set() for _ in expressions]
        """What each expression is known not to find."""

    def found(self, tree: HtmlElement) -> list[tuple[HtmlElement, int]]:
        """Return the elements below *tree* that the expressions find, in document order.

        Each has a bit for every expression that finds it: 1 for the first, 2 for the second, 4 for the third.
        """
        elements = list(tree.iterdescendants(*self.searched))
        kinds = list(map(self._kind, elements))
        if len(self.known) > MAX_KNOWN:
            self.known.clear()
        if new := dict.fromkeys(kind for kind in kinds if kind not in self.known):
            asked = [kind for kind in new if self.sign.search(" ".join(filter(None, kind)))]
            self.known.update(dict.fromkeys(new, 0))
            self.known.update(zip(asked, self._judged(asked), strict=True))
        known = self.known
        return [(element, known[kind]) for element, kind in zip(elements, kinds, strict=True) if known[kind]]

    def all(self, tree: HtmlElement) -> list[HtmlElement]:
        """Return the elements below *tree* that any of the expressions finds, in document order."""
        return [element for element, _ in self.found(tree)]

    def first(self, tree: HtmlElement) -> HtmlElement | None:
        """Return the first element below *tree* of the first expression that finds one; each may ask for one only."""
        elements = list(tree.iterdescendants(*self.searched))
        kinds = list(map(self._kind, elements))
        for expression, refused in zip(self.expressions, self.refused, strict=True):
            if len(refused) > MAX_KNOWN:
                refused.clear()
            new = dict.fromkeys(kind for kind in kinds if kind not in refused)
            sample = self._sample(new)
            found = next(iter(expression(sample)), None)
            for kind, element in zip(new, sample, strict=True):
                if element is found:
                    return elements[kinds.index(kind)]
                refused.add(kind)
        return None

    def _kind(self, element: HtmlElement) -> Kind:
        name = element.tag
        return (name if name in self.names else "other", *map(element.get, self.attributes))

    def _judged(self, kinds: Iterable[Kind]) -> list[int]:
        """Return by which expressions an element of each of *kinds* is found."""
        sample = self._sample(kinds)
        bits = dict.fromkeys(sample, 0)
        for at, expression in enumerate(self.expressions):
            for element in expression(sample):
                bits[element] |= 1 << at
        return list(bits.values())

    def _sample(self, kinds: Iterable[Kind]) -> HtmlElement:
        """Return an element that holds one element of each of *kinds*."""
        sample = Element("sample")
        for name, *values in kinds:
            given = zip(self.attributes, values, strict=True)
            SubElement(sample, name, {name: value for name, value in given if value is not None})
        return sample


def asked_once(expressions: list[XPath]) -> Expressions:
    """Return *expressions*, a list of trafilatura's, which it asks once for each kind of element from now on."""
    own = Expressions(expressions)
    expressions[:] = [own.all]  # it calls each with a tree, no more
    return own


def asked_first(expression: XPath) -> Callable[[HtmlElement], list[HtmlElement | None]]:
    """Return *expression* for trafilatura, which takes the first element that it finds."""
    own = Expressions([expression])
    return lambda tree: [own.first(tree)]
