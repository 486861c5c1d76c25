"""How a known article is asked for, and what its answer says for the next time."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256

from scrapy.http import Response

from newscrawl.store import Look, Visit
from newscrawl.store.frontier.revisits import WHOLE_AGAIN_S


def look_headers(earlier: Visit) -> dict[str, str]:
    """Return the headers that ask for a known article only if it changed; none where a 304 would not be believed."""
    if not 0 <= datetime.now(UTC).timestamp() - earlier.read_at < WHOLE_AGAIN_S:
        return {}
    headers = {"If-None-Match": earlier.etag, "If-Modified-Since": earlier.last_modified}
    return {name: value for name, value in headers.items() if value}


def look_of(response: Response, digest: str = "") -> Look:
    """Return what the next look at the article of *response* needs; *digest* is the SHA-256 of its body, if known."""
    etag, modified = (response.headers.get(name) for name in ("ETag", "Last-Modified"))
    digest = digest or sha256(response.body).hexdigest()
    page = int.from_bytes(bytes.fromhex(digest[:16]), signed=True)
    return Look(etag.decode("latin-1") if etag else None, modified.decode("latin-1") if modified else None, page)
