"""The menu beside a story on a page that is laid out by a table: a cell of links in the row that holds the text."""

from __future__ import annotations

from collections import defaultdict

from newscrawl.extraction.tree.nodes import Nodes

MIN_STORY_CHARS = 400
"""Of prose in the cell of the story."""

MIN_LINKS = 2
MAX_PROSE_SHARE = 0.3
"""Of a menu's text outside its links: its headings."""


def prune_menu_cells(nodes: Nodes) -> list[int]:
    """Return the cells of links that stand in one row with a cell of prose."""
    rows: defaultdict[int, list[int]] = defaultdict(list)
    for cell in (*nodes.tagged["td"], *nodes.tagged["th"]):
        if (row := next(nodes.around(cell), None)) is not None:
            rows[row].append(cell)
    found = []
    for cells in rows.values():
        if len(cells) < 2 or max(nodes.prose[cell] for cell in cells) < MIN_STORY_CHARS:
            continue
        for cell in cells:
            whole, prose = nodes.all[cell], nodes.prose[cell]
            if whole > 0 and prose <= MAX_PROSE_SHARE * whole:
                links = sum(nodes.all[link] > 0 for link in nodes.inside(cell, "a"))
                if links >= MIN_LINKS:
                    found.append(cell)
    return found
