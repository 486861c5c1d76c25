"""The site's name in a title: what the site says of itself, or what its pages share; no headline's own words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from newscrawl.extraction.declarations.declared import Declared
from newscrawl.extraction.tree.headings import is_home
from newscrawl.text.clean import one_line, words
from newscrawl.text.scripts import DENSE

SEPARATOR = re.compile(
    r"(?=[\s|»«｜丨:_–—-])(?:"  # no other character begins one: most places are put aside by it
    r"\s+[|–—•·»«:∙⋅~<>‹›-]+\s+|\s*[|»«｜丨]\s*|\s+::?\s+|\s+/\s+|:\s+(?=\S+$)|\s*-{2,}\s*|(?<=[^\s_])_(?=[^\s_])"
    rf"|(?<=[{DENSE}])_+|_+(?=[{DENSE}])|(?<=[{DENSE}])[-–—](?=[{DENSE}]))"
)
"""What stands between headline, section and site; in Chinese also a hyphen without blanks."""

MAX_NAME_CHARS = 60
MAX_HOME_LINKS = 4


def site_names(tree: HtmlElement, declared: Declared) -> tuple[str, ...]:
    """Return the names under which the site may stand beside a headline."""
    names = [evidence.value for evidence in declared.publisher().evidence]
    names += declared.jsonld.site_names
    names += [evidence.value.lstrip("@") for evidence in declared.all("twitter:site", "article:publisher")]
    names += _home_links(tree)
    host = urlsplit(declared.url).hostname or ""
    labels = host.removeprefix("www.").split(".")
    names += [".".join(labels[-2:]), host.removeprefix("www.")]
    return tuple(dict.fromkeys(name for name in names if name and "://" not in name))


def _home_links(tree: HtmlElement) -> list[str]:
    """Return the texts of the first links to the front page: the masthead's, with the alternative text of a logo."""
    texts: list[str] = []
    for link in tree.iter("a"):
        if len(texts) >= MAX_HOME_LINKS:
            break
        if not is_home(link.get("href") or ""):
            continue
        logo = next(link.iter("img"), None)
        text = one_line(link.text_content()[:500]) or one_line((logo.get("alt") or "") if logo is not None else "")
        if 2 <= len(text) <= MAX_NAME_CHARS:
            texts.append(text)
    return texts


def strip_site(title: str, names: Sequence[str], others: Sequence[str] = (), keep: Sequence[str] = ()) -> str:
    """Return *title* without the site's name before or after it.

    What stands behind a separator is the site's name if it is one of *names*, or if what stands before it is a
    headline by itself: one of *others*. What is one of *keep*, on which page and declarations agree, is never cut.
    """
    keys = {_squeezed(name) for name in names} - {""}
    heads = {words(other) for other in others} - {""}
    kept = {words(name) for name in keep}
    for _ in range(3):
        if words(title) in kept:
            return title
        cuts = list(SEPARATOR.finditer(title))
        for cut in cuts:
            if words(title[: cut.start()]) in heads:
                return title[: cut.start()].strip()
        if cuts and _is_site(title[cuts[-1].end() :], keys) and title[: cuts[-1].start()].strip():
            title = title[: cuts[-1].start()].strip()
        elif len(cuts) > 1 and _is_site(title[cuts[-2].end() :], keys) and title[: cuts[-2].start()].strip():
            title = title[: cuts[-2].start()].strip()
        elif (rest := _behind_site(title, cuts, keys)) is not None:
            title = rest
        else:
            return title
    return title


def _behind_site(title: str, cuts: Sequence[re.Match[str]], keys: set[str]) -> str | None:
    """Return what stands behind the site's name and a separator, or a colon, at the beginning of *title*."""
    if cuts and _is_site(title[: cuts[0].start()], keys, whole=True) and (rest := title[cuts[0].end() :].strip()):
        return rest
    name, colon, rest = title.partition(": ")
    return rest.strip() if colon and rest.strip() and _is_site(name, keys, whole=True) else None


def names_beside(titles: Sequence[str]) -> list[str]:
    """Return what stands beside one of *titles* in another of them: the site's name, its section, a kicker."""
    rests = []
    for long in titles:
        for short in titles:
            if len(short) >= len(long) or not words(short):
                continue
            if long.startswith(short):
                rests.append(long[len(short) :])
            elif long.endswith(short):
                rests.append(long[: -len(short)])
    return [name for name in (rest.strip(" |–—-:_·•»«") for rest in rests) if name]


def is_name(text: str, names: Sequence[str]) -> bool:
    """Say whether *text* is nothing but one of *names*."""
    return _squeezed(text) in {_squeezed(name) for name in names}


def _squeezed(name: str) -> str:
    return words(name).replace(" ", "").removeprefix("the")


def _is_site(part: str, keys: set[str], *, whole: bool = False) -> bool:
    """Say whether *part* is one of *keys*; unless *whole*, one may begin the other: Gazette, Gazette Online."""
    name = _squeezed(part)
    if not name or name in keys:
        return True
    return (
        not whole
        and len(name) >= 4
        and any(len(key) >= 4 and (key.startswith(name) or name.startswith(key)) for key in keys)
    )
