"""Articles in several pages among saved pages: one record of those that are there."""

from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator, Iterator
from dataclasses import dataclass, field, replace

from newscrawl.extraction.links.joining import is_repetition, is_same_story, joined, single
from newscrawl.extraction.links.paged import PagedArticle
from newscrawl.items import Article
from newscrawl.outcomes import Reason, Rejection
from newscrawl.saved.reextraction import Extracted
from newscrawl.urls import url_key

MAX_HELD = 2_000  # pages that wait for their other pages; then the article that waits longest is written as it is


@dataclass(slots=True)
class Pages:
    """The pages of one article that were read so far, by their key."""

    first: str
    pages: dict[str, Extracted] = field(default_factory=dict)
    named: set[str] = field(default_factory=set)
    """Keys of all pages that those named."""

    def add(self, extracted: Extracted, article: PagedArticle) -> None:
        self.pages.setdefault(url_key(article.url), extracted)
        self.named |= {url_key(url) for _, url in article.pager.others}

    @property
    def is_complete(self) -> bool:
        return self.first in self.pages and self.named <= self.pages.keys()


async def join_parts(results: AsyncIterable[Extracted]) -> AsyncIterator[Extracted]:
    """Yield *results*, the pages of one article as one: where the last of them stood, or at the end.

    A page whose text stands in the record of the first is rejected as ``part``.
    """
    groups: dict[str, Pages] = {}
    count = 0
    async for extracted in results:
        article = extracted.result
        if not isinstance(article, PagedArticle) or not article.url:
            yield extracted
            continue
        first = url_key(article.pager.first or article.url)
        group = groups.setdefault(first, Pages(first))
        if url_key(article.url) in group.pages:  # the same page twice: each gives a record
            yield replace(extracted, result=single(article))
            continue
        group.add(extracted, article)
        count += 1
        if group.is_complete or count > MAX_HELD:
            key = first if group.is_complete else next(iter(groups))
            count -= len(groups[key].pages)
            for output in _written(groups.pop(key)):
                yield output
    for group in groups.values():
        for output in _written(group):
            yield output


def _written(group: Pages) -> Iterator[Extracted]:
    """Yield the article of *group*, then what became of its pages."""
    beginning = group.pages.pop(group.first, None)
    if beginning is None or not isinstance(first := beginning.result, PagedArticle):
        for extracted in group.pages.values():
            yield replace(extracted, result=_single(extracted))
        return
    others: list[Extracted] = sorted(group.pages.values(), key=_number)
    parts, absorbed, body = [], [], first.body
    for extracted in others:
        part = extracted.result
        if not isinstance(part, PagedArticle) or not is_same_story(first, part) or is_repetition(body, part.body):
            continue
        parts.append(part)
        absorbed.append(extracted)
        body += f"\n\n{part.body}"
    missing = [url for _, url in first.pager.others if url_key(url) not in group.pages]
    yield replace(beginning, result=joined(first, parts, missing) if parts else single(first))
    for extracted in others:
        if any(extracted is page for page in absorbed):
            detail = f"its text stands in the record of {first.url}"
            yield replace(extracted, result=Rejection(extracted.result.url, Reason.PART, detail))
        else:
            yield replace(extracted, result=_single(extracted))


def _number(extracted: Extracted) -> int:
    return extracted.result.pager.number if isinstance(extracted.result, PagedArticle) else 0


def _single(extracted: Extracted) -> Article | Rejection:
    return extracted.result if isinstance(extracted.result, Rejection) else single(extracted.result)
