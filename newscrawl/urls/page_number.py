"""Which page of a text an address may name: ``/story/2/``, ``/story?page=2``, ``/story_2.html``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit, urlunsplit

from newscrawl.urls.identity import url_key

WORD = (
    r"(?:pages?|paged|pag|pg|p|s|seite|p[áa]gin[ae]|pagine|sidan?|side|sivu|stron[ay]|stran[ay]|str|stranica|oldal|lap"
    r"|sayfa|halaman|trang|stranitsa|page-?num(?:ber)?|currentpage|pageno|pn)"
)
PATHS = (
    (re.compile(rf"(?P<root>.*)/(?P<form>{WORD})[/:=_.-]?(?P<number>\d{{1,3}})(?P<end>)", re.I), True),
    (re.compile(r"(?P<root>.*)(?P<form>/)(?P<number>\d{1,2})(?P<end>)"), True),
    (
        re.compile(rf"(?P<root>.*)[-_,.~/;](?P<form>{WORD})[-_=:]?(?P<number>\d{{1,3}})(?P<end>\.\w{{2,5}}|)", re.I),
        True,
    ),
    (re.compile(r"(?P<root>.*?)(?P<form>[-_,.~])(?P<number>\d{1,2})(?P<end>\.[a-z]\w{1,4}|)"), False),
    (re.compile(r"(?P<root>.*)(?P<form>/)(?P<number>\d{1,2})(?P<end>\.[a-z]\w{1,4})"), False),
    (re.compile(r"(?P<root>.*[a-z])(?P<form>)(?P<number>\d{1,2})(?P<end>\.[a-z]\w{1,4})"), False),
)
"""Each with whether the form names a page even where no link calls it by its number."""

PARAMETER = re.compile(rf"{WORD}|start|offset|limitstart|part|from|pageindex|article_?page|story_?page|nr|teil", re.I)
VALUE = re.compile(r"(?:\d{1,2}(?:,|%2C))?(\d{1,4})", re.I)  # Drupal counts several pagers: page=0,2
OTHER = re.compile(
    r"(?:photo-?)?galler(?:y|ies)|gal[ae]rie|slides?(?:how)?|ima?ge?s?|photos?|fotos?|bild(?:er)?|pics?|pictures?|diapos?"
    r"|albums?|videos?|comments?(?:[-_]?page)?|kommentare?|coment[aá]rios?|replies|cp|cpage|commentpage|comment-page"
    r"|reviews?-?page|parts?|teil|parte|partie|chapter|kapitel|capitulo|folge|episode|day|tag|round|vol(?:ume)?|no|nr",
    re.I,
)
"""What is numbered and no page of the text: pictures, comments; parts of a series are published one by one."""

COUNTED = frozenset(("part", "teil", "nr"))  # as a parameter they count the pages of one text
LAST_WORD = re.compile(r"[-_.,;~]")


@dataclass(frozen=True, slots=True)
class PageNumber:
    """One way to read an address as page *number* of another."""

    root: str
    """The key of the address without the number."""

    form: str
    """How the number stands in it."""

    number: int
    is_plain: bool
    """The form says by itself that it counts pages."""


def page_numbers(url: str) -> list[PageNumber]:
    """Return the ways in which the absolute *url* may name a page of a longer text; empty for most."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return []
    return [*_in_query(parts), *_in_path(parts)]


def _in_query(parts: SplitResult) -> list[PageNumber]:
    pieces = [piece for piece in parts.query.split("&") if piece][:20]
    numbers = []
    for at, piece in enumerate(pieces):
        name, _, value = piece.partition("=")
        number = VALUE.fullmatch(value)
        if number and not (OTHER.fullmatch(name) and name.lower() not in COUNTED):
            rest = "&".join(pieces[:at] + pieces[at + 1 :])
            root = url_key(urlunsplit(parts._replace(query=rest, fragment="")))
            numbers.append(PageNumber(root, f"?{name.lower()}", int(number[1]), PARAMETER.fullmatch(name) is not None))
    return numbers


def _in_path(parts: SplitResult) -> list[PageNumber]:
    path = parts.path.rstrip("/")
    if not (path[-1:].isdigit() or path.rpartition(".")[0][-1:].isdigit()):
        return []
    numbers: dict[tuple[str, str], PageNumber] = {}
    for pattern, is_plain in PATHS:
        match = pattern.fullmatch(path)
        if match is None or not match["root"].strip("/"):
            continue
        last = match["root"].rpartition("/")[2]
        if OTHER.fullmatch(last if match["form"] == "/" else LAST_WORD.split(last)[-1]):
            continue
        form = f"{match['form'].lower()}{match['end']}"
        for root in dict.fromkeys((match["root"] + match["end"], match["root"])):
            key = url_key(urlunsplit(parts._replace(path=root, fragment="")))
            numbers.setdefault((key, form), PageNumber(key, form, int(match["number"]), is_plain))
    return list(numbers.values())
