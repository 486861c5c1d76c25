"""Names that stand away from the headline: in the box about the author, beside a portrait, in a closing line.

Asked only where neither the page's declarations nor its bylines name anybody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from newscrawl.extraction.metadata.byline_places import is_in_card, is_in_sentence, is_labelled_otherwise
from newscrawl.extraction.metadata.bylines import BYLINE, MAX_CHARS, PROFILE, Byline, may_be_byline, parted_text, spoken
from newscrawl.extraction.metadata.commenters import is_in_comment
from newscrawl.extraction.metadata.headline_place import ELEMENTS, Headline
from newscrawl.extraction.metadata.persons import is_person, is_written_as_name
from newscrawl.extraction.tree.nodes import Nodes
from newscrawl.extraction.tree.teasers import is_in_teaser
from newscrawl.phrases.authors import ABOUT, BY, WRITTEN_BY
from newscrawl.text.clean import words

PORTRAIT = re.compile(r"^(?:head-?shot|photo|picture|portrait|avatar|image|profile picture) (?:of|for) ", re.I)
ROUND = re.compile(r"(?<![a-z])(?:rounded-full|circle|round|g?r?avatar|portrait|head-?shot|author\w*)(?![a-z])", re.I)
COMMENTS = re.compile(r"(?:^|[\s_-])(?:comments?|disqus|respond|reviews?|replies)(?=$|[\s_-])", re.I)
HEADINGS = frozenset({"h3", "h4", "h5"})
OPENERS = frozenset({*ELEMENTS, "h2", "h6"})
BOXES = frozenset({"div", "section", "aside"})
OPENING = re.compile(r"([^|,]{3,40}?)(?:\||,| (?:is|was|has|ist|war|est|es|è|é|jest|är|er) |$)")
"""What a text about a person begins with: "Nell Harrowby is a reporter"."""
MENUS = frozenset({"nav", "aside", "header"})
NOT_ONLY = re.compile(r"/(?:people|staff|profile?s?|signature|firmas?)/", re.I)
"""Addresses of profiles that sections and accounts have too."""
BY_PROFILE = re.compile(r"^(?:view |see |read )?(?:all |more )?(?:posts|articles|stories)? ?(?:by|from)\b:? ", re.I)
MAX_ELEMENTS = 6_000
MAX_NAME = 40
MAX_AROUND = 12
"""Elements behind a portrait among which the name stands."""


def author_boxes(headline: Headline) -> Iterator[Byline]:
    """Yield what may name the authors, the surest first."""
    nodes, elements, tags = headline.nodes, headline.nodes.elements, headline.nodes.tags
    for at in islice((at for at, tag in enumerate(tags) if tag in OPENERS), MAX_ELEMENTS):
        if not nodes.own[at]:
            continue
        opening = (nodes.texts[at] or "").strip()
        if (about := ABOUT.match(opening)) and (name := described(nodes, at, about.end())):
            yield Byline([name])
        if WRITTEN_BY.match(opening) and (text := spoken(nodes, at)):
            is_heading = tags[at] in HEADINGS  # of the box about the author; a teaser's is a headline
            if not (is_in_comment(elements[at]) if is_heading else is_elsewhere(elements[at])):
                yield Byline([text])
    if len(closing := {words(name): name for name in closing_names(nodes)}) == 1:
        yield Byline(list(closing.values()))
    if name := only_profile(nodes):
        yield Byline([name])
    for at in headline.near("img"):
        if (name := portrayed(elements[at])) and not is_elsewhere(elements[at]):
            yield Byline([name])
    for at in islice((at for at, tag in enumerate(tags) if tag in BOXES), MAX_ELEMENTS):
        name = nodes.classes[at] or ""
        if name and may_be_byline(name) and BYLINE.search(name):
            element = elements[at]
            text = parted_text(nodes, at).partition("|")[0]
            if is_name(text) and not is_elsewhere(element) and not is_labelled_otherwise(element):
                yield Byline([text])


def described(nodes: Nodes, heading: int, end: int) -> str:
    """Return the name behind the words "About the author", which end at *end*: on, or what opens the next text."""
    text = parted_text(nodes, heading).strip()[end:].strip(" |:-–")
    if text:
        return text if is_name(text) else ""
    following = next((one for at in (heading, nodes.parents[heading]) for one in islice(nodes.following(at), 1)), None)
    text = parted_text(nodes, following)[:MAX_CHARS].lstrip("|") if following is not None else ""
    found = OPENING.match(text)
    return found[1] if found is not None and is_name(found[1]) else ""


def closing_names(nodes: Nodes) -> Iterator[str]:
    """Yield what paragraphs name that are nothing but "By Nell Harrowby", as some stand below a text."""
    for at in nodes.tagged["p"][:MAX_ELEMENTS]:
        if not 0 < nodes.all[at] <= MAX_CHARS:
            continue
        text = " ".join(nodes.text(at)[:MAX_CHARS].split())
        found = BY.match(text)
        name = text[found.end() :].strip(" .:") if found and found.end() else ""
        if name and is_name(name) and not is_elsewhere(nodes.elements[at]):
            yield name


def only_profile(nodes: Nodes) -> str:
    """Return the person to whose own page the links of the story lead, if they all are of one: a byline at its end."""
    names: dict[str, str] = {}
    for at, href in islice(nodes.hrefs.items(), MAX_ELEMENTS):
        if not href or not PROFILE.search(href) or NOT_ONLY.search(href):
            continue
        if any(nodes.tags[one] in MENUS for one in nodes.around(at)):
            continue
        name = BY_PROFILE.sub("", " ".join(nodes.text(at)[:MAX_CHARS].split()))
        link = nodes.elements[at]
        if is_name(name) and not is_elsewhere(link) and not is_labelled_otherwise(link) and not is_in_sentence(link):
            names.setdefault(words(name), name)
    return next(iter(names.values())) if len(names) == 1 else ""


def is_name(text: str) -> bool:
    """Say whether *text* is nothing but a name of two to four words, or one in a script without blanks."""
    return (
        len(text) <= MAX_NAME
        and is_person(text)
        and is_written_as_name(text)
        and (not text.isascii() or 2 <= len(text.split()) <= 4)
        and not text.isupper()
    )


def is_elsewhere(element: HtmlElement) -> bool:
    """Say whether *element* stands in another story's card or among the comments."""
    names = (f"{one.get('class') or ''} {one.get('id') or ''}" for one in islice(element.iterancestors(), 12))
    return is_in_card(element) or is_in_teaser(element) or any(COMMENTS.search(name) for name in names)


def portrayed(portrait: HtmlElement) -> str:
    """Return the name in the alternative text of *portrait* where the same name stands right behind it.

    Logos have such texts too: the image has to be round, or to be called a portrait.
    """
    around = " ".join(one.get("class") or "" for one in (portrait, *islice(portrait.iterancestors(), 2)))
    if not (ROUND.search(around) or PORTRAIT.match(portrait.get("alt") or "")):
        return ""
    name = PORTRAIT.sub("", " ".join((portrait.get("alt") or "").split())[:MAX_CHARS])
    if not is_name(name):
        return ""
    key = words(name)
    following = islice(_behind(portrait), MAX_AROUND)
    return name if any(words((one.text or "")[:MAX_CHARS]) == key for one in following) else ""


def _behind(element: HtmlElement) -> Iterator[HtmlElement]:
    """Yield the elements that follow *element* in document order, outside of it."""
    for above in (element, *islice(element.iterancestors(), 4)):
        for sibling in islice(above.itersiblings(), 4):
            if isinstance(sibling.tag, str):
                yield from islice(sibling.iter(), MAX_AROUND)
