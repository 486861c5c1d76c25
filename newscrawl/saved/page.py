"""One page of an archive."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from newscrawl.outcomes import Reason

MAX_PAGE_BYTES = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class SavedPage:
    """One page of an archive; its bytes are read when they are needed."""

    source: str
    """What the record's ``source`` will say."""

    url: str
    """Where it was fetched; empty if nobody wrote it down."""

    path: Path | None = None
    html: bytes | None = None
    content_type: str = ""
    robots_tag: str = ""
    tdm_reservation: str = ""
    fetched_at: datetime | None = None
    fault: tuple[Reason, str] | None = None
    """Why it cannot be read, where that is known before."""

    @property
    def held_bytes(self) -> int:
        """How much of it is in memory."""
        return len(self.html or b"")

    def read(self) -> bytes:
        """Return the page's bytes, at most one more than ``MAX_PAGE_BYTES``. Raises OSError."""
        if self.html is not None:
            return self.html
        assert self.path is not None
        with self.path.open("rb") as file:
            return file.read(MAX_PAGE_BYTES + 1)
