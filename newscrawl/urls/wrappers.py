"""Addresses of services that carry the address of a story in them, as a table."""

from __future__ import annotations

import base64
import binascii
import re
from urllib.parse import parse_qsl, unquote, urlsplit

from newscrawl.urls.canonical import absolute_url
from newscrawl.urls.identity import site_of

MAX_FIELDS = 50
ADDRESS = re.compile(r"https?://[^\s\"'<>\x00-\x1f\x7f-\xff]+", re.I)

WRAPPERS: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = tuple(
    (re.compile(pattern + r"(?:$|[/?])", re.I), tuple(names.split()))
    for pattern, names in (
        (r"(?:www\.)?google\.[a-z.]{2,6}/(?:url|imgres|alerts/feeds)", "url q imgrefurl"),
        (r"news\.google\.[a-z.]{2,6}/(?:news/)?url", "url q"),
        (r"translate\.google\.[a-z.]{2,6}/translate", "u"),
        (r"(?:www\.)?google\.[a-z.]{2,6}/search", "imgrefurl"),
        (r"(?:l|lm|www|m)\.facebook\.com/(?:l\.php|flx/warn/|sharer/sharer\.php|sharer\.php)", "u"),
        (r"l\.instagram\.com", "u"),
        (r"l\.threads\.(?:net|com)", "u"),
        (r"(?:www\.)?linkedin\.com/(?:redir/redirect|sharing/share-offsite|shareArticle|safety/go)", "url"),
        (r"(?:www\.)?(?:twitter|x)\.com/(?:share|intent/tweet)", "url"),
        (r"(?:www\.)?youtube\.com/redirect", "q"),
        (r"(?:www\.)?bing\.com/(?:news/apiclick\.aspx|ck/a)", "url u"),
        (r"(?:duckduckgo\.com/l|duck\.com/l)", "uddg"),
        (r"t\.umblr\.com/redirect", "z"),
        (r"out\.reddit\.com", "url"),
        (r"(?:www\.)?vk\.(?:com|ru)/(?:away\.php|share\.php)", "to url"),
        (r"(?:www\.)?ok\.ru/dk", "st.link st.shareUrl"),
        (r"getpocket\.com/(?:redirect|save|edit)", "url"),
        (r"(?:www\.)?flipboard\.com/(?:redirect|bookmarklet/popout)", "url"),
        (r"(?:www\.)?instapaper\.com/(?:hello2|text|edit)", "url u"),
        (r"(?:[a-z0-9-]+\.)?safelinks\.protection\.outlook\.com", "url"),
        (r"slack-redir\.net/link", "url"),
        (r"steamcommunity\.com/linkfilter", "url u"),
        (r"(?:www\.)?pinterest\.[a-z.]{2,6}/pin/create/(?:button|link)", "url"),
        (r"(?:api\.)?(?:whatsapp\.com/send|telegram\.me/share/url)", "text url"),
        (r"t\.me/share/url", "url"),
        (r"(?:www\.)?addtoany\.com/(?:share|share_save|add_to/[a-z_]+)", "url linkurl"),
        (r"bufferapp\.com/add|buffer\.com/add", "url"),
        (r"(?:www\.)?tumblr\.com/(?:share|widgets/share/tool)", "url canonicalUrl"),
        (r"go\.skimresources\.com", "url"),
        (r"(?:www\.)?awin1\.com/cread\.php", "ued p"),
        (r"click\.linksynergy\.com/(?:deeplink|fs-bin/click)", "murl"),
        (r"(?:www\.)?dpbolvw\.net/click", "url"),
        (r"(?:www\.)?anrdoezrs\.net/(?:click|links)", "url"),
    )
)
"""Host and path of a service, and the parameters in which it carries the address."""

FOLLOWS = re.compile(r"(?:href\.li|anonym\.to|hidereferrer\.com|nullrefer\.com|dereferer\.me)/?\?(https?[:%].+)", re.I)
"""Services whose whole query is the address."""

IN_PATH = re.compile(r"r\.search\.yahoo\.com/.*?/RU=([^/]+)/", re.I)
NEWS = re.compile(r"news\.google\.[a-z.]{2,6}/(?:__i/)?(?:rss/)?articles/([A-Za-z0-9_-]{20,2000})", re.I)
OWN_NAMES = frozenset("url u to target dest destination link goto out redirect q".split())


def unwrapped(url: str, site: str = "") -> str:
    """Return the address that *url* carries where it is a share link or a redirect of a known service, else *url*.

    An address within an address of unknown services is believed where it is of *site*, the site that names it. What a
    service keeps to itself (``t.co``, the newer links of Google News) only the service can tell. Never raises.
    """
    for _ in range(3):  # a wrapper may be wrapped
        inner = _inner(url, site)
        if inner is None or inner == url:
            break
        url = inner
    return url


def _inner(url: str, site: str) -> str | None:
    if "?" not in url and "/RU=" not in url and "articles/" not in url:
        return None
    rest = url.partition("://")[2]
    if match := FOLLOWS.match(rest):
        return absolute_url(unquote(match[1]))
    if match := IN_PATH.match(rest):
        return absolute_url(unquote(match[1]))
    if match := NEWS.match(rest):
        return _encoded(match[1])
    try:
        fields = parse_qsl(urlsplit(url).query, max_num_fields=MAX_FIELDS)
    except ValueError:
        return None
    names = next((names for pattern, names in WRAPPERS if pattern.match(rest)), None)
    for name, value in fields:
        match = ADDRESS.search(value)
        if match is None or (names is None and match.start()):
            continue
        if name in names if names is not None else name.lower() in OWN_NAMES and _is_story_of(match[0], site, url):
            return absolute_url(match[0])
    return None


def _is_story_of(address: str, site: str, wrapper: str) -> bool:
    """Tell whether *address* is a page of *site* that another site's *wrapper* leads to."""
    return bool(site) and site_of(address) == site != site_of(wrapper) and urlsplit(address).path.strip("/") != ""


def _encoded(token: str) -> str | None:
    """Return the address that an older link of Google News holds in base64."""
    try:
        data = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)).decode("latin-1")
    except (binascii.Error, ValueError):
        return None
    match = ADDRESS.search(data)
    return absolute_url(match[0]) if match and "/" in match[0][8:] else None
