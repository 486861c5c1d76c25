"""What a page says of itself in its head: meta tags, links, JSON-LD."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from newscrawl.extraction.declarations.jsonld import JsonLd, read_scripts, text_of
from newscrawl.text.clean import one_line, plain
from newscrawl.text.markup import decoded

MAX_URL_CHARS = 2_000
CREDENTIALS = re.compile(r"^(\w+://)[^/?#]*@")  # user:password, never to be stored

TWICE = re.compile(r"(?:https?:)?//(?P<host>[^/?#]+?)/?((?:https?:)?//(?P=host)[/?#].*)", re.I | re.S)

EMPTY = re.compile(r"(?:^|/)(?:undefined|null|none|nan|\[object object\])/?$|\{\{|\}\}|<%|\$\{", re.I)
"""An address that a template did not fill in."""

LOCAL = frozenset({"localhost", "127.0.0.1", "0.0.0.0"})

DESCRIPTIONS = ("og:description", "description", "twitter:description", "dc.description", "sailthru.description")
SECTIONS = (
    "article:section",
    "og:article:section",
    "section",
    "parsely-section",
    "sailthru.section",
    "cxenseparse:category",
)
KEYWORDS = ("article:tag", "news_keywords", "keywords", "parsely-tags", "sailthru.tags", "citation_keywords")
SITE_NAMES = ("og:site_name", "application-name", "apple-mobile-web-app-title", "publisher", "dc.publisher", "sitename")
LANGUAGES = ("content-language", "language", "dc.language", "inlanguage")
PAID = frozenset({"locked", "metered", "paid", "premium", "subscriber", "subscription"})


@dataclass(frozen=True, slots=True)
class Evidence:
    """One answer to what a field is, and where on the page it stands."""

    source: str
    value: Any


@dataclass(frozen=True, slots=True)
class Choice:
    """The value of a field, the evidence that won, and all that was weighed."""

    value: Any = None
    source: str = ""
    evidence: tuple[Evidence, ...] = ()


def choose(evidence: Sequence[Evidence]) -> Choice:
    """Return the first of *evidence* that says something."""
    given = tuple(item for item in evidence if item.value not in (None, "", []))
    return Choice(given[0].value, given[0].source, given) if given else Choice()


class Declared:
    """The declarations of one page, read once."""

    def __init__(self, tree: HtmlElement, url: str) -> None:
        self.url = url
        self.meta: dict[str, list[str]] = {}
        self._said: dict[str, list[Evidence]] = {}
        self.links: dict[str, str] = {}
        self.base = url
        scripts: list[str] = []
        for element in tree.iter("meta", "link", "base", "script"):
            if element.tag == "meta":
                self._add_meta(element)
            elif element.tag == "script":
                if "ld+json" in (element.get("type") or "").lower() and element.text:
                    scripts.append(element.text)
            elif element.tag == "base":
                self.base = self.absolute((element.get("href") or "").strip()) or url
            elif href := (element.get("href") or "").strip():
                for rel in (element.get("rel") or "").lower().split():
                    self.links.setdefault(rel, href)
        self.jsonld = JsonLd(read_scripts(scripts), url)
        self.lang = (tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or "").strip()
        title = next((element for element in tree.iter("title") if element.getparent().tag != "svg"), None)
        self.page_title = one_line(title.text_content()[:4000]) if title is not None else ""

    def _add_meta(self, element: HtmlElement) -> None:
        content = element.get("content") or element.get("value") or ""
        name = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
        if name and content.strip():
            values = self.meta.setdefault(name.strip().lower()[:100], [])
            if len(values) < 50:
                values.append(content)

    def all(self, *names: str) -> list[Evidence]:
        """Return what the meta tags *names* say, in that order."""
        found: list[Evidence] = []
        for name in names:
            if name in self.meta:
                if name not in self._said:
                    self._said[name] = [Evidence(name, plain(value)) for value in self.meta[name]]
                found += self._said[name]
        return found

    def absolute(self, href: str) -> str | None:
        """Return *href* as an absolute http(s) URL, or None."""
        if not href or len(href) > MAX_URL_CHARS:
            return None
        try:
            url = urljoin(getattr(self, "base", self.url), href.strip())
        except ValueError:
            return None
        if not url.lower().startswith(("http://", "https://")):
            return None
        return one_line(CREDENTIALS.sub(r"\1", url), MAX_URL_CHARS)

    def types(self) -> list[str]:
        """Return what the page says that it is: the types of its JSON-LD and its og:type."""
        return [*self.jsonld.types, *(evidence.value for evidence in self.all("og:type"))]

    def canonical(self) -> Choice:
        """Return the URL that the page calls its own, as it claims it."""
        claims = [Evidence("rel=canonical", self.links.get("canonical", ""))]
        claims += [Evidence("og:url", value) for value in self.meta.get("og:url", ())]
        claims = [claim for claim in claims if not EMPTY.search(claim.value)]
        given = [Evidence(claim.source, self.absolute(once(claim.value, self.url))) for claim in claims]
        return choose([claim for claim in given if not self._is_elsewhere(claim.value)])

    def _is_elsewhere(self, address: str | None) -> bool:
        """Say whether *address* is the front page, or a host of the makers, and the page is neither."""
        if address is None or not self.url:
            return False
        own, said = urlsplit(self.url), urlsplit(address)
        is_front = said.path in ("", "/") and not said.query and (own.path not in ("", "/") or own.query != "")
        return (is_front and said.hostname == own.hostname) or (said.hostname in LOCAL and own.hostname not in LOCAL)

    def description(self) -> Choice:
        """Return the page's own summary."""
        return choose(
            [
                *(Evidence(evidence.source, plain(evidence.value, 2000)) for evidence in self._raw(*DESCRIPTIONS)),
                Evidence("json-ld description", plain(text_of(self.jsonld.get("description", page=False)), 2000)),
            ]
        )

    def _raw(self, *names: str) -> list[Evidence]:
        return [Evidence(name, value) for name in names for value in self.meta.get(name, ())]

    def section(self) -> Choice:
        """Return the part of the site that the article stands in."""
        section = Evidence("json-ld articleSection", plain(text_of(self.jsonld.get("articleSection")), 100))
        sections = [section, *self.all(*SECTIONS)]
        return choose(
            [evidence for evidence in sections if not str(evidence.value).startswith(("http://", "https://"))]
        )

    def tags(self) -> Choice:
        """Return the keywords that the page gives itself."""
        given = []
        value = self.jsonld.get("keywords", page=False)
        items = value if isinstance(value, list) else [value]
        given.append(Evidence("json-ld keywords", _split([text_of(item) for item in items])))
        given += [Evidence(name, _split(self.meta.get(name, ()))) for name in KEYWORDS]
        return choose(given)

    def publisher(self) -> Choice:
        """Return the display name of the publisher."""
        names = [
            Evidence("json-ld publisher", plain(text_of(self.jsonld.get("publisher")), 100)),
            *self.all(*SITE_NAMES),
        ]
        return choose([evidence for evidence in names if "://" not in evidence.value and len(evidence.value) <= 100])

    def language(self) -> Choice:
        """Return the language as BCP 47, lower case."""
        given = [
            Evidence("html lang", self.lang),
            Evidence("json-ld inLanguage", text_of(self.jsonld.get("inLanguage"))),
        ]
        given += self.all(*LANGUAGES, "og:locale")
        return choose([Evidence(evidence.source, _language(evidence.value)) for evidence in given])

    def paywalled(self) -> Choice:
        """Return whether the text is behind a paywall; None where the page does not say."""
        given = []
        free = self.jsonld.get("isAccessibleForFree")
        if str(free).strip().lower() in ("true", "false"):
            given.append(Evidence("json-ld isAccessibleForFree", str(free).strip().lower() == "false"))
        given += [
            Evidence(evidence.source, evidence.value.lower() in PAID)
            for evidence in self.all("article:content_tier", "og:article:content_tier")
        ]
        return choose(given)

    def refuses_ai(self, robots_tag: str, tdm_reservation: str) -> bool:
        """Say whether headers or page refuse that its text is used to train machines."""
        robots = ",".join([robots_tag, *(evidence.value for evidence in self.all("robots"))]).lower()
        reserved = [tdm_reservation, *(evidence.value for evidence in self.all("tdm-reservation"))]
        return "noai" in robots.replace(" ", "").replace(":", ",").split(",") or any(
            value.strip() == "1" for value in reserved
        )


def once(href: str, url: str) -> str:
    """Return *href* without the host that a template put before an address that had it already."""
    if match := TWICE.match(href.strip()):
        return match[2]
    host = urlsplit(url).hostname if url else None
    if host and re.match(rf"(?:https?://{re.escape(host)})?/*{re.escape(host)}/", href.strip(), re.I):
        return f"https://{host}/{href.strip().split(host + '/')[-1]}"
    return href


def _split(values: Sequence[str]) -> list[str]:
    """Return the keywords of *values*, which may each hold several with commas or semicolons between."""
    parts = [part for value in values if value for part in decoded(value[:5000]).replace(";", ",").split(",")]
    return list(dict.fromkeys(tag for part in parts[:200] if (tag := plain(part, 100))))[:50]


def _language(value: str) -> str | None:
    tag = value.strip().replace("_", "-").lower().split(",")[0]
    parts = tag.split("-")
    good = 2 <= len(parts[0]) <= 3 and all(part.isascii() and part.isalnum() and len(part) <= 8 for part in parts)
    return tag if good and parts[0].isalpha() else None
