"""Why a request came to nothing, as one of the crawl's reasons."""

from __future__ import annotations

from typing import Any

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    NotSupported,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.internet.error import ConnectError, ConnectionLost, DNSLookupError, TimeoutError
from twisted.python.failure import Failure

from newscrawl.outcomes import Reason


class Refused(IgnoreRequest):
    """A request that one of our middlewares will not make, or an answer that it will not take.

    The spider's errback finds the outcome in ``reason`` and a line for a person in ``detail``.
    """

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"{reason.value}: {detail}" if detail else reason.value)
        self.reason = reason
        self.detail = detail


STATUSES: dict[int, Reason] = {
    404: Reason.NOT_FOUND,
    410: Reason.GONE,
    408: Reason.DOWNLOAD_TIMEOUT,
    429: Reason.RATE_LIMITED,
    503: Reason.RATE_LIMITED,  # with or without Retry-After it means: later
}
"""The statuses with a reason of their own; the rest of the 5xx are a server's trouble, anything else is final."""

EXCEPTIONS: tuple[tuple[type[BaseException], Reason], ...] = (
    (CannotResolveHostError, Reason.DNS),
    (DNSLookupError, Reason.DNS),
    (DownloadTimeoutError, Reason.DOWNLOAD_TIMEOUT),
    (TimeoutError, Reason.DOWNLOAD_TIMEOUT),
    (DownloadConnectionRefusedError, Reason.CONNECTION),
    (ResponseDataLossError, Reason.BAD_RESPONSE),
    (DownloadCancelledError, Reason.TOO_LARGE),  # Scrapy cancels a download for its size only
    (DownloadFailedError, Reason.BAD_RESPONSE),
    (UnsupportedURLSchemeError, Reason.SCHEME),
    (NotSupported, Reason.SCHEME),
    (ConnectError, Reason.CONNECTION),
    (ConnectionLost, Reason.CONNECTION),
    (OSError, Reason.CONNECTION),
)
"""First match wins, so the narrower class stands first."""


def reason_of_status(status: int) -> Reason:
    """Return why an answer with this HTTP status is no page."""
    if status in STATUSES:
        return STATUSES[status]
    if status >= 500:
        return Reason.SERVER_ERROR
    return Reason.REDIRECT if 300 <= status < 400 else Reason.HTTP_STATUS


def reason_of(failure: Failure | BaseException) -> tuple[Reason, str]:
    """Return the reason and one line of detail for what an errback was given."""
    error: Any = failure.value if isinstance(failure, Failure) else failure
    if isinstance(error, Refused):
        return error.reason, error.detail
    if isinstance(error, HttpError):
        return reason_of_status(error.response.status), f"status {error.response.status}"
    detail = _one_line(error)
    if _about_certificates(error):
        return Reason.CERTIFICATE, detail
    if isinstance(error, IgnoreRequest):  # Scrapy's own say it in words only
        return (Reason.REDIRECT if "redirect" in str(error) else Reason.BAD_RESPONSE), detail
    for kind, reason in EXCEPTIONS:
        if isinstance(error, kind):
            return reason, detail
    return Reason.BAD_RESPONSE, detail


def _about_certificates(error: BaseException) -> bool:
    """Return whether TLS is at the bottom of *error*; Twisted wraps it in lists of Failures."""
    from OpenSSL.SSL import Error as TlsError
    from service_identity import VerificationError

    todo: list[Any] = [error]
    for _ in range(20):
        if not todo:
            break
        item = todo.pop()
        item = item.value if isinstance(item, Failure) else item
        if isinstance(item, TlsError | VerificationError):
            return True
        todo += [*getattr(item, "reasons", ()), *filter(None, (getattr(item, "__cause__", None),))]
    return False


def _one_line(error: BaseException, limit: int = 200) -> str:
    """Return the error's class and text as one printable line; a server may have written parts of the text."""
    text = "".join(c if c.isprintable() else " " for c in str(error))
    return f"{type(error).__name__}: {' '.join(text.split())}"[:limit]
