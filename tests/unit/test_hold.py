"""The elements of a page are made once while somebody holds them, and never more than a worker can bear."""

from __future__ import annotations

from newscrawl.html import hold as module
from newscrawl.html.hold import hold
from newscrawl.html.parse import parse


def test_what_is_held_is_what_is_met_again():
    tree = parse("<html><body><p>one</p><p>two</p></body></html>")

    held = hold(tree)

    assert [id(element) for element in tree.iter()] == list(map(id, held))


def test_no_more_than_so_many_are_held(monkeypatch):
    monkeypatch.setattr(module, "MAX_ELEMENTS", 10)

    assert len(hold(parse(f"<html><body>{'<p>a</p>' * 50}</body></html>"))) == 10
