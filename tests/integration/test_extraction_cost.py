"""What extraction does not do, because it was measured to cost more than it gives."""

from __future__ import annotations

import sys

import lxml.html
import pytest
import trafilatura.core
from lxml.html import HtmlElement

from newscrawl.extraction.text.body import find_text
from newscrawl.html.parse import parse
from newscrawl.text.clean import INVISIBLE, clean


def test_no_element_of_the_tree_is_asked_for_its_class_in_python(monkeypatch) -> None:
    monkeypatch.delattr(lxml.html.HtmlElementClassLookup, "lookup")

    tree = parse("<html><body><form><label>A</label><select><option>b</option></select></form><p>c</p></body></html>")

    assert tree is not None
    assert {type(element) for element in tree.iter()} == {HtmlElement}


@pytest.mark.parametrize("fast", [True, False], ids=["quick", "thorough"])
def test_only_the_thorough_way_measures_the_page(monkeypatch, fast: bool) -> None:
    measured = []
    monkeypatch.setattr(trafilatura.core, "html2txt", lambda tree: measured.append(tree) or "")
    prose = "<p>The council spoke for {} hours about the bridge, which nobody had expected at the start.</p>"
    tree = parse(f"<html><body><article>{''.join(map(prose.format, range(6)))}</article></body></html>")
    assert tree is not None

    lines = find_text(tree, fast=fast)

    assert len(lines) == 6
    assert bool(measured) is not fast


def test_printable_text_is_not_searched_for_what_hides_or_moves_it() -> None:
    printable = "".join(char for char in map(chr, range(sys.maxunicode + 1)) if char.isprintable())

    assert INVISIBLE.findall(printable) == ["\ufffc", "\ufffd"]
    assert clean(printable) == printable.replace("\ufffc", "").replace("\ufffd", "")
    assert clean("a\ufffcb\ufffdc") == "abc"
