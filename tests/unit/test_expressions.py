"""trafilatura's expressions find the same whether each element is asked or one of each kind."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml.etree import XPath, tostring
from trafilatura.htmlprocessing import prune_unwanted_nodes
from trafilatura.xpaths import OVERALL_DISCARD_XPATH

from newscrawl.extraction.text import expressions
from newscrawl.extraction.text.body import OUTSIDE
from newscrawl.extraction.text.expressions import Expressions
from newscrawl.extraction.text.main_pass import BESIDE, BODY
from newscrawl.html.parse import parse

PAGES = sorted(Path(__file__).parents[1].joinpath("pages").glob("*/page.html"))[::5]
LISTS = (BESIDE, OUTSIDE)
MANY = "".join(
    f'<{name} {attribute}="{value}">x</{name}>'
    for name in ("div", "p", "span", "section", "ul", "a", "main", "fb:like")
    for attribute in ("class", "id", "style", "role", "aria-hidden")
    for value in ("nav", "Comments", "cookie", "shared", "hidden", "true", "post-body", "caption", "main", "Teaser")
)


def pages() -> list[str]:
    return [f"<html><body>{MANY}</body></html>", *(page.read_text("utf-8", "replace") for page in PAGES)]


@pytest.mark.parametrize("asked", LISTS, ids=range(len(LISTS)))
def test_finds_all_that_its_expressions_find(asked):
    kept = Expressions(asked.expressions, asked.sign)

    for page in pages():
        tree = parse(page)
        found = {element for expression in asked.expressions for element in expression(tree)}
        assert kept.all(tree) == [element for element in tree.iter() if element in found]


def test_trafilatura_takes_out_the_same_by_the_expressions_that_it_is_given():
    for page in pages():
        one, other = parse(page), parse(page)
        prune_unwanted_nodes(one, list(BESIDE.expressions[-2:]))
        prune_unwanted_nodes(other, OVERALL_DISCARD_XPATH)
        assert tostring(one) == tostring(other)


def test_says_which_expressions_find_an_element():
    kept = Expressions([XPath(".//*[self::p][@class='a']"), XPath(".//*[@id='b']")])
    tree = parse("<html><body><p class=a>1<p id=b>2<p>3<p class=a id=b>4</body></html>")

    assert [(element.text, bits) for element, bits in kept.found(tree)] == [("1", 1), ("2", 2), ("4", 3)]


def test_finds_the_first_of_the_first_expression_that_finds_one():
    asked = BODY.expressions
    kept = Expressions(asked)
    for _ in range(2):
        for page in pages():
            tree = parse(page)
            assert (
                kept.first(tree) == BODY.first(tree) == next((found[0] for one in asked if (found := one(tree))), None)
            )


def test_an_element_of_a_known_kind_is_not_asked_again():
    asked = []

    class Counting:
        path = ".//*[self::p][@class='a']"

        def __call__(self, tree):
            asked.append(len(tree))
            return XPath(self.path)(tree)

    kept = Expressions([Counting()])
    tree = parse("<html><body><p class=a>1<p class=a>2<p>3</body></html>")

    assert [element.text for element in kept.all(tree)] == ["1", "2"]
    assert [element.text for element in kept.all(tree)] == ["1", "2"]
    assert asked == [2]


def test_only_so_many_kinds_are_kept(monkeypatch):
    monkeypatch.setattr(expressions, "MAX_KNOWN", 10)
    kept = Expressions([XPath(".//*[self::p][contains(@class, 'a')]")])

    for number in range(30):
        assert len(kept.all(parse(f"<html><body><p class=a{number}>1</body></html>"))) == 1
    assert len(kept.known) <= 11
