"""What is a true change of a known article, and what is not."""

from __future__ import annotations

from newscrawl.items import Article
from newscrawl.similarity import title_key
from newscrawl.similarity.prose import LINE_BYTES, lines_of
from newscrawl.store import Visit
from newscrawl.store.index.incoming import title_number


def is_same(article: Article, earlier: Visit) -> bool:
    """Tell whether headline and prose of *article* are those of the last version, in whatever order."""
    return has_headline(article, earlier) and split(lines_of(article.body)) == split(earlier.lines)


def lacks_only(article: Article, earlier: Visit, whole: Article) -> bool:
    """Tell whether *article* differs from the last version only in lines that its page still has.

    *whole* is what the page gives without what its site taught: a line that stood in the last version and is known as
    boilerplate by now is no change of the article.
    """
    lines, before = split(lines_of(article.body)), split(earlier.lines)
    return has_headline(article, earlier) and lines <= before and before - lines <= split(lines_of(whole.body))


def has_headline(article: Article, earlier: Visit) -> bool:
    """Tell whether the headline is that of the last version."""
    return title_number(title_key(article.title, article.publisher, article.site)) == earlier.headline


def split(lines: bytes) -> set[bytes]:
    """Return the hashes one by one."""
    return {lines[at : at + LINE_BYTES] for at in range(0, len(lines), LINE_BYTES)}
