"""Is it an article? What a page shows of its kind, after title and body are known."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cached_property, lru_cache
from itertools import islice

from lxml.html import HtmlElement

from newscrawl.extraction.kinds.bare import asks_only, is_table
from newscrawl.extraction.kinds.listing import (
    GALLERIES,
    GALLERY_PATH,
    LIST_PAGES,
    VIDEO_SIGN,
    is_declared,
    listing_signs,
    template_names,
)
from newscrawl.extraction.kinds.missing import sends_home
from newscrawl.extraction.tree.nodes import Nodes
from newscrawl.outcomes import Reason
from newscrawl.phrases.kinds import CONSENT_WORDS, HEADINGS, SEARCH_HEADING, SENTENCES, SITE_SEPARATOR
from newscrawl.text.clean import count_words, one_line
from newscrawl.text.clean import words as keyed

SHORT_WORDS = 150
"""A page with more words than this is never called by its heading: articles quote such phrases too."""

STUB_WORDS = 25
MIN_WORDS = 7  # "No events." is no story; the shortest body of 1,150 saved pages has 10
LISTING_SCORE = 4
MAX_CHARS = 20_000  # of the body; what is longer is no error page
CONSENT_SHARE = 0.06
CONSENT_MAX_WORDS = 600

STORY_TYPES = re.compile(r"article|posting|report$|review|opinion|liveblog|newsstory", re.I)
GALLERY_TEMPLATE = re.compile(
    r"(?:content|page|post|type|template|layout)-{1,2}(?:\w+-)?(?:gallery|slideshow)(?![\w-])", re.I
)
NOT_FOUND_TEMPLATE = re.compile(
    r"(?<![\w-])(?:error-?404|page-?404|404-?page|not-?found-?page|page-?not-?found)(?![\w-])", re.I
)
SLIDES = re.compile(
    r"(?<![a-z])(?:gallery|galler?ia|galerie|diaporama|(?:bild|foto)strecke|slide-?show|slides|slider|carousel|swiper)(?![a-z])",
    re.I,
)
SLIDES_SHARE = 0.7  # of the text; the rest is the introduction and the last caption's credit
MIN_SLIDES = 4
MAX_SLIDES = 500
SHOWS = ("ul", "ol", "div", "section")
KEY_CHARS = 40
SEARCH_URL = re.compile(
    r"/(?:search|suche|recherche|buscar|busca|busqueda|pesquisa|cerca|ricerca|zoeken|sok|haku|szukaj|hledani|kereses|arama)"
    r"(?:/|\.|$)|[?&](?:s|q|query|search|searchterm|keywords?|k|wd)=[^&]",
    re.I,
)
LOGIN_URL = re.compile(
    r"/(?:(?:wp-)?log-?in|sign-?in|sign-?up|auth|sso|register|registration|account|anmelden|connexion|acceder|accedi|entrar)"
    r"(?:/|\.|$)",
    re.I,
)
CONSENT_URL = re.compile(
    r"//(?:[\w-]+\.)*(?:consent|cmp|privacy|myprivacy)\.|/(?:consent|zustimmung|cookiewall|gdpr)", re.I
)
JSON_BODY = re.compile(r"\s*[\[{]\s*(?:\"|'|&quot;)\w+(?:\"|'|&quot;)\s*:", re.I)
HIDDEN = frozenset({"head", "title", "script", "style", "template", "svg"})
CHALLENGE_IDS = frozenset(
    {"challenge-form", "cf-challenge", "cf-wrapper", "px-captcha", "challenge-running", "distilCaptchaForm"}
)


class _Names:
    """What a page calls itself; looked up only where it is asked for, which is on one page in ten."""

    def __init__(self, tree: HtmlElement, title: str) -> None:
        self.tree = tree
        self.title = one_line(title, 200)

    @cached_property
    def h1(self) -> str:
        """Its first h1, or h2 where it has none."""
        h1 = next(self.tree.iter("h1"), None)
        h1 = h1 if h1 is not None else next(self.tree.iter("h2"), None)
        return one_line(" ".join(islice(h1.itertext(), 50)), 200) if h1 is not None else ""

    @cached_property
    def parts(self) -> list[str]:
        """Its <title>, whole and between the separators."""
        declared = next(self.tree.iter("title"), None)
        text = one_line(" ".join(declared.itertext()), 500) if declared is not None else ""
        return list(dict.fromkeys(part for part in (text, *SITE_SEPARATOR.split(text)) if part))

    def say(self, reason: Reason) -> bool:
        """Tell whether it names itself so. The first h1 may be a log-in overlay's or the section's."""
        names = [self.title] if reason is Reason.SECTION else [self.title, *self.parts]
        if reason not in (Reason.SECTION, Reason.LOGIN):
            names.append(self.h1)
        return any(HEADINGS[reason].fullmatch(name) for name in names)

    def said(self) -> set[Reason]:
        """Return the kinds that it names."""
        return {reason for reason in HEADINGS if self.say(reason)}


def page_kind(
    tree: HtmlElement, nodes: Nodes, url: str, *, title: str, body: str, declared_types: Collection[str] = ()
) -> tuple[Reason, str] | None:
    """Return why the page *tree* is no article, with one line for a person; None if it is one.

    *nodes* are those of the body of *tree*; *title* and *body* what was extracted; *declared_types* the types of its
    JSON-LD and its og:type. What is doubtful is an article: a lost story costs more than a page too many.
    """
    words = count_words(body[:MAX_CHARS])
    is_story = LIST_PAGES.isdisjoint(name.lower() for name in declared_types) and any(
        STORY_TYPES.search(name)
        for name in declared_types
        if name != "article"  # an og:type, which lists have too
    )
    names = _Names(tree, title)
    outcome = _kind(tree, nodes, url, names, body, words, is_story, declared_types)
    if outcome is None:
        return None
    reason, *signs = outcome
    shown = one_line(title or names.h1 or next(iter(names.parts), ""), 80)
    return reason, ", ".join([f"title {shown!r}, {words} words", *signs])


def _kind(
    tree: HtmlElement,
    nodes: Nodes,
    url: str,
    names: _Names,
    body: str,
    words: int,
    is_story: bool,
    declared_types: Collection[str],
) -> tuple[Reason, *tuple[str, ...]] | None:
    if words < SHORT_WORDS:
        text = one_line(body, 4_000)
        if words < STUB_WORDS:
            text = f"{text} {_visible_text(tree)}"
        if reason := _by_words(tree, url, names.said(), text, words, is_story):
            return (reason,)
    if not is_story:
        declared = is_declared(tree, declared_types)
        if not declared and (NOT_FOUND_TEMPLATE.search(template_names(tree)) or names.say(Reason.SOFT_404)):
            return (Reason.SOFT_404,)
        if not declared and sends_home(tree, body):
            return Reason.SOFT_404, "nothing but the way to the front page"
        if words < CONSENT_MAX_WORDS and _is_consent(body, words):
            return (Reason.CONSENT,)
        if SEARCH_URL.search(url) and (
            any(SEARCH_HEADING.fullmatch(name) for name in (names.title, names.h1, *names.parts))
            or _is_search_template(tree)
        ):
            return (Reason.SEARCH,)
        if not GALLERIES.isdisjoint(name.lower() for name in declared_types):
            return Reason.GALLERY, "declared a gallery"
        if GALLERY_TEMPLATE.search(template_names(tree)):
            return Reason.GALLERY, "template of a gallery"
        if _is_slide_show(nodes, body):
            return Reason.GALLERY, "text of a slide show"
        if not declared:
            if asks_only(tree, words):
                return (Reason.LOGIN if _asks_password(tree) else Reason.SECTION), "nothing but a form"
            if is_table(tree, body):
                return Reason.SECTION, "nothing but a table"
        if words < STUB_WORDS:
            body = _without_consent(body)
            words = count_words(body)
        signs = listing_signs(tree, nodes, url, body, declared_types)
        if sum(signs.values()) >= LISTING_SCORE:
            return (Reason.GALLERY if VIDEO_SIGN in signs else Reason.SECTION, *signs)
    if words < (1 if is_story else MIN_WORDS):
        return (Reason.NO_BODY if words or _visible_text(tree) else Reason.EMPTY,)
    return None


def _by_words(tree: HtmlElement, url: str, said: set[Reason], text: str, words: int, is_story: bool) -> Reason | None:
    """Name the kind of a short page by its headings and sentences."""
    reasons = {reason for reason, table in SENTENCES.items() if table.search(text)}
    if Reason.CAPTCHA in said or (Reason.CAPTCHA in reasons and not is_story) or _has_challenge(tree):
        return Reason.CAPTCHA
    if is_story and words >= STUB_WORDS:
        return None
    if JSON_BODY.match(text):
        return Reason.ERROR_PAGE
    if Reason.SOFT_404 in said:
        return Reason.SOFT_404
    if Reason.LOGIN in said and (words < STUB_WORDS or LOGIN_URL.search(url) or _asks_password(tree)):
        return Reason.LOGIN
    if Reason.CONSENT in said and (Reason.CONSENT in reasons or CONSENT_URL.search(url) or words < STUB_WORDS):
        return Reason.CONSENT
    for reason in (Reason.MAINTENANCE, Reason.ERROR_PAGE, Reason.SECTION):
        if reason in said:
            return reason
    if Reason.ERROR_PAGE in reasons:
        return Reason.ERROR_PAGE
    if Reason.MAINTENANCE in reasons and words < SHORT_WORDS // 2:
        return Reason.MAINTENANCE
    if Reason.SOFT_404 in reasons and words < SHORT_WORDS // 2:
        return Reason.SOFT_404
    if words < STUB_WORDS and not is_story:
        if Reason.NO_BODY in reasons:
            return Reason.NO_BODY
        if LOGIN_URL.search(url) and _asks_password(tree):
            return Reason.LOGIN
        if GALLERY_PATH.search(url.partition("?")[0]):
            return Reason.GALLERY
    return None


def _visible_text(tree: HtmlElement) -> str:
    """Return the first words that the page shows, in whatever element they stand."""
    parts: list[str] = []
    size = 0
    for element in tree.iter():
        if element.text and isinstance(element.tag, str) and not _is_hidden(element):
            parts.append(element.text)
        parts.append(element.tail or "")
        size += len(parts[-1]) + len(element.text or "")
        if size > MAX_CHARS:
            break
    return one_line(" ".join(parts), 3_000)


def _is_hidden(element: HtmlElement) -> bool:
    parent = element.getparent()
    return element.tag in HIDDEN or (parent is not None and parent.tag in HIDDEN)


def _has_challenge(tree: HtmlElement) -> bool:
    return any(element.get("id") in CHALLENGE_IDS for element in tree.iter("div", "form"))


def _asks_password(tree: HtmlElement) -> bool:
    return any((field.get("type") or "").lower() == "password" for field in tree.iter("input"))


def _is_consent(body: str, words: int) -> bool:
    hits = sum(1 for _ in CONSENT_WORDS.finditer(body))
    return hits >= 6 and hits >= CONSENT_SHARE * words and bool(SENTENCES[Reason.CONSENT].search(body))


def _without_consent(body: str) -> str:
    """Return *body* without the lines that ask the reader about cookies."""
    return "\n".join(line for line in body.split("\n") if not SENTENCES[Reason.CONSENT].search(line))


def _is_slide_show(nodes: Nodes, body: str) -> bool:
    """Tell whether nearly all of *body* stands in the slides of one show; a page that slides as a whole is none."""
    shows = [
        nodes.elements[at]
        for tag in SHOWS
        for at in nodes.tagged[tag]
        if (name := nodes.classes[at]) and _is_named_slides(name)
    ]
    if not shows:
        return False
    lines = {keyed(line)[:KEY_CHARS]: len(line) for line in body[:MAX_CHARS].split("\n") if line.strip()}
    total = sum(lines.values())
    for show in shows:
        sizes = []
        for slide in islice(show, MAX_SLIDES):
            if slide.find(".//img") is None:
                continue
            texts = {keyed(text[:300])[:KEY_CHARS] for text in islice(slide.itertext(), MAX_SLIDES) if len(text) > 8}
            sizes.append(sum(lines[key] for key in texts & lines.keys()))
        if sum(map(bool, sizes)) >= MIN_SLIDES and sum(sizes) >= SLIDES_SHARE * total and max(sizes) * 2 < total:
            return True
    return False


@lru_cache(maxsize=4096)
def _is_named_slides(name: str) -> bool:
    return SLIDES.search(name) is not None


def _is_search_template(tree: HtmlElement) -> bool:
    element = tree.find("body")
    names = (element.get("class") or "").lower().split() if element is not None else []
    return any(name in ("search", "search-results", "page-search", "search-page") for name in names)
