"""Whether a name stands where an author's does: not in a card, a caption, in prose, or behind another label."""

from __future__ import annotations

from itertools import islice

from lxml.html import HtmlElement

from newscrawl.extraction.tree.teasers import MAX_PARTS, MAX_TEASER
from newscrawl.phrases.authors import NOT_AUTHORS

CARDS = frozenset({"li", "article", "aside", "figure", "section", "nav", "footer"})
PROSE = frozenset({"p", "li", "blockquote", "td"})
CAPTIONS = frozenset({"figure", "figcaption", "caption"})
MAX_RISE = 6
MAX_LABEL = 30
MAX_CHARS = 150  # around the name; with more it stands in a sentence


def is_in_card(link: HtmlElement) -> bool:
    """Say whether *link* stands in the teaser of another story: with a heading or a headline's link, and no h1."""
    for card in islice((one for one in link.iterancestors() if one.tag in CARDS), 2):
        if next(card.iter("h1"), None) is not None:
            return False
        if next(card.iter("h2", "h3", "h4"), None) is not None:
            return True
    return False


def is_in_caption(element: HtmlElement) -> bool:
    """Say whether *element* stands below a picture, whose photographer is named there."""
    around = next((one for one in (element, *islice(element.iterancestors(), MAX_RISE)) if one.tag in CAPTIONS), None)
    return around is not None and len("".join(islice(around.itertext(), MAX_PARTS))) < MAX_TEASER  # or never closed


def is_labelled_otherwise(element: HtmlElement) -> bool:
    """Say whether what stands right before *element* names another part in the story: "Reviewed by", "Photo:"."""
    previous, parent = element.getprevious(), element.getparent()
    before = previous.tail if previous is not None else parent.text if parent is not None else ""
    if not (before or "").strip() and previous is not None and isinstance(previous.tag, str):
        before = previous.text_content()[:MAX_CHARS]
    return NOT_AUTHORS.search((before or "")[-MAX_LABEL:]) is not None


def is_in_sentence(link: HtmlElement) -> bool:
    """Say whether *link* stands within a paragraph's prose, which speaks of the person."""
    paragraph = next((one for one in islice(link.iterancestors(), 4) if one.tag in PROSE), None)
    if paragraph is None:
        return False
    around = "".join(islice(paragraph.itertext(), MAX_PARTS))[:1000]
    return len(around) - len(link.text_content()) > MAX_CHARS
