"""What can become of a URL: each ends a run in exactly one outcome, and each outcome but the good ones has a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Outcome(StrEnum):
    """The one fate of a URL in a run. The names are those of the manifest's figures."""

    WRITTEN = "written"
    REVISED = "revised"
    DUPLICATE = "duplicate"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"
    SKIPPED = "skipped"
    FAILED = "failed"
    PENDING = "pending"


class Reason(StrEnum):
    """Why a URL gave no article. The only place where a reason may be named."""

    # rejected: the page came, and will not become an article
    NOT_HTML = "not-html"
    EMPTY = "empty"
    SECTION = "section"
    SOFT_404 = "soft-404"
    LOGIN = "login"
    CONSENT = "consent"
    CAPTCHA = "captcha"
    SEARCH = "search"
    GALLERY = "gallery"
    MAINTENANCE = "maintenance"
    ERROR_PAGE = "error-page"
    NOTICE = "notice"
    NO_BODY = "no-body"
    NEEDS_JAVASCRIPT = "needs-javascript"
    AI_OPT_OUT = "ai-opt-out"
    PARSE_TIMEOUT = "parse-timeout"
    PARSE_MEMORY = "parse-memory"
    PARSE_CRASH = "parse-crash"
    TOO_LARGE = "too-large"
    GONE = "gone"
    NOT_FOUND = "not-found"
    HTTP_STATUS = "http-status"
    GAVE_UP = "gave-up"
    REDIRECT = "redirect"
    DROPPED = "dropped"
    FORGOTTEN = "forgotten"
    PART = "part"
    # skipped: it was never asked for
    ROBOTS = "robots"
    SINCE = "since"
    UNTIL = "until"
    DENIED = "denied"
    BUDGET = "budget"
    PRIVATE_ADDRESS = "private-address"
    SCHEME = "scheme"
    PARKED = "parked"
    PUT_OFF = "put-off"
    # failed: it may come another time
    DNS = "dns"
    CONNECTION = "connection"
    DOWNLOAD_TIMEOUT = "download-timeout"
    SERVER_ERROR = "server-error"
    RATE_LIMITED = "rate-limited"
    CERTIFICATE = "certificate"
    BAD_RESPONSE = "bad-response"


SKIPPED = (
    Reason.ROBOTS,
    Reason.SINCE,
    Reason.UNTIL,
    Reason.DENIED,
    Reason.BUDGET,
    Reason.PRIVATE_ADDRESS,
    Reason.SCHEME,
    Reason.PARKED,
    Reason.PUT_OFF,
)
FAILED = (
    Reason.NOT_FOUND,  # a link may come before its page, and a cache may err; gone (410) is meant for good
    Reason.DNS,
    Reason.CONNECTION,
    Reason.DOWNLOAD_TIMEOUT,
    Reason.SERVER_ERROR,
    Reason.RATE_LIMITED,
    Reason.CERTIFICATE,
    Reason.BAD_RESPONSE,
    Reason.PARSE_CRASH,  # the page may be at fault or the machine: after five tries it is the page
)
WALLS = (Reason.CAPTCHA, Reason.LOGIN, Reason.CONSENT, Reason.MAINTENANCE)
"""What may stand before an article for a while, with status 200: the page itself was not seen."""

NOT_NOW = (*WALLS, Reason.HTTP_STATUS, Reason.EMPTY, Reason.ERROR_PAGE, Reason.NEEDS_JAVASCRIPT, Reason.NOTICE)
"""What says nothing of the article, only that we could not have it now: tried again over days, by the next run first.

401, 403, 405 and 451 stand under ``HTTP_STATUS``, an answer without a page (202, 204) as well.
"""

OUTCOME_OF: dict[Reason, Outcome] = {
    **dict.fromkeys(Reason, Outcome.REJECTED),
    **dict.fromkeys(SKIPPED, Outcome.SKIPPED),
    **dict.fromkeys((*FAILED, *NOT_NOW), Outcome.FAILED),
}
"""What each reason means: rejected is for good, skipped may be wanted another time, failed is tried again."""


@dataclass(frozen=True, slots=True)
class Unmodified:
    """A known article that was looked at again and is what it was, whatever else of its page changed."""

    url: str


@dataclass(frozen=True, slots=True)
class Rejection:
    """A page that gave no article, and why."""

    url: str
    reason: Reason
    detail: str = ""
    """One line for a person: ``status 200, title 'Page not found', 14 words``. Nothing that a page wrote stands in
    it unescaped."""

    published_at: datetime | None = None
    """What the page says, where that is the reason (``SINCE``, ``UNTIL``): a later run may ask for others."""
