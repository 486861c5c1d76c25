"""Is the page what a site shows where a story is gone, whatever its language?"""

from __future__ import annotations

from lxml.html import HtmlElement

from newscrawl.extraction.tree.chrome import CHROME, menus, shown_words
from newscrawl.extraction.tree.headings import is_home
from newscrawl.text.clean import count_words, words

MAX_WORDS = 40
"""Of all that the page says outside its chrome; the sentence, a way home, at times a search."""


def sends_home(tree: HtmlElement, body: str) -> bool:
    """Tell whether next to nothing but a heading and a way to the front page below it makes up the page *tree*.

    No story is so short, without any figure or date, and without a link to another story, but says where home is.
    """
    heading = next(tree.iter("h1", "h2"), None)
    if heading is None or count_words(body[:2_000]) > MAX_WORDS or any(map(str.isdigit, body.replace("404", ""))):
        return False
    if words(heading.text_content()[:300]) == "":
        return False
    behind = _links_behind(tree, heading)
    return bool(behind) and all(is_home(link.get("href") or "") for link in behind) and shown_words(tree) <= MAX_WORDS


def _links_behind(tree: HtmlElement, heading: HtmlElement) -> list[HtmlElement]:
    """Return the links below *heading* that stand in the page's own part."""
    chrome = set(menus(tree))
    links: list[HtmlElement] = []
    below = False
    for element in tree.iter(heading.tag, "a"):
        if element is heading:
            below = True
        elif below and element.tag == "a":
            around = list(element.iterancestors())
            if chrome.isdisjoint(around) and not any(parent.tag in CHROME for parent in around):
                links.append(element)
    return links[:20]
