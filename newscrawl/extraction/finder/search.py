"""Finding the text at the lowest price: the quick way first, the thorough one where the page itself casts doubt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from lxml.html import HtmlElement

from newscrawl.extraction.cuts.context import Context
from newscrawl.extraction.cuts.lines import cut_lines, share_of
from newscrawl.extraction.finder.continuation import continued
from newscrawl.extraction.learned.serving import Served
from newscrawl.extraction.learned.shape import Shape, shape_of
from newscrawl.extraction.text.blocks import blocks_of
from newscrawl.extraction.text.body import QUICK, Line, find_text, words_of
from newscrawl.extraction.text.elsewhere import DENSEST, texts_elsewhere
from newscrawl.extraction.text.paragraphs import paragraphs

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

PART_SHARE = 0.15
"""Of the page's prose: what is less is often the introduction of a list of products, or a line of a page whose blocks
have misleading names (5 of 1,500 saved pages; 3 others have long comments below a short text)."""

MANY_TIMES = 2
"""How much longer another text has to be that holds the found one."""

HELD = 0.7
"""Of the found text that it has to hold; the rest are captions and credits."""

TINY = 200
"""Characters; a text of less is given up for the densest part of the page, where that has more of the topic."""

DOUBTS = {
    "declared": "the text differs from the JSON-LD articleBody",
    "short": "little text was found",
    "part": "little of the page's prose was found",
    "topic": "the text has few words of title and description",
}
"""Why other ways are asked, for a person."""

MAX_THOROUGH_ELEMENTS = 15_000
"""Above it only the quick way is taken: jusText compares neighbours, 20,000 paragraphs cost it ten seconds."""


@dataclass(frozen=True, slots=True)
class Text:
    """The lines of an article, and how they were found."""

    lines: list[Line]
    how: str = QUICK
    """For a person: what found the text, and why it was asked."""

    shape: Shape | None = None
    """What the page showed of its site's template."""


def check_served(served: Served, context: Context) -> Served:
    """Return *served* with its lines cut, and why it is in doubt, if it is: then it is a candidate more."""
    lines = cut_lines(served.lines, context)
    doubt = served.doubt or DOUBTS.get(_doubt(lines, context, served.prose), "")
    return replace(served, lines=lines, doubt=doubt or (DOUBTS["short"] if len(words_of(lines)) < TINY else ""))


def find_lines(
    tree: HtmlElement,
    declared: Sequence[str],
    context: Context,
    *,
    prose: int,
    fast: bool,
    served: Served | None = None,
) -> Text:
    """Return the text of the article in *tree*; *declared* are the paragraphs of its JSON-LD body, if it has one.

    *tree* is pruned; *prose* is how many characters of text outside links it has in all; *served* is a text by the
    site's template that is in doubt.
    """
    text = _find(tree, declared, context, prose=prose, fast=fast)
    if served is None:
        return text
    if (reason := _doubt(text.lines, context, prose)) and _is_better(served.lines, text.lines, context, reason):
        return Text(served.lines, f"{served.why}: {DOUBTS[reason]}")
    return replace(text, how=f"{text.how}; not by the site's template: {served.doubt}")


def _find(tree: HtmlElement, declared: Sequence[str], context: Context, *, prose: int, fast: bool) -> Text:
    """Return the text as the finders have it, knowing nothing of the site."""
    blocks = blocks_of(tree)
    how = QUICK
    chosen = paragraphs(blocks, find_text(tree, fast=True), context.topic)
    lines = sure = cut_lines(chosen, context)
    reason = "" if fast else _doubt(lines, context, prose)
    if reason and sum(1 for _ in tree.iter()) <= MAX_THOROUGH_ELEMENTS:
        again = paragraphs(blocks, find_text(tree, fast=False), context.topic)
        thorough = cut_lines(again, context)
        if _is_better(thorough, lines, context, reason):
            chosen, lines, how = again, thorough, f"thorough: {DOUBTS[reason]}"
        if _is_part(lines, context, prose):
            for name, other in texts_elsewhere(tree, blocks, context.topic):
                text = cut_lines(other, context)
                if (_is_other if name == DENSEST else _holds)(text, lines, context):
                    chosen, lines, how = other, text, f"{name}: {DOUBTS['part']}"
                    break
    if len(words_of(lines)) < WHOLE_SHARE * prose and (whole := continued(tree, chosen)):
        lines, how = cut_lines(whole, context), f"{how}; goes on in blocks of the same template"
    is_sure = lines is sure and not fast and not reason  # it has most of what is declared
    if not is_sure and _is_missed(lines, context):
        rescued = cut_lines([Line(text) for text in declared], context)
        if any(not line.cut for line in rescued):
            return Text(rescued, "JSON-LD articleBody: next to nothing of it was found on the page")
    return Text(lines, how, shape_of(blocks, lines))


def _has_headline(lines: Sequence[Line]) -> bool:
    return any(line.cut == "headline" for line in lines)


def _topic(text: str, context: Context) -> float:
    """Return the share of the topic's words that *text* has; 1 where the page declares too few to tell."""
    if len(context.topic) < 3:
        return 1.0
    return len(context.topic & set(text.split())) / len(context.topic)


def _doubt(lines: Sequence[Line], context: Context, prose: int) -> str:
    """Return why the text may be wrong, a key of ``DOUBTS``, or nothing."""
    text = words_of(lines)
    if len(context.article_body) > DECLARED_MIN and (
        share_of(context.article_body, text) < 0.5 or len(text) > 1.5 * len(context.article_body)
    ):
        return "declared"
    if len(text) > PROSE_SHARE * prose:
        return ""
    if len(text) < SHORT:
        return "short"
    if _is_part(lines, context, prose):
        return "part"
    return "topic" if _topic(text, context) < TOPIC_SHARE else ""


def _is_missed(lines: Sequence[Line], context: Context) -> bool:
    """Say whether next to nothing of what the page declares as its text was found."""
    if len(context.article_body) <= DECLARED_MIN:
        return False
    return share_of(context.article_body, words_of(lines)) < RESCUE_SHARE


def _is_part(lines: Sequence[Line], context: Context, prose: int) -> bool:
    """Say whether the text is little of the page's prose, and not what the page declares as its text either."""
    text = words_of(lines)
    if len(context.article_body) > DECLARED_MIN and share_of(context.article_body, text) >= SAME_STORY:
        return False
    return len(text) < PART_SHARE * prose


def _holds(new: Sequence[Line], old: Sequence[Line], context: Context) -> bool:
    """Say whether *new* is the text of which *old* is a part."""
    after, before = words_of(new), words_of(old)
    if len(after) < MANY_TIMES * len(before) or (_has_headline(old) and not _has_headline(new)):
        return False
    return share_of(before, after) >= HELD and _topic(after, context) >= _topic(before, context)


def _is_other(new: Sequence[Line], old: Sequence[Line], context: Context) -> bool:
    """Say whether *new* is a text and *old* a mere line or two of something else."""
    after, before = words_of(new), words_of(old)
    more = len(after) >= MANY_TIMES * len(before) and len(before) < TINY
    return more and _topic(after, context) >= _topic(before, context) + MIN_BETTER


def _is_better(new: Sequence[Line], old: Sequence[Line], context: Context, reason: str) -> bool:
    """Say whether the thorough text answers the doubt in the quick one."""
    after, before = words_of(new), words_of(old)
    if not after or (_has_headline(old) and not _has_headline(new) and share_of(before, after) < SAME_STORY):
        return False
    if reason == "declared":
        gain = share_of(context.article_body, after) - share_of(context.article_body, before)
        return gain > 0.1 or len(after) < 0.7 * len(before)
    if reason == "part":
        return _holds(new, old, context)
    if reason == "short" and len(after) > len(before):
        return True
    return _topic(after, context) >= _topic(before, context) + MIN_BETTER
