"""Changes of a tree that can be undone: to take blocks out and put them back costs less than to copy the tree."""

from __future__ import annotations

from collections.abc import Callable

from lxml.html import HtmlElement


class Changes:
    """What was changed in a tree, in order. Nothing else may change it before :meth:`undo`."""

    def __init__(self) -> None:
        self._steps: list[Callable[[], object]] = []

    def __len__(self) -> int:
        return len(self._steps)

    def take_out(self, element: HtmlElement) -> None:
        """Take out *element*; the text behind it stays, as with lxml's ``drop_tree``."""
        if tail := element.tail:
            previous = element.getprevious()
            holder, name = (element.getparent(), "text") if previous is None else (previous, "tail")
            before = getattr(holder, name)
            setattr(holder, name, (before or "") + tail)
            self._steps.append(lambda: setattr(holder, name, before))
        self.remove(element)

    def remove(self, element: HtmlElement) -> None:
        """Take out *element* and the text behind it."""
        parent, following = element.getparent(), element.getnext()
        parent.remove(element)
        if following is None:
            self._steps.append(lambda: parent.append(element))
        else:
            self._steps.append(lambda: following.addprevious(element))

    def rename(self, element: HtmlElement, tag: str) -> None:
        """Give *element* another name."""
        before = element.tag
        element.tag = tag
        self._steps.append(lambda: setattr(element, "tag", before))

    def drop_attribute(self, element: HtmlElement, name: str) -> None:
        """Drop an attribute of *element*, if it has that."""
        if (value := element.attrib.pop(name, None)) is not None:
            self._steps.append(lambda: element.set(name, value))

    def undo(self) -> None:
        """Make the tree what it was."""
        while self._steps:
            self._steps.pop()()
