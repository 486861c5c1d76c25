"""The stop words by which jusText tells prose, in all languages at once."""

from __future__ import annotations

from collections.abc import Iterator

from justext import get_stoplist, get_stoplists


class StopWords:
    """Reads the words whenever somebody goes through them.

    trafilatura keeps the words of its own list, 154,000, and jusText a set of copies: 13 MB of 33 in each process.
    jusText goes through the words once and keeps the set.
    """

    def __iter__(self) -> Iterator[str]:
        for language in get_stoplists():
            yield from get_stoplist(language)
