"""For which source a request is made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scrapy import Request

from newscrawl.sources.source import Source


def source_of(request: Request, sources: Mapping[str, Source]) -> Source | None:
    """Return the source that *request* is made for, of *sources* by name; None for a request of nobody's."""
    pending: Any = request.cb_kwargs.get("pending")
    given: Any = request.cb_kwargs.get("source")
    name = pending.source if pending is not None else getattr(given, "name", None)
    return sources.get(name) if name is not None else None
