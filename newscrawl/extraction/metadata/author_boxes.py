"""Names that stand away from the headline: in the box about the author, beside a portrait, in a closing line.

Asked only where neither the page's declarations nor its bylines name anybody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from newscrawl.extraction.metadata.byline_places import is_in_card, is_in_sentence, is_in_teaser, is_labelled_otherwise
from newscrawl.extraction.metadata.bylines import (
    BYLINE,
    ELEMENTS,
    MAX_CHARS,
    PROFILE,
    Byline,
    near_headline,
    parted_text,
    spoken,
)
from newscrawl.extraction.metadata.commenters import is_in_comment
from newscrawl.extraction.metadata.persons import is_person, is_written_as_name
from newscrawl.phrases.authors import ABOUT, BY, WRITTEN_BY
from newscrawl.text.clean import words

PORTRAIT = re.compile(r"^(?:head-?shot|photo|picture|portrait|avatar|image|profile picture) (?:of|for) ", re.I)
ROUND = re.compile(r"(?<![a-z])(?:rounded-full|circle|round|g?r?avatar|portrait|head-?shot|author\w*)(?![a-z])", re.I)
COMMENTS = re.compile(r"(?:^|[\s_-])(?:comments?|disqus|respond|reviews?|replies)(?=$|[\s_-])", re.I)
HEADINGS = frozenset({"h3", "h4", "h5"})
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


def author_boxes(tree: HtmlElement, title: str) -> Iterator[Byline]:
    """Yield what may name the authors, the surest first."""
    for element in islice(tree.iter(*ELEMENTS, "h2", "h6"), MAX_ELEMENTS):
        if (about := ABOUT.match((element.text or "").strip())) and (name := described(element, about.end())):
            yield Byline([name])
        if WRITTEN_BY.match((element.text or "").strip()) and (text := spoken(element)):
            is_heading = element.tag in HEADINGS  # of the box about the author; a teaser's is a headline
            if not (is_in_comment(element) if is_heading else is_elsewhere(element)):
                yield Byline([text])
    if len(closing := {words(name): name for name in closing_names(tree)}) == 1:
        yield Byline(list(closing.values()))
    if name := only_profile(tree):
        yield Byline([name])
    for portrait in near_headline(tree, "img", title=title):
        if (name := portrayed(portrait)) and not is_elsewhere(portrait):
            yield Byline([name])
    for element in islice(tree.iter("div", "section", "aside"), MAX_ELEMENTS):
        name = element.get("class") or ""
        if name and BYLINE.search(name) and not is_elsewhere(element) and not is_labelled_otherwise(element):
            text = parted_text(element).partition("|")[0]
            if is_name(text):
                yield Byline([text])


def described(heading: HtmlElement, end: int) -> str:
    """Return the name behind the words "About the author", which end at *end*: on, or what opens the next text."""
    text = parted_text(heading).strip()[end:].strip(" |:-–")
    if text:
        return text if is_name(text) else ""
    block = heading if heading.getnext() is not None else heading.getparent()
    following = block.getnext() if block is not None else None
    text = parted_text(following)[:MAX_CHARS].lstrip("|") if following is not None else ""
    found = OPENING.match(text)
    return found[1] if found is not None and is_name(found[1]) else ""


def closing_names(tree: HtmlElement) -> Iterator[str]:
    """Yield what paragraphs name that are nothing but "By Nell Harrowby", as some stand below a text."""
    for element in islice(tree.iter("p"), MAX_ELEMENTS):
        text = " ".join("".join(islice(element.itertext(), MAX_AROUND))[:MAX_CHARS].split())
        found = BY.match(text)
        if found and found.end() and is_name(name := text[found.end() :].strip(" .:")) and not is_elsewhere(element):
            yield name


def only_profile(tree: HtmlElement) -> str:
    """Return the person to whose own page the links of the story lead, if they all are of one: a byline at its end."""
    names: dict[str, str] = {}
    for link in islice(tree.iter("a"), MAX_ELEMENTS):
        href = link.get("href") or ""
        if not PROFILE.search(href) or NOT_ONLY.search(href) or any(one.tag in MENUS for one in link.iterancestors()):
            continue
        name = BY_PROFILE.sub("", " ".join(link.text_content()[:MAX_CHARS].split()))
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
