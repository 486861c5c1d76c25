"""The headline as it is compared."""

from __future__ import annotations

import re
from functools import lru_cache

from newscrawl.text.scripts import DENSE
from newscrawl.text.tokens import WORD, normalised

INITIALS = re.compile(r"\b[^\W\d_]\.(?:[^\W\d_]\.)+|\b(?:[^\W\d_]\.)+[^\W\d_]\b")
APOSTROPHE = re.compile(r"(?<=\w)['’ʼ`´‘′](?=\w)")
TOKEN = re.compile(rf"(?<!\S)[-−+](?=\d)|\d+(?:[.,:/]\d+)*|[{DENSE}]|[^\W\d_{DENSE}]+|[&%$€£¥+]")
SEPARATOR = re.compile(r"\s*[|•·»«›]+\s*|\s+[–—-]+\s+|\s+::?\s+")
LABELS = """
    alert analysis breaking breaking-news corrected correction developing direct diretta eilmeldung en-direct en-vivo
    esclusiva exclusive exklusiv explainer factbox gallery just-in listen live live-blog live-updates liveblog
    liveticker opinion photo photos pictures read refile rpt ultima-hora update updated urgent video vidéo watch wrapup
    срочно
"""
"""What desks put before or behind a headline to say what kind of piece it is, or which version."""

_LABEL = "|".join(sorted((label.replace("-", " ") for label in LABELS.split()), key=len, reverse=True))
PREFIX = re.compile(
    rf"\W*(?:(?:{_LABEL})(?:\s*\d+\s*[-–—:|]|\s*[:|–—]|\s*-\s)|\[(?:{_LABEL})\]|\((?:{_LABEL})\))\s*", re.IGNORECASE
)
MARK = re.compile(rf"\s*(?:\[(?:{_LABEL})\]|\((?:{_LABEL})\))\W*$", re.IGNORECASE)
ELLIPSIS = re.compile(r"(?:…|\.{3})\W*$")


@lru_cache(4096)
def title_key(title: str, *names: str | None) -> str:
    """Return *title* as it is compared: without case, typography, labels such as ``LIVE:`` and the site's *names*.

    A name is cut where it stands behind a separator. Signs that carry meaning stay (``AT&T``, ``5%``), so do numbers.
    A title of nothing but signs has the empty key.
    """
    text = normalised(title).casefold()
    while (label := PREFIX.match(text)) is not None and WORD.search(text, label.end()):
        text = text[label.end() :]
    while (mark := MARK.search(text)) is not None and WORD.search(text[: mark.start()]):
        text = text[: mark.start()]
    spellings = [part for name in names if name for part in (name, name.split(".")[0])]  # gazette.com: also gazette
    keys = {key for name in spellings if (key := squeezed(name))}
    while keys:
        cuts = list(SEPARATOR.finditer(text))
        if not cuts or not _names_site(text[cuts[-1].end() :], keys) or not WORD.search(text[: cuts[-1].start()]):
            break
        text = text[: cuts[-1].start()]
    text = INITIALS.sub(lambda match: match[0].replace(".", ""), APOSTROPHE.sub("", text))
    return " ".join(TOKEN.findall(text))


def is_cut(title: str) -> bool:
    """Tell whether *title* ends in an ellipsis: it may be the beginning of a longer one."""
    return ELLIPSIS.search(normalised(title)) is not None


def squeezed(name: str) -> str:
    """Return a site's or publisher's *name* without blanks and article: what a domain is made of."""
    return "".join(WORD.findall(normalised(name).casefold().removeprefix("the ").removeprefix("www.")))


def _names_site(text: str, keys: set[str]) -> bool:
    part = squeezed(text)
    return part in keys or (len(part) >= 4 and any(key.startswith(part) for key in keys))
