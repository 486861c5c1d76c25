"""URLs in canonical spelling, as they are fetched and shown."""

from __future__ import annotations

import ipaddress
import re
from functools import lru_cache
from urllib.parse import unquote_to_bytes, urljoin

import idna

from newscrawl.urls.parameters import says_nothing

MAX_LENGTH = 2000
"""Longer ones are traps and trackers: of 1,432 links of 206 home pages the longest that named an article had 245."""

ABSOLUTE = re.compile(r"(https?)://([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#(.*))?", re.IGNORECASE)
PLAIN = re.compile(r"https?://([a-z0-9-]+(?:\.[a-z0-9-]+)+)(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+/?")
"""Most URLs: nothing in them wants a change, once the host is known."""

ROOTED = re.compile(r"(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+/?")
"""Most relative ones: nothing but the host goes before them."""

ORIGIN = re.compile(r"https?://([a-z0-9-]+(?:\.[a-z0-9-]+)+)(?=/)")
SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
REPEATED_SCHEME = re.compile(r"^(https?):(?:(?://)?https?:/+(?=[^/])|/(?=[^/]))", re.I)
"""``http://http://host/x`` and ``http:/host/x``, as templates write them; within a path they are the path's."""

SCRIPT = re.compile(r"(?:\.(?:php\d?|aspx?|jspx?|cfm|cgi|pl|do|dll)|/[a-z]*/?|^)$", re.I)
"""A path that tells no story apart: there any number among the parameters may be the story's."""

HOST_AHEAD = re.compile(r"/{3,}(?=[^/])")
"""``///host/x``, which browsers read as ``//host/x``."""

STRIPPED = "".join(map(chr, range(33)))
UNSEEN = re.compile(r"[\t\n\r]")
ESCAPE = re.compile(r"%([0-9a-fA-F]{2})?")
UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
PATH_OTHERS = re.compile(r"[^A-Za-z0-9\-._~!$&'()*+,;=:@/%]")
QUERY_OTHERS = re.compile(r"[^A-Za-z0-9\-._~!$&'()*+,;=:@/?%\[\]]")
PATH_SESSION = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/;]*", re.IGNORECASE)
LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
DEFAULT_PORT = {"http": 80, "https": 443}


def canonical_url(url: str, base: str | None = None) -> str | None:
    """Return *url*, resolved against *base*, in its one spelling; None if it is not http(s), malformed or too long.

    Out go tracking and session parameters, the fragment (but ``#!...``), credentials, a default port, dot segments. The
    host is in lower case and punycode, escapes in upper case and only where they are needed. The order of the other
    parameters stays, since this is what the server is asked for. Never raises.
    """
    if len(url) > MAX_LENGTH:
        return None
    try:
        return _plain(url, base) or _clean(_absolute(UNSEEN.sub("", url.strip(STRIPPED)), base))
    except ValueError:  # urljoin: "Invalid IPv6 URL"; a host that is none
        return None


def absolute_url(url: str, base: str | None = None) -> str | None:
    """Return *url*, resolved against *base*, as it is asked for; None if it is not http(s), malformed or too long.

    As :func:`canonical_url`, but every parameter stays: what a name says to most sites, it need not say to this one.
    """
    if len(url) > MAX_LENGTH:
        return None
    try:
        return _plain(url, base) or _clean(_absolute(UNSEEN.sub("", url.strip(STRIPPED)), base), whole=True)
    except ValueError:
        return None


def _plain(url: str, base: str | None) -> str | None:
    """Return *url*, resolved against *base*, if it is one of the most, in which nothing wants a change."""
    if (plain := PLAIN.fullmatch(url)) is not None:
        return url if normal_host(plain[1]) == plain[1] else None
    if not base or len(url) > MAX_LENGTH // 2 or ROOTED.fullmatch(url) is None:
        return None
    origin = _plain_origin(base)
    return origin + url if origin is not None else None


@lru_cache(256)
def _plain_origin(base: str) -> str | None:
    """Return scheme and host of *base*, where nothing in them wants a change."""
    origin = ORIGIN.match(base)
    return origin[0] if origin is not None and normal_host(origin[1]) == origin[1] else None


def _absolute(url: str, base: str | None) -> str:
    url = REPEATED_SCHEME.sub(r"\1://", url)
    head = re.split(r"[?#]", url, maxsplit=1)[0]
    url = head.replace("\\", "/") + url[len(head) :]  # as browsers read it
    url = HOST_AHEAD.sub("//", url, count=1) if url.startswith("///") else url
    scheme = SCHEME.match(url)
    if scheme is not None and scheme[0].lower() not in ("http:", "https:"):
        raise ValueError(url)
    if scheme is not None and url[scheme.end() :][:1] != "/" and not (base or "").lower().startswith(scheme[0].lower()):
        url = f"{scheme[0]}//{url[scheme.end() :]}"  # https:host/x; of the base's own scheme it is a relative link
    return url if ABSOLUTE.match(url) or base is None else urljoin(base, url)


def _clean(url: str, *, whole: bool = False) -> str | None:
    parts = ABSOLUTE.fullmatch(url)
    if parts is None:
        return None
    scheme, authority, path, query, fragment = parts.groups("")
    scheme = scheme.lower()
    host, port = split_authority(authority)
    host = normal_host(host)
    cleaned = f"{scheme}://{host}"
    if port is not None and port != DEFAULT_PORT[scheme]:
        cleaned += f":{port}"
    cleaned += _path(path) if not whole else _without_dots(normal_escapes(path, PATH_OTHERS) or "/")
    if query and (kept := normal_escapes(query, QUERY_OTHERS) if whole else _query(query, path)):
        cleaned += "?" + kept
    if fragment.startswith("!"):
        cleaned += "#" + normal_escapes(fragment, QUERY_OTHERS)
    return cleaned if len(cleaned) <= MAX_LENGTH else None


def split_authority(authority: str) -> tuple[str, int | None]:
    """Return host and port; credentials are left out. Raises ValueError for a port that is none."""
    host = authority.rpartition("@")[2]
    before, colon, digits = host.rpartition(":")
    if not colon or "]" in digits:
        return host, None
    if not digits:
        return before, None
    digits = digits.lstrip("0")
    if not (digits.isascii() and digits.isdigit() and int(digits[:6]) < 65536):
        raise ValueError(authority)
    return before, int(digits)


@lru_cache(20_000)
def normal_host(host: str) -> str:
    """Return *host* as the name that is looked up, or raise ValueError."""
    if host.startswith("["):
        if not host.endswith("]"):
            raise ValueError(host)
        return f"[{ipaddress.IPv6Address(host[1:-1]).compressed}]"
    if "%" in host:
        host = unquote_to_bytes(host).decode("utf-8")
    host = host.lower().removesuffix(".")
    if not host.isascii():
        host = idna.encode(host, uts46=True).decode("ascii")
    labels = host.split(".")
    if not host or len(host) > 253 or not all(map(LABEL.fullmatch, labels)):
        raise ValueError(host)
    if labels[-1].isdigit() or labels[-1].startswith("0x"):
        return str(ipaddress.IPv4Address(host))  # 999.999.999.999, 0x7f.1 and 2130706433 are not written by newsrooms
    return host


def _path(path: str) -> str:
    if ";" in path:
        path = PATH_SESSION.sub("", path)
    path = normal_escapes(path, PATH_OTHERS) or "/"
    return _without_dots(path) if "/." in path else path


def _without_dots(path: str) -> str:
    kept: list[str] = []
    segments = path.split("/")[1:]
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in (".", ".."):
        kept.append("")
    return "/" + "/".join(kept)


def _query(query: str, path: str) -> str:
    kept = []
    pieces = query.split("&")
    is_script = SCRIPT.search(path) is not None
    for piece in pieces:
        piece = piece.removeprefix("amp;")  # an ampersand that was escaped twice
        name, _, value = piece.partition("=")
        if piece and not says_nothing(name.lower(), value, is_script=is_script, is_alone=len(pieces) == 1):
            kept.append(normal_escapes(piece, QUERY_OTHERS))
    return "&".join(kept)


def normal_escapes(text: str, others: re.Pattern[str]) -> str:
    """Undo the escapes that are not needed, escape what must not stand bare (*others*), write hex in upper case."""
    if "%" in text:
        text = ESCAPE.sub(_escape, text)
    return others.sub(_escaped, text) if others.search(text) else text


def _escape(match: re.Match[str]) -> str:
    if match[1] is None:
        return "%25"  # a bare per cent sign
    char = chr(int(match[1], 16))
    return char if char in UNRESERVED else match[0].upper()


def _escaped(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "surrogatepass"))
