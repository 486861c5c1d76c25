"""Addresses with which readers pass a story on to others, by service."""

from __future__ import annotations

import re
from collections.abc import Iterable

_SERVICES = (
    r"(?:facebook|fb)\.com/(?:sharer|share\.php|dialog/(?:share|feed|send))|fb-messenger://",
    r"(?:twitter|x)\.com/(?:intent/|share\b|home\?status)|bsky\.app/intent|threads\.net/intent|mastodonshare\.com",
    r"wa\.me/\?|whatsapp\.com/send|whatsapp://|viber://|(?:t|telegram)\.me/share|tg://|line\.me/(?:R/)?(?:msg|lineit)|line://",
    r"linkedin\.com/(?:shareArticle|sharing|cws/share)|xing\.com/(?:spi/)?(?:share|app)|pinterest\.[\w.]+/pin/create",
    r"reddit\.com/submit|tumblr\.com/(?:widgets/)?share|flipboard\.com/bookmarklet|getpocket\.com/(?:save|edit)",
    r"news\.ycombinator\.com/submitlink|digg\.com/submit|stumbleupon\.com/submit",
    r"(?:vk|vkontakte)\.(?:com|ru)/share|connect\.ok\.ru|ok\.ru/dk|connect\.mail\.ru/share",
    r"service\.weibo\.com/share|sns\.qzone\.qq\.com|connect\.qq\.com|b\.hatena\.ne\.jp/(?:add|entry)|plugins\.line\.me",
    r"story\.kakao\.com/share|band\.us/plugin/share|share\.naver\.com",
    r"addtoany\.com|addthis\.com|mailto:\?",
)

SHARING = re.compile("|".join(_SERVICES), re.I)
"""Found anywhere in the address of a link."""

_MARKS = (
    *("shar", "intent", "send", "submit", "dialog/", "home?status", "fb-messenger:", "whatsapp:", "viber:", "tg:"),
    *("wa.me/?", "line:", "line.me", "xing.", "pin/create", "bookmarklet", "getpocket", "ok.ru", "qzone", "qq.com"),
    *("hatena", "addt", "mailto:?"),
)
"""One of which each of them has: to look for these first is ten times as fast, and most links of a page have none."""


def is_sharing(href: str) -> bool:
    """Say whether *href* is where readers pass a story on."""
    return bool(sharing([href]))


def sharing(hrefs: Iterable[str]) -> list[int]:
    """Return which of *hrefs* are where readers pass a story on."""
    addresses = [href[:500].lower() for href in hrefs]
    text = "\n".join(addresses)
    marks = [mark for mark in _MARKS if mark in text]  # a page has a few of them, if any
    return [
        at
        for at, address in enumerate(addresses)
        if any(mark in address for mark in marks) and SHARING.search(address) is not None
    ]
