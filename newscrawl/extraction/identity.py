"""What a site's front door says of the site: its name and its language."""

from __future__ import annotations

from dataclasses import dataclass

from newscrawl.extraction.declarations.declared import Declared
from newscrawl.extraction.metadata.language import choose_language
from newscrawl.extraction.metadata.site_name import SEPARATOR
from newscrawl.extraction.page import Page
from newscrawl.extraction.tree.nodes import nodes_of
from newscrawl.html.parse import parse
from newscrawl.html.read import read
from newscrawl.text.clean import one_line

MAX_NAME_CHARS = 60


@dataclass(frozen=True, slots=True)
class SiteIdentity:
    """A site as it calls itself."""

    name: str | None = None
    language: str | None = None
    """BCP 47, lower case."""


def read_identity(page: Page, url: str) -> SiteIdentity:
    """Return name and language of the site whose home page *page* is; nothing where it is no HTML."""
    text = read(page.body, page.content_type)
    if not isinstance(text, str):
        return SiteIdentity()
    tree = parse(text)
    if tree is None:
        return SiteIdentity()
    declared = Declared(tree, url)
    heads = tree.xpath("//head/title")
    title = one_line(heads[0].text_content(), 200) if heads else ""
    names = [str(evidence.value) for evidence in declared.publisher().evidence] + list(declared.jsonld.site_names)
    names.append(SEPARATOR.split(title)[0] if title else "")
    name = next((short for label in names if (short := one_line(label, 200)) and len(short) <= MAX_NAME_CHARS), None)
    return SiteIdentity(name, choose_language(nodes_of(tree), declared).value)
