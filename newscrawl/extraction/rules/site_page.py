"""A page as a person's rules for its site see it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urljoin

from parsel import Selector, SelectorList


@dataclass(frozen=True, slots=True)
class SitePage:
    """A page as a rule's function sees it, with parsel's selectors."""

    selector: Selector
    url: str
    base: str
    """What its relative links are relative to."""

    def css(self, query: str) -> SelectorList[Selector]:
        """Return what the CSS selector *query* finds."""
        return self.selector.css(query)

    def xpath(self, query: str) -> SelectorList[Selector]:
        """Return what the XPath expression *query* finds."""
        return self.selector.xpath(query)

    def urljoin(self, url: str) -> str:
        """Return *url*, as the page has it, as an absolute one."""
        return urljoin(self.base, url)


def hits_of(page: Selector, selector: str) -> list[Selector]:
    """Return what *selector* finds: XPath where it begins with ``/``, ``./`` or ``(``, else CSS."""
    return page.xpath(selector) if selector.lstrip().startswith(("/", "./", "(")) else page.css(selector)
