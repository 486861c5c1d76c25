"""Guess from a link alone whether an article stands behind it."""

from __future__ import annotations

import math
import re
from urllib.parse import unquote

from newscrawl.discovery.likelihood_weights import WEIGHTS
from newscrawl.phrases.links import HOSTS, SLUG_WORDS, SUBDOMAINS, TEXT_WORDS, WORDS
from newscrawl.text.scripts import DENSE_CHAR

MAX_URL = 2_000  # what canonical_url keeps; the rest of a longer one is not looked at
MAX_TEXT = 300

_PARTS = re.compile(r"(?:https?:)?(?://([^/?#]*))?([^?#]*)(?:\?([^#]*))?", re.I)
_OTHER_SCHEME = re.compile(r"(?!https?:)[a-z][a-z0-9+.\-]*:", re.I)
_FILE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|avif|svg|ico|bmp|pdf|mp[34]|m4[av]|webm|mov|avi|wav|ogg|css|js|json|xml|rss|atom|txt|ics|zip"
    r"|gz|rar|docx?|xlsx?|pptx?|csv|epub|exe|dmg|apk|woff2?|ttf)$"
)
_ENDING = re.compile(r"\.(?:html?|php\d?|aspx?|jsp|s?html|ece|cms|story|amp|do|stm|ghtml|xhtml|phtml)$")
_SPLIT = re.compile(r"[-_,.+~ :;|]+")
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-|[0-9a-f]{16}")
_DATE = re.compile(
    r"(?:19|20)\d\d(?:([-/_.])(?:0?[1-9]|1[0-2]|[a-z]{3})\1(?:[0-2]?\d|3[01])|(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01]))(?!\d)"
)
_MONTH = re.compile(r"/(?:19|20)\d\d/(?:0?[1-9]|1[0-2])(?:/|$)")
_NAMED = re.compile(r"(?:^|[-_])(?:article|artikel|articulo|articolo|artikkeli|story|art|news|nid|id)[-_]?\d")
_DIGITS = re.compile(r"\d+")
_SLUG = re.compile(r"https?://([\w-]+)\.([\w.-]+)((?:/[^/?#]+){0,5})/[a-z0-9]+(?:-[a-z0-9]+){4,}(?:\.html?)?/?", re.I)
_NO_STORIES = frozenset(("service", "offer", "paid", "listing", "archive"))
_ID_KEY = re.compile(
    r"(?:^|&)(?:p|(?:news|article|story|post|item|content|doc|object|entry|a|n|o)?_?id|(?:news|article|n|pk|auto|doc)?_?(?:idx|no)"
    r"|idxno|seq|article|story)=[\w-]*\d",
    re.I,
)
_LIST_KEY = re.compile(r"(?:^|&)(?:page|paged|q|s|query|search|tag|cat|category|author|sort|offset)=", re.I)


def article_likelihood(url: str, text: str = "") -> float:
    """Return how likely an article stands behind a link, 0 to 1; .5 and more is worth a fetch.

    *url* may be relative; *text* is the link's own, "" if it has none. Never raises.
    """
    return 1 / (1 + math.exp(-sum([WEIGHTS.get(name, 0.0) for name in features(url, text)])))


def is_clearly_worth_it(url: str) -> bool:
    """Tell at a glance whether *url* ends in a slug of five words below sections and dates: 20 times as quick."""
    match = _SLUG.fullmatch(url)
    if match is None or match[1].lower() in SUBDOMAINS or match[2].lower() in HOSTS:
        return False
    return all(WORDS.get(segment) not in _NO_STORIES for segment in match[3].lower().split("/"))


def features(url: str, text: str = "") -> list[str]:
    """Return what a link shows, as names of ``WEIGHTS``; just "never" where no page can stand behind it."""
    url = url[:MAX_URL].strip()
    match = None if _OTHER_SCHEME.match(url) else _PARTS.match(url)
    if match is None:
        return ["never"]
    host, path, query = match.groups()
    path = (unquote(path) if "%" in path else path).lower()
    segments = [segment for segment in path.split("/") if segment]
    if len(segments) > 1:  # /index.php/the-story, /the-story/index.html
        segments = [segment for segment in segments if not segment.startswith("index.")] or segments[-1:]
    if (not segments and not query) or _FILE.search(path):
        return ["never"]
    names = ["bias", *_path(path, segments)]
    if host:
        names += _host(host.lower())
    if query:
        names += _query(query)
        if "id in query" in names:  # news.php?id=4711: the path names the programme
            names = [name for name in names if not name.startswith("ends in ")]
    names += _text(text, segments)
    return names


def _path(path: str, segments: list[str]) -> list[str]:
    names = [f"depth {min(len(segments), 6)}"]
    if not segments:
        return names
    last = _ENDING.sub("", segments[-1])
    if last is not segments[-1] and len(last) != len(segments[-1]):
        names.append("file ending")
    slug, count = [], 0
    for segment in segments[-3:]:
        words = [word for word in _SPLIT.split(segment) if word and not _DIGITS.search(word)]
        wide = len(DENSE_CHAR.findall(segment)) // 2 if not segment.isascii() else 0
        if max(len(words), wide) >= count:
            slug, count = words, max(len(words), wide)
    names.append(f"slug words {min(count, 8)}")
    names.append(f"slug letters {min(sum([len(word) for word in slug]) // 8 * 8, 48)}")
    if count <= 4 and not SLUG_WORDS.isdisjoint(slug):
        names.append("slug of house")
    # what the segments are called
    above = segments[:-1]
    for name in {WORDS[segment] for segment in above if segment in WORDS}:
        names.append(f"below {name}")
    if above and len(above[-1]) == 1 and not above[-1].isdigit():
        names.append("below letter")  # /a/…, /p/…, /n/…: short permalinks
    if last in WORDS:
        names.append(f"ends in {WORDS[last]}")
    # dates and numbers
    if date := _DATE.search(path):
        whole = len(path) - date.end() > 2 or count >= 3 or _DIGITS.search(path[: date.start()])
        names.append("date" if whole else "date at end")
    elif _MONTH.search(path):
        names.append("month" if count or (last.isdigit() and len(last) > 4) else "month at end")
    longest = max([len(run) for run in _DIGITS.findall(last)], default=0)
    if last.isdigit():
        names.append("number" if longest < 5 else "long number")
        if len(segments) > 1 and count >= 3:
            names.append("number after slug")
    elif count and len(segments) > 1 and segments[-2].isdigit() and len(segments[-2]) >= 5:
        names.append("number before slug")
    elif longest >= 5:
        names.append("id" if longest < 8 else "long id")
    elif longest:
        names.append("digits")
    if longest and _NAMED.search(last):
        names.append("named number")
    if _UUID.search(last):
        names.append("uuid")
    if "@" in path:
        names.append("handle")
    return names


def _host(host: str) -> list[str]:
    labels = host.rpartition("@")[2].partition(":")[0].split(".")
    names = []
    if labels[0] in SUBDOMAINS and len(labels) > 2:
        names.append("subdomain")
    if ".".join(labels[-2:]) in HOSTS:
        names.append("no news host")
    return names


def _query(query: str) -> list[str]:
    names = []
    if "http" in query:
        names.append("URL in query")
    if _ID_KEY.search(query):
        names.append("id in query")
    elif _LIST_KEY.search(query):
        names.append("list in query")
    return names


def _text(text: str, segments: list[str]) -> list[str]:
    words = text[:MAX_TEXT].lower().split()
    if not words:
        return ["no text"]
    if (name := TEXT_WORDS.get(words[0])) and (len(words) <= 5 or name == "paid"):
        return [f"text of {name}"]
    count = len(words)
    if not text.isascii():
        count = max(count, len(DENSE_CHAR.findall(text[:MAX_TEXT])) // 2)
    names = [f"text words {min(count, 14)}"]
    if segments and count <= 5:
        slug = [word for word in _SPLIT.split(_ENDING.sub("", segments[-1])) if word]
        same = sum([word in words for word in slug])
        if slug and same * 2 >= len(slug):
            names.append("text is slug")
    return names
