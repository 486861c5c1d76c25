"""What templates call their blocks: a class and an id, judged once for all steps that ask."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from newscrawl.phrases.lists import CHROME, NAMED

NAMES = re.compile(
    r"(?<![a-z])(?:"
    r"news-?letter|sign-?up|subscri(?:be|ption)-?(?:box|form|widget|cta|module|promo|prompt|wrap\w*|block|container|banner)"
    r"|related|recirc\w*|recommend(?:ed|ations?)|read-?(?:more|next|also)|most-?(?:read|popular|viewed)|trending"
    r"|popular-?posts|more-?(?:stories|news|from|on)|you-?may|outbrain|taboola"
    r"|author-?(?:bio|info|box|card|profile|about|description)|about-?(?:the-?)?author|bio(?:graphy)?"
    r"|post-?tags|article-?tags|tag-?list|tags|share|sharing|social|disclaimer|copyright|cookie|consent"
    r"|usercentrics|onetrust|didomi|cookiebot|cookieconsent|cmplz|iubenda|borlabs"
    r"|app-?promo|promo(?:box|-?\w*)?|comments?|(?:nav|page)-?links|(?:posts?|page)-?navigation|pag(?:er|ination|inator|e-?nav\w*|enavigat\w*)|opt-?in|advert\w*|ads?-(?:box|slot|unit|wrap\w*|container|workshop|teaser)"
    r")(?![a-z])"
)
"""Class and id tokens, in lower case, by which templates name what is not the article."""

CONTENT = re.compile(
    r"article-?_*(?:body|text|content)|(?:body|content|main)-?_*(?:text|wrap|content|copy)|story-?_*(?:body|text)"
    r"|entry-content|post-content|no-?related|has-"
)
"""Tokens by which they name the article itself."""

SCREEN_READER = frozenset(
    "sr-only visually-hidden visuallyhidden screen-reader-text screen-reader-only screenreader screenreader-only"
    " element-invisible hidden-visually a11y-hidden show-for-sr u-visually-hidden is-visually-hidden offscreen".split()
)
"""Class tokens, with hyphens, of what frameworks keep for screen readers."""

_SPOKEN = re.compile("hidden|s(?:cr|r|how)|invisible|offscreen")
"""What each of them has."""

OFFER = re.compile(r"(?<![a-z])pay-?wall|(?:reg|meter)-?wall|subscri(?:be|ption)-?(?:offer|cta)|abo-?(?:box|hinweis)")
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|_+")
UNDERSCORES = re.compile("_+")
MAX_CHARS = 500
"""Of a class or an id; what is behind is not looked at."""

MAX_OUTLINED = 200
"""Of both, where related stories are looked for."""


class Names(NamedTuple):
    """What a class and an id say of their element."""

    is_named: bool
    """The class names what is no article."""

    is_marked: bool
    """The id does, and the class does not name the article."""

    is_promotion: bool
    """They say no more than that a block promotes something, be it the story's next part."""

    is_for_screen_readers: bool
    is_offer: bool
    """Of a subscription."""

    is_related: bool
    """Of related stories."""

    is_chrome: bool
    """Of what is never related: menus, sharing, the site's other lists."""


@lru_cache(maxsize=8192)  # a page has 500 named elements and 200 names, most of them on every page of its site
def judge(name: str | None, mark: str | None) -> Names:
    """Return what the class *name* and the id *mark* say."""
    hyphened = f"{name or ''} {mark or ''}"[:MAX_OUTLINED]
    if not hyphened.islower():
        hyphened = CAMEL.sub("-", hyphened).lower()
    elif "_" in hyphened:
        hyphened = UNDERSCORES.sub("-", hyphened)
    name = name[:MAX_CHARS].lower() if name else ""  # a search that ignores the case takes twice as long
    mark = mark[:MAX_CHARS].lower() if mark else ""
    both = f"{name} {mark}"
    is_named, is_marked = is_no_article(name), mark != "" and is_no_article(mark) and CONTENT.search(name) is None
    return Names(
        is_named,
        is_marked,
        (is_named or is_marked) and {match[0][:5] for match in NAMES.finditer(both)} == {"promo"},
        _SPOKEN.search(name) is not None and not SCREEN_READER.isdisjoint(name.replace("_", "-").split()),
        ("wall" in both or "subscri" in both or "abo" in both) and OFFER.search(both) is not None,
        NAMED.search(hyphened) is not None,
        CHROME.search(hyphened) is not None,
    )


def is_no_article(name: str) -> bool:
    """Say whether *name*, in lower case, is what templates call what is not the article."""
    return NAMES.search(name) is not None and CONTENT.search(name) is None
