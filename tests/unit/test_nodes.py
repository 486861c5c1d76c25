"""The lists of a tree say what the tree says."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from lxml.html import HtmlElement, fromstring

from newscrawl.extraction.tree.nodes import Nodes, nodes_of

TAGS = st.sampled_from(["div", "p", "a", "span", "b", "h2", "x-card", "ul", "li"])
TEXTS = st.sampled_from(["", " ", "The vote", " of the council ", "\n"])
TREES = st.recursive(
    TEXTS, lambda inside: st.builds("{1}<{0}>{2}</{0}>{3}".format, TAGS, TEXTS, inside, inside), max_leaves=20
)


def outside_links(element: HtmlElement) -> int:
    """Return how many characters of *element* stand in no link below it."""
    inside = sum(outside_links(child) for child in element if child.tag != "a")
    return inside + sum(len((text or "").strip()) for text in (element.text, *(child.tail for child in element)))


@given(TREES)
def test_the_lists_say_of_each_element_what_the_tree_does(inside: str) -> None:
    body = fromstring(f"<html><body>{inside}</body></html>").find("body")
    assert body is not None

    nodes = Nodes(body)

    for at, element in enumerate(body.iter()):
        assert nodes.elements[at] is element
        assert nodes.places[element] == at
        assert nodes.ends[at] == at + len(list(element.iter()))
        assert [nodes.elements[child] for child in nodes.children(at)] == list(element)
        assert [nodes.elements[around] for around in nodes.around(at)] == list(element.iterancestors())[:-1]
        assert [nodes.elements[link] for link in nodes.inside(at, "a")] == list(element.iter("a"))
        assert nodes.text(at) == element.text_content()
        assert nodes.all[at] == sum(len(text.strip()) for text in element.itertext())
        assert nodes.prose[at] == outside_links(element)
        assert nodes.before[at] == sum(len(text.strip()) for text in element.xpath("preceding::text()"))


def test_a_script_and_a_comment_hold_no_text() -> None:
    tree = fromstring("<html><body><p>One</p><script>var two;</script><!-- three --></body></html>")

    assert nodes_of(tree).all[0] == 3


def test_a_page_without_a_body_is_read_whole() -> None:
    assert nodes_of(fromstring("<div class='a'>One</div>")).look(0) == ("div", "a")
