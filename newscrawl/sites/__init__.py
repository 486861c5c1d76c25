"""Rules of a person's own for the pages of a site: selectors or functions that go before what extraction finds."""

from newscrawl.extraction.rules.site_page import SitePage
from newscrawl.sites.site import Site

__all__ = ["Site", "SitePage"]
