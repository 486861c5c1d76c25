"""What the scheduler keeps of a document beside the columns of its state: JSON that the store does not look into."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Self

from newscrawl.schedule.rhythm import Rhythm


@dataclass(frozen=True, slots=True)
class Learned:
    """Moments are seconds since 1970; None where something was never seen."""

    read_at: int | None = None
    """When it last came whole."""

    since: int | None = None
    """The ``since=`` of the run that read it then."""

    seen_at: int | None = None
    """When it last came, or was said to be unchanged: the rhythm knows all stories until then."""

    rhythm: Rhythm | None = None
    ttl_s: int = 0
    """For how long its answers are good, as the server or the document says."""

    lied_at: int | None = None
    """When the server was found out to answer 304 though there was something new."""

    @classmethod
    def read(cls, data: bytes | None) -> Self:
        """Return what :meth:`to_bytes` wrote; what an older version wrote, so far as it is known."""
        values: dict[str, Any] = json.loads(data) if data else {}
        rhythm = values.pop("rhythm", None)
        known = {name: value for name, value in values.items() if name in cls.__slots__}
        return cls(**known, rhythm=Rhythm.from_dict(rhythm) if rhythm else None)

    def to_bytes(self) -> bytes:
        """Return it as JSON without what is not known."""
        values: dict[str, Any] = {name: getattr(self, name) for name in self.__slots__ if name != "rhythm"}
        if self.rhythm is not None:
            values["rhythm"] = self.rhythm.as_dict()
        return json.dumps({name: value for name, value in values.items() if value}, separators=(",", ":")).encode()
