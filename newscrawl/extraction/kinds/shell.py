"""Is the page a shell that a script fills in the browser?"""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml.html import HtmlElement

from newscrawl.extraction.tree.chrome import shown_words
from newscrawl.text.clean import count_words
from newscrawl.text.scripts import weight
from newscrawl.text.sentences import FULL_STOPS

REQUEST_WORDS = 60  # "You need to enable JavaScript" and what stands around it; no story of this length is about that
SHELL_WORDS = 25  # outside links: a name, a slogan, "Loading ..."
BRIEF_LETTERS = 60  # of two sentences below a headline: a brief, which may have scripts of advertisements in it
JAVASCRIPT = re.compile(
    r"java\s?-?script|джава\s?-?скрипт|ジャバスクリプト|자바\s?스크립트|جافا\s?سكر|जावास्क्रिप्ट|จาวาสคริปต์", re.I
)
"""The one name that the request has in every language; most scripts keep it in Latin letters."""


def needs_javascript(tree: HtmlElement, body: str, hidden: Iterable[HtmlElement]) -> bool:
    """Tell whether the page has no story without its scripts.

    *tree* is the page without them, *body* the text that was found, *hidden* its ``script`` and ``noscript`` elements.
    """
    if count_words(body[:1_000]) >= REQUEST_WORDS:  # nearly every page
        return False
    words = count_words(body[:5_000])
    if words >= REQUEST_WORDS:
        return False
    if JAVASCRIPT.search(body):
        return True
    if weight(body[:5_000]) >= BRIEF_LETTERS and sum(map(body.count, FULL_STOPS)) > 1 and _has_headline(tree):
        return False
    hidden = list(hidden)
    scripted = any(element.tag == "script" and (element.get("src") or element.text) for element in hidden)
    asks = any(element.tag == "noscript" and JAVASCRIPT.search(element.text_content()) for element in hidden)
    return words < SHELL_WORDS and scripted and shown_words(tree) < (2 * SHELL_WORDS if asks else SHELL_WORDS)


def _has_headline(tree: HtmlElement) -> bool:
    return any(heading.text_content().strip() for heading in tree.iter("h1", "h2"))
