"""Finding the text at the lowest price: the quick way first, the thorough one where the page itself casts doubt."""

from __future__ import annotations

from collections.abc import Sequence

from lxml.html import HtmlElement

from newscrawl.extraction.body import Line, find_text
from newscrawl.extraction.context import Context
from newscrawl.extraction.continuation import continued
from newscrawl.extraction.lines import cut_lines, share_of
from newscrawl.extraction.paragraphs import paragraphs
from newscrawl.text.clean import words

SHORT = 700
"""Characters; of a shorter text the thorough way finds more on one page in four, of longer ones on one in fifty."""

PROSE_SHARE = 0.5
"""Of the page's prose: a text that is most of it is the page's, however short. Tried up to .6 on 1,150 pages, the
thorough way found nothing better for a text of more than .39."""

WHOLE_SHARE = 0.6
"""Of the page's prose; a text of less may go on elsewhere."""

TOPIC_SHARE = 0.5
"""Of the words of title and description that a text has to hold; below it, it may be another story's."""

SAME_STORY = 0.5
"""Of a text below the headline, which a longer text without it has to hold; else the longer one is the next story."""

MIN_BETTER = 0.2
DECLARED_MIN = 600
RESCUE_SHARE = 0.2
"""Of the declared text: where less of it was found, the page's own declaration is taken."""

MAX_THOROUGH_ELEMENTS = 15_000
"""Above it only the quick way is taken: jusText compares neighbours, 20,000 paragraphs cost it ten seconds."""


def find_lines(tree: HtmlElement, declared: Sequence[str], context: Context, *, prose: int, fast: bool) -> list[Line]:
    """Return the lines of the article in *tree*; *declared* are the paragraphs of its JSON-LD body, if it has one.

    *prose* is how many characters of text outside links the page has in all.
    """
    found = paragraphs(tree, find_text(tree, fast=True), context.topic)
    lines = cut_lines(found, context)
    if not fast and (reason := _doubt(lines, context, prose)) and sum(1 for _ in tree.iter()) <= MAX_THOROUGH_ELEMENTS:
        again = paragraphs(tree, find_text(tree, fast=False), context.topic)
        thorough = cut_lines(again, context)
        if _is_better(thorough, lines, context, reason):
            found, lines = again, thorough
    if len(_words(lines)) < WHOLE_SHARE * prose and (whole := continued(tree, found)):
        lines = cut_lines(whole, context)
    if len(context.article_body) > DECLARED_MIN and share_of(context.article_body, _words(lines)) < RESCUE_SHARE:
        rescued = cut_lines([Line(text) for text in declared], context)
        if any(not line.cut for line in rescued):
            return rescued
    return lines


def _words(lines: Sequence[Line]) -> str:
    return words("\n".join(line.text for line in lines if not line.cut))


def _has_headline(lines: Sequence[Line]) -> bool:
    return any(line.cut == "headline" for line in lines)


def _topic(text: str, context: Context) -> float:
    """Return the share of the topic's words that *text* has; 1 where the page declares too few to tell."""
    if len(context.topic) < 3:
        return 1.0
    return len(context.topic & set(text.split())) / len(context.topic)


def _doubt(lines: Sequence[Line], context: Context, prose: int) -> str:
    """Return why the text may be wrong: ``declared``, ``short``, ``topic``, or nothing."""
    text = _words(lines)
    if len(context.article_body) > DECLARED_MIN and (
        share_of(context.article_body, text) < 0.5 or len(text) > 1.5 * len(context.article_body)
    ):
        return "declared"
    if len(text) > PROSE_SHARE * prose:
        return ""
    if len(text) < SHORT:
        return "short"
    return "topic" if _topic(text, context) < TOPIC_SHARE else ""


def _is_better(new: Sequence[Line], old: Sequence[Line], context: Context, reason: str) -> bool:
    """Say whether the thorough text answers the doubt in the quick one."""
    after, before = _words(new), _words(old)
    if not after or (_has_headline(old) and not _has_headline(new) and share_of(before, after) < SAME_STORY):
        return False
    if reason == "declared":
        gain = share_of(context.article_body, after) - share_of(context.article_body, before)
        return gain > 0.1 or len(after) < 0.7 * len(before)
    if reason == "short" and len(after) > len(before):
        return True
    return _topic(after, context) >= _topic(before, context) + MIN_BETTER
