"""trafilatura's expressions, asked once for each kind of element: a page has hundreds of elements, of few kinds.

XPath calls regular expressions through Python, for each element anew: a third of the price of a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from lxml.etree import Element, SubElement, XPath
from lxml.html import HtmlElement

Kind = tuple[str | None, ...]
"""The name of an element, where it is asked for, and its values of the attributes that are."""

ATTRIBUTE = re.compile(r"@([\w-]+)")
NAME = re.compile(r"self::(\w+)|\.//(\w+)")
ANY_NAME = re.compile(r"\.//\*\[(?!\s*self::)")
MAX_KNOWN = 4_000
"""Kinds whose answer is kept: the pages of a site have the same few dozen."""


class Expressions:
    """Expressions that ask for nothing but an element's own name and attributes."""

    def __init__(self, expressions: Sequence[XPath]) -> None:
        self.expressions = tuple(expressions)
        path = "\n".join(expression.path for expression in expressions)
        self.attributes = sorted(set(ATTRIBUTE.findall(path)))
        self.names = frozenset(one or other for one, other in NAME.findall(path))
        self.searched = ["*"] if ANY_NAME.search(path) else sorted(self.names)
        self.known: dict[Kind, bool] = {}

    def all(self, tree: HtmlElement) -> list[HtmlElement]:
        """Return the elements below *tree* that any of the expressions finds, in document order."""
        elements = list(tree.iterdescendants(*self.searched))
        kinds = list(map(self._kind, elements))
        if len(self.known) > MAX_KNOWN:
            self.known.clear()
        if new := dict.fromkeys(kind for kind in kinds if kind not in self.known):
            sample = self._sample(new)
            found = {element for expression in self.expressions for element in expression(sample)}
            self.known.update(zip(new, (element in found for element in sample), strict=True))
        return [element for element, kind in zip(elements, kinds, strict=True) if self.known[kind]]

    def first(self, tree: HtmlElement) -> Iterator[HtmlElement | None]:
        """Yield the first element below *tree* that each of the expressions finds; None where it finds none."""
        kinds: dict[Kind, HtmlElement] = {}
        for element in tree.iterdescendants(*self.searched):
            kinds.setdefault(self._kind(element), element)
        sample = self._sample(kinds)
        originals = dict(zip(sample, kinds.values(), strict=True))
        for expression in self.expressions:
            found = next(iter(expression(sample)), None)
            yield None if found is None else originals[found]

    def _kind(self, element: HtmlElement) -> Kind:
        name, get = element.tag, element.get
        return (name if name in self.names else "other", *[get(attribute) for attribute in self.attributes])

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
