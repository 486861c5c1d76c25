"""Responses that are not the page that was asked for, recognised by what a crawl knows of them."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

from scrapy.http import Response

from newscrawl.discovery.scope import is_home
from newscrawl.outcomes import Reason, Rejection
from newscrawl.urls import url_key

PAGES = (200, 203)  # 202 and 204 promise a page for later, or none; 206 is a part
LOGIN = re.compile(r"log-?in|sign-?in|auth|sso|account|register|subscri", re.I)


def no_page(asked: str, response: Response) -> Rejection | None:
    """Return why *response* is no page of *asked*, whatever stands on it; None where it may be."""
    if response.status not in PAGES:
        return Rejection(asked, Reason.HTTP_STATUS, f"status {response.status}")
    if not response.body.strip():
        return Rejection(asked, Reason.EMPTY, "an empty page")
    if url_key(asked) == url_key(response.url):
        return None
    if returns_to(asked, response.url):
        reason = Reason.LOGIN if LOGIN.search(response.url.partition("?")[0]) else Reason.CONSENT
        return Rejection(asked, reason, f"redirected to {response.url[:200]}, which names where to return to")
    if is_home(response.url) and not is_home(asked):
        return Rejection(asked, Reason.NOT_FOUND, "redirected to the home page")
    return None


def returns_to(asked: str, target: str) -> bool:
    """Tell whether *target* carries the address that was *asked* for, or one of its host, to return to it later."""
    origin = urlsplit(asked)
    for _, value in parse_qsl(urlsplit(target).query, max_num_fields=100) if target.count("&") < 100 else ():
        back = urlsplit(value) if value.count("[") == 0 else None
        if back is None:
            continue
        if back.scheme in ("http", "https") and back.hostname == origin.hostname and len(back.path) > 1:
            return True
        if value.startswith("/") and len(origin.path) > 1 and back.path == origin.path:
            return True
    return False
