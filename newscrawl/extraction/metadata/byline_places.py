"""Whether a name stands where an author's does: not in a teaser, a caption, in prose, or behind another label."""

from __future__ import annotations

from itertools import islice

from lxml.html import HtmlElement

from newscrawl.phrases.authors import NOT_AUTHORS
from newscrawl.text.clean import words

CARDS = frozenset({"li", "article", "aside", "figure", "section", "nav", "footer"})
HEADINGS = ("h1", "h2", "h3", "h4", "h5")
PROSE = frozenset({"p", "li", "blockquote", "td"})
CAPTIONS = frozenset({"figure", "figcaption", "caption"})
MAX_RISE = 6
MAX_NAME_WORDS = 4
MAX_LABEL = 30
MAX_CHARS = 150  # around the name; with more it stands in a sentence
MAX_PARTS = 120
MAX_TEASER = 1_500  # characters of a teaser with its markup's blanks; what is longer is the story


def is_in_card(link: HtmlElement) -> bool:
    """Say whether *link* stands in the teaser of another story: with a heading or a headline's link, and no h1."""
    for card in islice((one for one in link.iterancestors() if one.tag in CARDS), 2):
        if next(card.iter("h1"), None) is not None:
            return False
        if next(card.iter("h2", "h3", "h4"), None) is not None:
            return True
    return False


def is_in_teaser(element: HtmlElement, title: str = "") -> bool:
    """Say whether the next heading around *element* is a link, not *title*, in a block as short as a teaser."""
    for around in islice(element.iterancestors(), MAX_RISE):
        if around.tag in ("body", "main"):
            return False
        heading = next(around.iter(*HEADINGS), None)
        if heading is not None:
            is_own = heading.tag == "h1" or not _leads_away(heading) or _is_inside(heading, element)
            is_own = is_own or (title != "" and words(heading.text_content()[:500]) == words(title))
            return not is_own and len("".join(islice(around.itertext(), MAX_PARTS))) < MAX_TEASER
    return False


def _is_inside(heading: HtmlElement, element: HtmlElement) -> bool:
    """Say whether *heading* is part of *element* and as short as the name that it then is."""
    return element in heading.iterancestors() and len(heading.text_content().split()) <= MAX_NAME_WORDS


def _leads_away(heading: HtmlElement) -> bool:
    """Say whether *heading* is a link or holds one."""
    return heading.find(".//a") is not None or next(heading.iterancestors("a"), None) is not None


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
