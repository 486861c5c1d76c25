"""A tree is changed and made whole again."""

from __future__ import annotations

from lxml.etree import tostring
from lxml.html import HtmlElement, document_fromstring

from newscrawl.extraction.pruning.prune import prune
from newscrawl.extraction.tree.changes import Changes

PAGE = (
    '<html><head><title>A</title></head>\n<body>top<div id="a">one</div>tail of a<p>two <b>bold</b> end</p><i>x</i>'
    '<a name="x"><p>wrapped</p></a> last</body></html>'
)


def as_text(tree: HtmlElement) -> bytes:
    text: bytes = tostring(tree, method="html")
    return text


def test_what_was_taken_out_stands_where_it_stood_with_the_text_around_it():
    tree = document_fromstring(PAGE)
    before, changes = as_text(tree), Changes()
    for name in ("div", "b", "p", "i", "a"):
        changes.take_out(tree.find(f".//{name}"))
    assert tree.text_content().split() == "A toptail of a last".split()
    changes.undo()
    assert as_text(tree) == before


def test_text_behind_what_is_taken_out_stays_as_with_drop_tree():
    one, other, changes = document_fromstring(PAGE), document_fromstring(PAGE), Changes()
    for name in ("div", "b", "i"):
        changes.take_out(one.find(f".//{name}"))
        other.find(f".//{name}").drop_tree()
    assert as_text(one) == as_text(other)


def test_neighbours_that_go_in_any_order_come_back_in_theirs():
    for order in ((0, 1, 2), (2, 1, 0), (1, 0, 2), (1, 2, 0)):
        tree = document_fromstring("<html><body>a<p>1</p>b<p>2</p>c<p>3</p>d</body></html>")
        before, changes, paragraphs = as_text(tree), Changes(), list(tree.iter("p"))
        for at in order:
            changes.take_out(paragraphs[at])
        assert tree.findtext("body") == "abcd"
        changes.undo()
        assert as_text(tree) == before


def test_names_and_attributes_come_back():
    tree = document_fromstring(PAGE)
    before, changes = as_text(tree), Changes()
    block = tree.find(".//div")
    changes.rename(block, "span")
    changes.drop_attribute(block, "id")
    changes.drop_attribute(block, "class")
    assert b"<span>one</span>" in as_text(tree)
    changes.undo()
    assert as_text(tree) == before
    assert not changes


def test_a_pruned_page_can_be_made_whole():
    tree = document_fromstring(
        '<html><head><title>A</title></head><body><nav>Menu</nav>after<h2 id="b">B</h2><a name="x"><p>wrapped</p></a>'
        '<button aria-controls="q">Why?</button><div id="q" style="display:none">The harbour is closed until spring.'
        f'</div><div class="related">{"<a href=/b>Another story of the day</a> " * 3}</div><p>{"Prose. " * 99}</p>'
        "</body></html>"
    )
    before, changes = as_text(tree), Changes()
    prune(tree, changes=changes)
    assert b"Menu" not in as_text(tree)
    assert b"related" not in as_text(tree)
    changes.undo()
    assert document_fromstring(as_text(tree)).text_content() == document_fromstring(before).text_content()
    assert sorted(as_text(tree)) == sorted(before)
