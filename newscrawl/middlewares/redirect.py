"""Follows redirects within bounds."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit, urlunsplit

from scrapy import Request, Spider
from scrapy.downloadermiddlewares.redirect import MetaRefreshMiddleware, RedirectMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import HtmlResponse, Response

from newscrawl.middlewares.cookies import NEEDED, NEW_COOKIES, OFFERED
from newscrawl.middlewares.refusals import Refused
from newscrawl.outcomes import Reason

REFRESHED = "newscrawl_refreshed"  # request.meta: the page that set a cookie and reloads itself was asked for again
MAX_URL = 2000  # characters, as in newscrawl.urls
HEAD_BYTES = 4096  # where a meta refresh is looked for, as Scrapy does
STATUSES = frozenset({301, 302, 303, 307, 308})


class BoundedRedirectMiddleware(RedirectMiddleware):
    """Follow a redirect to another http or https URL, at most ``REDIRECT_MAX_TIMES`` times.

    Scrapy's does, and more: it asks again for the very URL that redirects to itself or to nothing, hands credentials in
    a Location on, and counts the target among the requests of the first host's slot.
    """

    def process_response(self, request: Request, response: Response, spider: Spider | None = None) -> Any:
        if response.status not in STATUSES:
            return response
        try:
            answer = super().process_response(request, response)
        except IgnoreRequest:
            raise Refused(Reason.REDIRECT, f"more than {self.max_redirect_times} redirects") from None
        except ValueError as error:
            raise Refused(Reason.REDIRECT, f"Location is no URL: {str(error)[:100]}") from None
        return bounded(request, answer) if isinstance(answer, Request) else answer


class BoundedMetaRefreshMiddleware(MetaRefreshMiddleware):
    """Follow a meta refresh as the redirect that it stands for; one that waits is a page that reloads itself.

    Looks at the first bytes as they are: Scrapy's decodes all of the page first, with any codec that it names.
    """

    def process_response(self, request: Request, response: Response, spider: Spider | None = None) -> Any:
        if request.meta.get("dont_redirect") or not isinstance(response, HtmlResponse):
            return response
        beginning = response.body[:HEAD_BYTES]
        if b"refresh" not in beginning.lower():
            return response
        text = beginning.decode("utf-8", "replace")
        head = response.replace(body=text.encode(), encoding="utf-8")
        try:
            redirected = super().process_response(request, head)
        except IgnoreRequest:
            raise Refused(Reason.REDIRECT, f"more than {self.max_redirect_times} redirects") from None
        except ValueError:  # a refresh to what is no URL: the page itself is the answer
            return response
        if not isinstance(redirected, Request):
            return response
        if redirected.url.partition("#")[0] == request.url.partition("#")[0]:
            if not request.meta.get(NEW_COOKIES) or request.meta.get(REFRESHED):
                return response
            redirected.meta[REFRESHED] = True  # once: the page may reload itself in any case
        return bounded(request, redirected)


def leads_back(request: Request, redirected: Request) -> bool:
    """Tell whether a redirect leads to where it began, or to the same page with a mark: a test for cookies."""
    if redirected.url in (request.url, *request.meta.get("redirect_urls", ())):
        return True
    here, there = urlsplit(request.url), urlsplit(redirected.url)
    return (here.hostname, here.path) == (there.hostname, there.path) and here.query != there.query


def bounded(request: Request, redirected: Request) -> Request:
    """Return *redirected* fit to be asked for, or raise :class:`Refused`."""
    parts = urlsplit(redirected.url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise Refused(Reason.SCHEME, f"redirect to {redirected.url[:60]!r}")
    if len(redirected.url) > MAX_URL:
        raise Refused(Reason.REDIRECT, f"redirect to a URL of {len(redirected.url)} characters")
    is_new = redirected.meta.pop(NEW_COOKIES, False)
    if redirected.url == request.url and not is_new:
        raise Refused(Reason.REDIRECT, "redirects to itself")
    if redirected.meta.get(OFFERED) and leads_back(request, redirected):
        redirected.meta[NEEDED] = True
    if "@" in parts.netloc:
        url = urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
        redirected = redirected.replace(url=url)
    redirected.meta.pop("newscrawl_received", None)
    redirected.meta.pop("download_slot", None)  # Scrapy keeps the first host's: its delays are not the new host's
    redirected.dont_filter = True  # a target that was asked for before would vanish without a word
    return redirected
