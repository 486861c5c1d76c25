"""How much text each element of a page holds, for the steps that take blocks out."""

from __future__ import annotations

from lxml.html import HtmlElement

MAX_SHARE = 0.25
"""Of the page's prose; a block that holds more of it is not what its name says."""

MIN_SECTION_CHARS = 80
"""Of prose that a section of the text has."""

SILENT = frozenset({"script", "style", "template", "svg"})


class Sizes:
    """How many characters of text each element of a tree holds, outside links and in all."""

    def __init__(self, root: HtmlElement) -> None:
        self.root = root
        self.elements: list[HtmlElement] = list(root.iter())
        self.tags: list[object] = [element.tag for element in self.elements]
        self.named: list[tuple[HtmlElement, str, str]] = [
            (element, name or "", mark or "")
            for element in self.elements
            if ((name := element.get("class")), (mark := element.get("id"))) != (None, None)
        ]
        """The elements that have a class or an id, with both."""

        self.prose: dict[HtmlElement, int] = dict.fromkeys(self.elements, 0)
        self.all: dict[HtmlElement, int] = dict.fromkeys(self.elements, 0)
        all_prose, all_text = self.prose, self.all
        for element, tag in zip(reversed(self.elements), reversed(self.tags), strict=True):  # children before parents
            prose, whole = all_prose[element], all_text[element]
            if (text := element.text) and tag not in SILENT and (own := len(text.strip())):
                prose, whole = prose + own, whole + own
                all_prose[element], all_text[element] = prose, whole
            if element is root:
                break
            behind = len(tail.strip()) if (tail := element.tail) else 0
            if behind or whole:
                parent = element.getparent()
                all_prose[parent] += behind + (0 if tag == "a" else prose)
                all_text[parent] += behind + whole
