"""A host that gave no pages for now, as a run tells of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Self

from newscrawl.items import format_time
from newscrawl.outcomes import Reason

ADVICE: dict[Reason, str] = {
    Reason.CAPTCHA: "the site takes us for a robot: ask its owner, give NEWSCRAWL_CONTACT, or a longer delay",
    Reason.LOGIN: "give the source the cookies or headers of your subscription in the sites file",
    Reason.CONSENT: "give the source the cookie of your consent in the sites file",
    Reason.RATE_LIMITED: "give the source a longer delay in the sites file",
    Reason.HTTP_STATUS: "open one of its pages in a browser; where it opens, ask the owner to let the crawler in",
    Reason.NEEDS_JAVASCRIPT: "its pages are made by scripts: take its feed, if that carries the text",
}
"""What a person can do; for the rest it is to wait."""


@dataclass(frozen=True, slots=True)
class ParkedHost:
    """One host that was parked, and what waits for it."""

    host: str
    reason: Reason
    pages: int
    """In a row that met the wall."""

    until: datetime | None = None
    """No page is asked for before."""

    is_asked: bool = False
    """The host itself said how long."""

    waiting: Mapping[str, int] = field(default_factory=dict)
    """URLs that wait, by source."""

    def waiting_until(self, until: datetime, waiting: Mapping[str, int]) -> Self:
        """Return this host with what waits for it."""
        return replace(self, until=until, waiting=waiting)

    def __str__(self) -> str:
        if self.is_asked:
            text = "asks us to wait"
        else:
            text = f"shows the same wall on {self.pages} pages in a row ({self.reason})"
        if self.waiting:
            text += f"; {sum(self.waiting.values())} pages wait"
        if self.until is not None:
            text += f" until {format_time(self.until)}"
        return f"{self.host} {text}; {ADVICE.get(self.reason, 'a later run asks again')}"

    def as_json(self) -> dict[str, Any]:
        """Return what the manifest says of it."""
        return {
            "reason": str(self.reason),
            "pages": self.pages,
            "until": format_time(self.until) if self.until else None,
            "waiting": sum(self.waiting.values()),
        }
