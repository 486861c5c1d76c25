"""Is the page a form or a table, and nothing else?"""

from __future__ import annotations

from itertools import islice

from lxml.html import HtmlElement

from newscrawl.extraction.tree.chrome import CHROME
from newscrawl.text.clean import estimate_words

STUB_WORDS = 25
PROSE_WORDS = 20
"""Of one line; a table's rows are shorter."""

MIN_ROWS = 6
SHARE = 0.8  # of the words that stand in cells
FIGURES = 0.3  # of the words that have a digit
MAX_CELLS = 3_000
ASKED = frozenset({"email", "password"})


def asks_only(tree: HtmlElement, words: int) -> bool:
    """Tell whether a page of so few *words* asks for an address in its main part: it signs up, and tells nothing."""
    if words >= STUB_WORDS or next(tree.iter("h1", "h2", "legend"), None) is None:
        return False  # without a heading it may be a shell that a script fills
    fields = (field for field in tree.iter("input") if (field.get("type") or "").lower() in ASKED)
    return any(_is_main(field) for field in fields)


def _is_main(field: HtmlElement) -> bool:
    """Say whether *field* stands in the page's own part, in no form for comments and no box of its own."""
    for around in field.iterancestors():
        name = f"{around.get('class') or ''} {around.get('id') or ''}".lower()
        if around.tag in CHROME or "comment" in name or "respond" in name or "footer" in name or "sidebar" in name:
            return False
    form = next(field.iterancestors("form"), None)
    if form is None and any(around.get("role") == "form" for around in field.iterancestors()):
        form = field.getparent()  # the whole page is a form
    return form is not None and not _is_boxed(form)


def _is_boxed(form: HtmlElement) -> bool:
    """Say whether *form* is apart from the page's headline: under a heading of its own, or in another block."""
    if next(form.getroottree().iter("h1"), None) is None or next(form.iter("h1"), None) is not None:
        return False
    if next(form.iter("h2", "h3", "h4", "h5", "h6"), None) is not None:
        return True
    inside = "".join(form.text_content().split())
    others = (around for around in form.iterancestors() if "".join(around.text_content().split()) != inside)
    block = next(others, None)
    return block is not None and next(block.iter("h1"), None) is None


def is_table(tree: HtmlElement, body: str) -> bool:
    """Tell whether nearly all of *body* are the cells of tables, many of them figures."""
    lines = [line for line in body.split("\n") if line.strip()]
    if len(lines) < MIN_ROWS or any(estimate_words(line) >= PROSE_WORDS for line in lines):
        return False
    cells = [" ".join(islice(cell.itertext(), 20)).split() for cell in islice(tree.iter("td", "th"), MAX_CELLS)]
    inside = sum(map(len, cells))
    tokens = body.split()
    figures = sum(any(map(str.isdigit, token)) for token in tokens)
    return inside >= SHARE * len(tokens) and figures >= FIGURES * len(tokens)
