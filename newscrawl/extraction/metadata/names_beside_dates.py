"""Names that nothing calls an author's but their place: beside the date, right below or above the headline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from newscrawl.dates.labels import unlabelled
from newscrawl.dates.parse import read_stamp
from newscrawl.dates.words import is_date_word
from newscrawl.extraction.metadata.author_boxes import is_name
from newscrawl.extraction.metadata.byline_places import is_in_caption
from newscrawl.extraction.metadata.bylines import PROFILE, Byline
from newscrawl.extraction.metadata.headline_place import Headline
from newscrawl.extraction.tree.nodes import Nodes
from newscrawl.extraction.tree.teasers import is_in_teaser
from newscrawl.text.clean import words

TAGS = ("span", "a", "li", "div", "p", "td", "strong", "b", "small", "em", "address")
MAX_NEAR = 15
MAX_RISE = 2
MAX_DATE = 60
MAX_LINKS = 3_000
MAX_SMALL = 3  # letters of the words between the parts of a date: de, at, Uhr
PLAIN_NAME = re.compile(
    r"[^\W\d_][\w.'’-]* (?:[^\W\d_]\.? |(?:van|von|de|da|del|di|al|el|bin|ten|der) ){0,2}[^\W\d_][\w'’-]+"
)
"""A given name and a family name; an initial or a particle between."""

PLACE = re.compile(
    r"(?:new|san|los|las|north|south|east|west|saint|st|sri|abu|hong|real|port|cape|fort|lake|mount|great|the|der|die|das"
    r"|le|les|la|el|united|costa|puerto|santa|são|buenos|rio|tel|kuala|print|share|world|top|local|latest|breaking)\b",
    re.I,
)
"""What the names of places and sections begin with."""

SEPARATORS = " |·•∙,/–—-"


def names_beside_dates(headline: Headline) -> Iterator[Byline]:
    """Yield the names that stand alone in an element whose neighbour is a date, or in one line with the date.

    What a link elsewhere on the page is called as well is a section, a team or a place.
    """
    nodes = headline.nodes
    for at in (*islice(headline.below(*TAGS), MAX_NEAR), *headline.above(*TAGS)):
        text = " ".join((nodes.texts[at] or "").split())
        name = text.strip(SEPARATORS)
        if len(text) < 5 or len(text) > 2 * MAX_DATE or (not name[:1].isupper() and not name[:1].isdigit()):
            continue
        element = nodes.elements[at]
        if any(map(str.isdigit, text)):
            name = _without_date(text)
        elif not any(_is_date(one) for one in _neighbours(element)):
            continue
        if _is_plain(name) and not (
            is_in_caption(element) or is_in_teaser(element, headline.title) or _is_section(nodes, name)
        ):
            yield Byline([name])


def _is_plain(name: str) -> bool:
    """Say whether *name* is a given name and a family name, and begins as no place and no section does."""
    is_plain = is_name(name) and PLAIN_NAME.fullmatch(name) is not None and PLACE.match(name) is None
    return is_plain and not name.split()[-1][0].islower()


def _without_date(text: str) -> str:
    """Return the name behind the date in *text*, "04.02.2022 | 13:10 | Uta Ruh"; "" where there is none.

    What stands before a date may be the place where it was written.
    """
    date, mark, name = (part.strip() for part in text.rpartition("|" if "|" in text else " - "))
    return name if mark and _is_date(date.replace("|", " ")) else ""


def _neighbours(element: HtmlElement) -> Iterator[str]:
    """Yield the texts right before and behind *element*, and its wrappers."""
    for around in (element, *islice(element.iterancestors(), MAX_RISE)):
        previous, following = around.getprevious(), around.getnext()
        yield around.tail or ""
        if previous is not None:
            yield previous.tail or ""
        for one in (previous, following):
            if one is not None and isinstance(one.tag, str):
                yield one.text_content()[: 2 * MAX_DATE]
        if len(around.text_content().strip()) > MAX_DATE:
            return


def _is_date(text: str) -> bool:
    """Say whether *text* is a whole day and nothing else but its label and its time."""
    text = unlabelled(" ".join(text.split()).strip(SEPARATORS))
    if not 5 < len(text) <= MAX_DATE:
        return False
    parts = text.replace("|", " ").split()
    if not all(len(part) <= MAX_SMALL or any(map(str.isdigit, part)) or is_date_word(part) for part in parts):
        return False
    stamp = read_stamp(text)
    return stamp is not None and stamp.precision not in ("month", "year")


def _is_section(nodes: Nodes, name: str) -> bool:
    """Say whether a link that leads to no author's page is called *name* too."""
    key = words(name)
    texts = ((nodes.text(at), href) for at, href in islice(nodes.hrefs.items(), MAX_LINKS))
    return any(
        words(text[:100]) == key and not PROFILE.search(href or "")
        for text, href in texts
        if text.strip()[:1] == name[:1]
    )
