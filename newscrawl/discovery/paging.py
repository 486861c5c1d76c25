"""Which page of a listing a URL is: ``/news/page/3/`` is the third of ``/news/``."""

from __future__ import annotations

import re
from urllib.parse import urlsplit, urlunsplit

PATH = re.compile(r"/(?:page|pages|pagina|página|seite|side|sida|strona|paged?|p)[/:=_-]?(\d{1,4})/?$", re.I)
QUERY = re.compile(r"(?:^|&)(?:page|paged|pagina|seite|pg|p)=(\d{1,4})(?=&|$)", re.I)


def page_of_listing(url: str) -> tuple[str, int]:
    """Return the address of the listing's first page, without a trailing slash, and the page's own number, from 1."""
    parts = urlsplit(url)
    if match := QUERY.search(parts.query):
        query = (parts.query[: match.start()] + parts.query[match.end() :]).lstrip("&")
        return urlunsplit(parts._replace(query=query, path=parts.path.rstrip("/"), fragment="")), int(match[1])
    if match := PATH.search(parts.path):
        return urlunsplit(parts._replace(path=parts.path[: match.start()], fragment="")), int(match[1])
    return urlunsplit(parts._replace(path=parts.path.rstrip("/"), fragment="")), 1
