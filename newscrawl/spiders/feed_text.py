"""The stories that feeds carry whole, for pages that cannot be had."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from html import escape, unescape

from newscrawl.discovery import Candidate
from newscrawl.extraction.page import Page
from newscrawl.items import Article, format_time
from newscrawl.outcomes import NOT_NOW, Reason, Rejection
from newscrawl.text.clean import count_words

MAX_CHARS = 16 * 1024 * 1024  # of all texts that wait for their page
TAG = re.compile(r"<[^<>]{0,2000}>")
SAME = 60  # characters that page and feed begin with alike, if they are one story
MORE = 2  # times as many words in the feed as on a page: then the page shows a teaser


class FeedTexts:
    """Keeps what feeds say of the stories of this run until their pages came."""

    def __init__(self) -> None:
        self._candidates: dict[str, Candidate] = {}
        self._size = 0

    def keep(self, candidates: Iterable[Candidate]) -> None:
        """Keep the texts that feeds gave with *candidates*, as long as there is room."""
        for candidate in candidates:
            size = len(candidate.content or "")
            if size and self._size + size <= MAX_CHARS and (key := candidate.key) not in self._candidates:
                self._candidates[key] = candidate
                self._size += size

    def take(self, key: str) -> Candidate | None:
        """Return the candidate with the text of the story *key*, once."""
        if candidate := self._candidates.pop(key, None):
            self._size -= len(candidate.content or "")
        return candidate


def is_wanted(result: Article | Rejection, candidate: Candidate) -> bool:
    """Tell whether the feed's text should stand in for what the page gave: a wall, a shell, a teaser."""
    if isinstance(result, Rejection):
        return result.reason in NOT_NOW or result.reason is Reason.NO_BODY
    text = " ".join(unescape(TAG.sub(" ", candidate.content or "")).split())
    begins_alike = bool(result.is_paywalled) or result.body[:SAME] in text
    return begins_alike and count_words(text) > MORE * result.word_count


def page_of_text(candidate: Candidate) -> Page:
    """Return the feed's text as a page."""
    title = escape(candidate.title or "")
    date = format_time(candidate.published_at) if candidate.published_at else ""
    meta = f'<meta property="article:published_time" content="{date}">' if date else ""
    html = (
        f'<!doctype html><html><head><title>{title}</title><meta property="og:type" content="article">{meta}</head>'
        f"<body><article><h1>{title}</h1>{candidate.content}</article></body></html>"
    )
    return Page(
        body=html.encode("utf-8", "replace"),
        fetched_at=datetime.now(UTC),
        content_type="text/html; charset=utf-8",
        title=candidate.title,
        published_at=candidate.published_at,
        modified_at=candidate.modified_at,
        via=str(candidate.via),
    )
