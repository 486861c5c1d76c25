"""What extraction does not do, because it was measured to cost more than it gives."""

from __future__ import annotations

import lxml.html
from lxml.html import HtmlElement

from newscrawl.extraction.document import parse


def test_no_element_of_the_tree_is_asked_for_its_class_in_python(monkeypatch) -> None:
    monkeypatch.delattr(lxml.html.HtmlElementClassLookup, "lookup")

    tree = parse("<html><body><form><label>A</label><select><option>b</option></select></form><p>c</p></body></html>")

    assert tree is not None
    assert {type(element) for element in tree.iter()} == {HtmlElement}
