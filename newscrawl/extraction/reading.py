"""One page, read: every field with the evidence for it, every line with why it was cut. Articles are made of this."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from importlib.metadata import version

from lxml.etree import strip_elements

import newscrawl
from newscrawl.extraction.cuts.context import context_of
from newscrawl.extraction.declarations.declared import Choice, Declared
from newscrawl.extraction.finder.deck import with_deck
from newscrawl.extraction.finder.next_story import next_stories
from newscrawl.extraction.finder.rescue import rescue
from newscrawl.extraction.finder.search import Text, check_served, find_lines
from newscrawl.extraction.kinds.kind import page_kind
from newscrawl.extraction.kinds.shell import needs_javascript
from newscrawl.extraction.learned.memory import Observation, observe, repeated, story_hash
from newscrawl.extraction.learned.serving import serve, without_regions
from newscrawl.extraction.learned.teaching import whole_shape
from newscrawl.extraction.learned.template import is_checked, learn
from newscrawl.extraction.links.paged import PagedArticle, Pager
from newscrawl.extraction.links.pager import find_pager
from newscrawl.extraction.links.related import related_links
from newscrawl.extraction.metadata import dates
from newscrawl.extraction.metadata.authors import choose_authors
from newscrawl.extraction.metadata.headline_place import find_headline
from newscrawl.extraction.metadata.image import choose_image
from newscrawl.extraction.metadata.language import choose_language
from newscrawl.extraction.metadata.title import choose_title, title_parts
from newscrawl.extraction.page import Page
from newscrawl.extraction.pruning.prune import prune
from newscrawl.extraction.rules.site_rules import SiteOutcome
from newscrawl.extraction.text.body import Line
from newscrawl.extraction.tree.changes import Changes
from newscrawl.extraction.tree.nodes import nodes_of
from newscrawl.extraction.tree.page_form import unwrap_page_form
from newscrawl.html.hold import hold
from newscrawl.html.parse import parse
from newscrawl.html.read import Unreadable, read
from newscrawl.items import FIELDS, Article, RelatedLink
from newscrawl.outcomes import Reason, Rejection
from newscrawl.text.clean import count_words
from newscrawl.urls import article_id, canonical_url, site_of, url_key

EXTRACTOR = f"newscrawl/{newscrawl.__version__} trafilatura/{version('trafilatura')}"
MAX_TITLE_FROM_BODY = 120
MAX_BODY_CHARS = 1_000_000
"""Two novels. The main process compares every word of a body: one of 5 MB stopped its loop for two seconds."""

THIN = (Reason.SECTION, Reason.GALLERY, Reason.NO_BODY, Reason.SEARCH)
"""What the last page of an article may look like: two paragraphs below many links."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a page says, field by field, with what won and what lost."""

    url: str
    kind: tuple[Reason, str] | None
    """Why it is no article, with one line for a person."""

    choices: dict[str, Choice]
    lines: tuple[Line, ...]
    related: tuple[RelatedLink, ...]
    observation: Observation | None
    ai_opt_out: bool
    pager: Pager | None = None
    """The other pages of an article in several."""

    site: SiteOutcome | None = None
    """What the rules came to that a person made for the site."""

    how: str = ""
    """What found the text, and why it was asked."""

    @property
    def body(self) -> str:
        """The lines that stay, as paragraphs."""
        return body_of(self.lines)


def body_of(lines: Sequence[Line]) -> str:
    """Return the lines that stay, as paragraphs."""
    return "\n\n".join(line.text for line in lines if not line.cut)


def read_page(page: Page, url: str, memory: Sequence[Observation] = ()) -> Reading | Rejection:
    """Read *page*, which was fetched from *url*, beside what the site's earlier pages taught.

    An empty *url* stands for the one that the page calls its own.
    """
    text = read(page.body, page.content_type)
    if isinstance(text, Unreadable):
        return Rejection(url, text.reason, text.detail)
    tree = parse(text)
    if tree is None:
        return Rejection(url, Reason.NOT_HTML, "no element could be parsed")
    unwrap_page_form(tree)
    held = hold(tree)  # noqa: F841
    url = url or Declared(tree, "").canonical().value or ""  # an HTML file that nobody wrote the address of
    declared = Declared(tree, url)
    canonical = declared.canonical()
    story = story_hash(canonical.value or url)
    known = repeated(memory, story)
    hidden = list(tree.iter("script", "noscript"))
    strip_elements(
        tree, "script", "style", "svg", "template", with_tail=False
    )  # half of a page's bytes, none of its text
    served = serve(tree, learn(memory, story)) if page.learn and not is_checked(story) else None
    changes = Changes()
    if served is not None and not served.doubt:
        served = without_regions(tree, served, changes)
    title = choose_title(tree, declared, page.title, known)
    if changes and title.source != "h1":  # the site's name, which titles end in, may stand in a region
        changes.undo()
        title = choose_title(tree, declared, page.title, known)
    nodes = nodes_of(tree)
    headline = find_headline(nodes, title.value or "")
    language = choose_language(nodes, declared)
    choices = {
        "canonical_url": canonical,
        "title": title,
        "description": declared.description(),
        "authors": choose_authors(headline, declared),
        "published_at": dates.published(tree, nodes, declared, page, language.value or "", title.value),
        "modified_at": dates.modified(declared, page),
        "language": language,
        "section": declared.section(),
        "tags": declared.tags(),
        "image_url": choose_image(headline, declared, known),
        "publisher": declared.publisher(),
        "is_paywalled": declared.paywalled(),
    }
    pager = find_pager(tree, nodes, url, declared.base, canonical.value)
    context = context_of(choices, "\n".join(declared.jsonld.article_body()), known, url)
    served, is_rescued = check_served(served, context) if served is not None else None, False
    if served is not None and not served.doubt:
        chosen = Text(served.lines, served.why, served.shape)
        lines, how = chosen.lines, chosen.how
    else:
        if changes:
            changes.undo()
            nodes = nodes_of(tree)
            headline = find_headline(nodes, headline.title)
        own = {url_key(address) for address in (url, canonical.value) if address}
        following = next_stories(headline, url, own)
        for part in following:
            changes.take_out(part)
        prose = prune(tree, nodes=None if following else nodes, changes=changes)
        chosen = find_lines(tree, declared.jsonld.article_body(), context, prose=prose, fast=page.fast, served=served)
        titles = [str(claim.value) for claim in choices["title"].evidence]
        lines = rescue(tree, hidden, titles, chosen.lines, context, prose)
        is_rescued = lines is not chosen.lines and any(not line.cut for line in lines)
        changes.undo()
        how = chosen.how if lines is chosen.lines else "the page's data or its noscript part: next to no text was found"
    lines = with_deck(nodes, lines, choices["description"].value or "", context.headlines)
    kept = (line.text for line in lines if line.cut in ("", "site"))
    observation = observe(story, [*title_parts(declared, title), choices["image_url"].value or "", *kept])
    body = body_of(lines)
    kind = page_kind(tree, nodes, url, title=choices["title"].value, body=body, declared_types=declared.types())
    if (kind is None or kind[0] in (Reason.EMPTY, Reason.NO_BODY)) and needs_javascript(
        tree, body, () if is_rescued else hidden
    ):
        kind = (Reason.NEEDS_JAVASCRIPT, f"{count_words(body)} words without its scripts")
    related = related_links(tree, declared.base, choices["title"].value, nodes=nodes)
    if page.learn and chosen.shape is not None:
        if memory and (served is None or served.doubt):  # one page of a site teaches none of its regions
            chosen = replace(chosen, shape=whole_shape(tree, chosen.shape, choices, lines, related, pager))
        observation = replace(observation, shape=chosen.shape)
    reading = Reading(
        url=url,
        kind=kind,
        choices=choices,
        lines=tuple(lines),
        related=tuple(related),
        observation=observation,
        ai_opt_out=declared.refuses_ai(page.robots_tag, page.tdm_reservation),
        pager=pager,
        how=how,
    )
    rules = page.sites.of(url) if page.sites is not None else None
    if rules is None:
        return reading
    from newscrawl.extraction.site_override import override  # few sites have rules of their own

    reading = replace(reading, **override(rules, page, text, url, choices, kind))
    return replace(reading, observation=replace(observation, site=reading.site))


def as_article(reading: Reading, page: Page) -> Article | Rejection:
    """Return the article that *reading* gives, or why it gives none."""
    if reading.kind is not None and not (page.is_part and reading.kind[0] in THIN):
        return Rejection(reading.url, *reading.kind)
    body = reading.body
    if not body:
        return Rejection(reading.url, Reason.NO_BODY, f"{len(reading.lines)} lines were found, none of them prose")
    if len(body) > MAX_BODY_CHARS:
        return Rejection(reading.url, Reason.TOO_LARGE, f"a text of {len(body):,} characters is no article")
    value = {name: choice.value for name, choice in reading.choices.items()}
    published, modified = reading.choices["published_at"], reading.choices["modified_at"]
    url = canonical_url(reading.url) or reading.url
    article = Article(
        id=article_id(url, value["canonical_url"]),
        url=url,
        site=site_of(url),
        canonical_url=value["canonical_url"],
        title=value["title"] or _first_sentence(body),
        body=body,
        description=value["description"],
        authors=list(value["authors"]),
        published_at=published.value[0] if published.value else None,
        published_precision=published.value[1] if published.value else None,
        published_source=published.source or None,
        modified_at=modified.value[0] if modified.value else None,
        language=value["language"],
        section=value["section"],
        tags=list(value["tags"] or ()),
        image_url=value["image_url"],
        related_links=list(reading.related),
        publisher=value["publisher"],
        discovered_via=page.via,
        fetched_at=page.fetched_at,
        is_paywalled=value["is_paywalled"],
        ai_opt_out=reading.ai_opt_out,
        word_count=count_words(body),
        html_sha256="h" + (page.sha256 or sha256(page.body).hexdigest()),
        extractor=EXTRACTOR,
    )
    if reading.pager is None:
        return article
    return PagedArticle(**{name: getattr(article, name) for name in FIELDS}, pager=reading.pager)


def _first_sentence(body: str) -> str:
    line = body.split("\n", 1)[0]
    end = min((at for mark in (". ", "? ", "! ", "。") if (at := line.find(mark)) > 0), default=len(line))
    line = line[: end + 1].strip()
    if len(line) <= MAX_TITLE_FROM_BODY:
        return line
    head = line[: MAX_TITLE_FROM_BODY - 1]
    return (head.rpartition(" ")[0] or head).rstrip() + "…"
