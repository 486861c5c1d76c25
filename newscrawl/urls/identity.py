"""When two URLs name the same article."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache

import tldextract

from newscrawl.urls.canonical import ABSOLUTE, canonical_url, split_authority
from newscrawl.urls.parameters import VARIANTS
from newscrawl.urls.platforms import blog_of

_SUFFIXES = tldextract.TLDExtract(cache_dir=None, suffix_list_urls=(), include_psl_private_domains=True)

AMP_CACHES = re.compile(
    r"https?://(?:[^/]+\.cdn\.ampproject\.org/(?:[cvwi]|cp)/|(?:www\.)?google\.[a-z.]+/amp/|(?:www\.)?bing-amp\.com/[cv]/)(s/)?(.+)"
)
HOST_VARIANT = re.compile(r"(?:(?:www\d?|m|mobile|amp|wap|touch|edition\.amp)\.)+(?=[^.]+\.)")
PATH_VARIANTS = (
    re.compile(r"/(?:amp|amphtml|print|mobile)(?=/.)"),  # /amp/2024/story; only where more follows
    re.compile(r"(?<=.)/(?:amp|amphtml|print|index\.amp|amp\.html?|print\.html?)/?$"),
    re.compile(r"[._]amp(?=$|\.html?$)"),
    re.compile(r"/(?:index|default)\.(?:html?|php|aspx?|jsp)$"),
)
WORDS = re.compile(r"[^\W\d_]{2,}")
NUMBER = re.compile(r"\d{4,}")
DATE = re.compile(r"/(?:19|20)\d\d(?:[/-]?[01]?\d(?:[/-]?[0-3]?\d)?)?(?=/|$)")


@lru_cache(2048)  # of one page it is asked eight times
def url_key(url: str) -> str:
    """Return what two URLs of one article have in common; for comparing only, it need not lead anywhere.

    Beyond :func:`canonical_url`: the scheme, ``www.``, the AMP, mobile and print dress, index files and a trailing
    slash are folded, the remaining parameters sorted. The case of the path counts. What is no URL is its own key.
    """
    cleaned = canonical_url(url)
    if cleaned is None:
        return url.strip()
    if (cached := AMP_CACHES.fullmatch(cleaned)) is not None:
        cleaned = canonical_url("https://" + cached[2]) or cleaned
    parts = ABSOLUTE.fullmatch(cleaned)
    assert parts is not None
    _, host, path, query, fragment = parts.groups("")
    host = HOST_VARIANT.sub("", host, count=1) if host.count(".") > 1 else host
    for variant in PATH_VARIANTS:
        path = variant.sub("", path, count=1)
    key = host + path.rstrip("/")
    if query and (kept := sorted(piece for piece in query.split("&") if not _is_variant(piece))):
        key += "?" + "&".join(kept)
    return f"{key}#{fragment}" if fragment else key


def _is_variant(piece: str) -> bool:
    name, _, value = piece.lower().partition("=")
    return value in VARIANTS.get(name, ())


def identity_url(url: str, canonical: str | None) -> str:
    """Return the URL whose key is the article's identity: the page's *canonical* where it is believable, else *url*.

    Believable is one of the same site that names as much as *url* does: not the home page, not the section above it,
    not the address of a script without the story's number. What many titles share, the index finds out.
    """
    if not canonical:
        return url
    claimed = canonical_url(canonical, url)
    if claimed is None or site_of(claimed) != site_of(url):
        return url
    claim, own = url_key(claimed), url_key(url)
    if claim == own:
        return url
    return (
        claimed if "/" in claim and (_is_specific(claim) or not _is_specific(own)) and not _above(claim, own) else url
    )


def _above(claim: str, own: str) -> bool:
    return own.startswith(claim + "/") and not _is_specific(claim)


def _is_specific(key: str) -> bool:
    """Tell whether *key* ends in what only an article has: a slug of three words, a long number, a parameter."""
    path, _, rest = key.partition("?")
    path = DATE.sub("", path.partition("#")[0])
    last = path.rpartition("/")[2] if "/" in path else ""
    return bool(rest or "#!" in key or len(WORDS.findall(last)) >= 3 or NUMBER.search(last))


def article_id(url: str, canonical: str | None = None) -> str:
    """Return ``n`` and 16 hex digits of the SHA-256 of the identity's key."""
    key = url_key(identity_url(url, canonical))
    return "n" + hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def site_of(url: str) -> str:
    """Return the registrable domain of *url*, or its host where that has none (an IP address, localhost).

    Names under a shared host (``a.blogspot.com``) are sites of their own, as the Public Suffix List and
    :mod:`newscrawl.urls.platforms` have it; some stand below a path (``medium.com/@a``). Empty for what is no URL.
    """
    cleaned = canonical_url(url)
    if cleaned is None:
        return ""
    _, _, authority, path = f"{cleaned}/".split("/", 3)
    host = split_authority(authority)[0]
    return blog_of(host, path.partition("?")[0]) or _site_of_host(host)


@lru_cache(20_000)
def _site_of_host(host: str) -> str:
    names = _SUFFIXES.extract_str(host)
    if names.top_domain_under_public_suffix:
        return names.top_domain_under_public_suffix
    labels = host.split(".")
    if names.suffix or labels[-1].isdigit() or host.startswith("["):
        return host
    return ".".join(labels[-2:])  # a suffix that the list does not know counts as one label
