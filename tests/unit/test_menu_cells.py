"""The menu beside a story on a page that is laid out by a table."""

from __future__ import annotations

import pytest

from newscrawl.extraction.pruning.prune import prune
from newscrawl.html.parse import parse

STORY = "".join(
    f"<p>The council spoke for {n} hours about the bridge, which nobody had expected.</p>" for n in range(9)
)
MENU = "<b>Sections</b><br><a href=/a>Home</a><br><a href=/b>World news</a><br><a href=/c>Sport</a>"


def text_of(row: str) -> str:
    tree = parse(f"<html><body><table><tr>{row}</tr></table></body></html>")
    assert tree is not None
    prune(tree)
    return tree.text_content()


@pytest.mark.parametrize("row", [f"<td>{MENU}</td><td>{STORY}</td>", f"<TD>{STORY}</TD><TD>{MENU}</TD>"])
def test_cell_of_links_beside_the_story_is_taken_out(row: str) -> None:
    text = text_of(row)

    assert "World news" not in text
    assert "nobody had expected" in text


@pytest.mark.parametrize(
    "row",
    [
        f"<td>{MENU}</td><td><p>The council spoke.</p></td>",
        f"<td>{STORY} {MENU}</td>",
        f"<td><p>The notes of the clerk, who was there, name <a href=/b>World news</a> too.</p></td><td>{STORY}</td>",
    ],
    ids=["no story beside it", "in the story's cell", "prose"],
)
def test_other_cell_stays(row: str) -> None:
    assert "World news" in text_of(row)
