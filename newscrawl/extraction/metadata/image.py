"""The lead image: the story's own, not the picture that a site shows for want of one."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import islice
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from newscrawl.extraction.declarations.declared import Choice, Declared, Evidence, choose
from newscrawl.extraction.declarations.jsonld import first, text_of
from newscrawl.extraction.learned.memory import line_hash
from newscrawl.extraction.metadata.headline_place import Headline
from newscrawl.extraction.tree.headings import is_home

IMAGES = ("og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src", "image")
STAND_IN = re.compile(
    r"/(?:(?:site|og|social|share|theme|brand|img|image|thumb)[-_])?"
    r"(?:default|placeholder|fallback|logos?|no-?(?:image|img|photo|thumb\w*)"
    r"|blank|dummy|missing|social-?share|share-?image|favicon|apple-touch-icon|spacer|nopic\w*)(?=$|[-_./\d])|/\w+[-_]logo(?=[-_.\d])"
    r"|/[\w-]+[-_]logo(?:[-_]?\d+x\d+)?\.\w+$"
    r"|/(?:(?:share|sharing|social|opengraph|og(?=[-_])|fb|facebook|twitter|generic)(?:[-_](?=[a-z])|(?=[-_]?\d+x|\.)))+"
    r"(?:image|img|default|card|media|preview)?(?:[-_]?\d+x\d+)?\.\w+$",
    re.I,
)
"""Beginnings of the names of files and folders that hold no story's picture."""

NO_IMAGE = re.compile(r"\.(?:html?|php|aspx?|svg|ico)$", re.I)
LAZY = ("data-src", "data-lazy-src", "data-original", "data-lazy", "data-url")
SMALL = re.compile(r"[-_](?:\d\d|[12]\d\d)x\d{2,3}\.\w+$|\.gif$", re.I)
"""Addresses of pictures that are narrower than a story's, by their names, and of buttons."""

MAX_IMAGES = 10
MIN_WIDTH = 300  # pixels; narrower ones are faces, icons and adverts


def choose_image(headline: Headline, declared: Declared, repeated: Collection[int] = frozenset()) -> Choice:
    """Return the address of the lead image: what the page declares, else where that is a stand-in the first it shows.

    A stand-in is known by its name, as the publisher's logo, or because other stories of the site declare it too
    (*repeated*, hashes of lines). The first image is looked for below the *headline*.
    """
    given = list(_declared(declared))
    logo = declared.absolute(_address(declared.jsonld.resolve(declared.jsonld.get("publisher")), "logo"))
    own = [evidence for evidence in given if evidence.value != logo and not is_stand_in(evidence.value, repeated)]
    if given and not own:
        own = [Evidence("img", image) for image in _shown(headline, declared) if not is_stand_in(image, repeated)][:1]
    choice = choose(own)
    return Choice(
        choice.value, choice.source, (*choice.evidence, *(evidence for evidence in given if evidence not in own))
    )


def is_stand_in(url: str, repeated: Collection[int] = frozenset()) -> bool:
    """Say whether *url* is a page, a logo, a placeholder, or what other stories of the site show as well."""
    path = urlsplit(url).path
    return (
        is_home(url)
        or NO_IMAGE.search(path) is not None
        or STAND_IN.search(path) is not None
        or line_hash(url) in repeated
    )


def _declared(declared: Declared) -> Iterator[Evidence]:
    for name in IMAGES:
        for value in declared.meta.get(name, ()):
            if url := declared.absolute(value):
                yield Evidence(name, url)
    image = first(declared.jsonld.get("image"))
    if url := declared.absolute(_address(image)):
        yield Evidence("json-ld image", url)
    if url := declared.absolute(declared.links.get("image_src", "")):
        yield Evidence("image_src", url)


def _address(value: object, key: str = "") -> str:
    """Return the URL of the image *value*, or of what it has under *key*."""
    if key:
        value = first(value.get(key)) if isinstance(value, dict) else None
    if isinstance(value, dict):
        value = first(value.get("url") or value.get("contentUrl"))
    return text_of(value)


def _shown(headline: Headline, declared: Declared) -> Iterator[str]:
    """Yield the images below the headline that are as wide as one of a story."""
    for image in map(headline.nodes.elements.__getitem__, islice(headline.below("img"), MAX_IMAGES)):
        width = (image.get("width") or "").removesuffix("px")
        if width.isdigit() and int(width) < MIN_WIDTH:
            continue
        addresses = (declared.absolute(address) for address in _sources(image))
        yield from islice((url for url in addresses if url and not SMALL.search(urlsplit(url).path)), 2)


def _sources(image: HtmlElement) -> Iterator[str]:
    """Yield the addresses that *image* has: its own, and those that a script puts in its place when it is seen."""
    yield image.get("src") or ""
    for name in LAZY:
        yield image.get(name) or ""
    around = next(image.iterancestors("picture"), None)
    sources = islice(around.iter("source"), MAX_IMAGES) if around is not None else ()
    for element in (image, *sources):
        for name in ("data-srcset", "srcset"):
            *_, widest = (element.get(name) or "").strip(" ,").split(", ")
            yield widest.strip().split(" ", 1)[0]
