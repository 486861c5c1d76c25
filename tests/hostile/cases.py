"""What the web may answer, a row each: what a crawl must make of it, and how it is served.

``record``: one record that holds the page's sentinel. ``none``: no record. ``either``: a record or none, but in time,
in little memory, and clean.
"""

from __future__ import annotations

import gzip
import io
import json
import random
import zipfile
import zlib
from collections.abc import Callable

from tests.hostile.server import Asked, Case
from tests.hostile.words import article

CASES: dict[str, tuple[str, Case]] = {}
"""By name: what to expect, and the case; served under ``/<name>``."""


def page(
    name: str,
    expect: str,
    body: bytes | str | Callable[[], bytes | str],
    content_type: str = "text/html; charset=utf-8",
    **headers: str,
) -> None:
    async def case(asked: Asked) -> None:
        await asked.send(body() if callable(body) else body, content_type=content_type, **headers)

    CASES[name] = (expect, case)


def raw(name: str, expect: str, data: bytes) -> None:
    async def case(asked: Asked) -> None:
        await asked.raw(data)

    CASES[name] = (expect, case)


def redirected(name: str, expect: str, location: str) -> None:
    """``{inner}`` in *location* is the authority of the server that must never be asked."""

    async def case(asked: Asked) -> None:
        await asked.redirect(location.format(inner=asked.site.inner, own=asked.site.authority))

    CASES[name] = (expect, case)


def zipped() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("index.html", article("zip"))
    return buffer.getvalue()


def noise(size: int) -> bytes:
    return random.Random(7).randbytes(size)


# --- packing and transport
SWOLLEN = bytes(100 << 20)
page("deflate-bomb", "none", zlib.compress(SWOLLEN, 1), Content_Encoding="deflate")
page("gzip-in-gzip-bomb", "none", gzip.compress(gzip.compress(SWOLLEN, 1)), Content_Encoding="gzip, gzip")
page("gzip-file-as-html", "either", lambda: gzip.compress(article("gzip-file-as-html").encode()))
page("unknown-coding", "none", article("unknown-coding"), Content_Encoding="compress")
page("plain-as-brotli", "record", article("plain-as-brotli"), Content_Encoding="br")
page("long-content-type", "either", article("long-content-type"), "text/html; charset=utf-8; x=" + "y" * 20_000)
page("odd-content-type", "record", article("odd-content-type"), "\x00;;;=,text")
page("charset-nonsense", "record", article("charset-nonsense"), "text/html; charset=../../etc/passwd")
page("charset-rot13", "record", article("charset-rot13"), "text/html; charset=rot_13")
page("charset-zlib", "record", article("charset-zlib"), "text/html; charset=zlib_codec")
page("charset-idna", "record", article("charset-idna"), "text/html; charset=idna")
page("charset-undefined", "record", article("charset-undefined"), "text/html; charset=undefined")
page("attachment", "either", article("attachment"), Content_Disposition="attachment; filename=../../x.html")
page("refresh-header", "record", article("refresh-header"), Refresh="0; url=file:///etc/passwd")
raw("no-status-text", "record", b"HTTP/1.1 200\r\nContent-Type: text/html\r\n\r\n" + article("no-status-text").encode())
raw("http-0.9", "none", article("http-0.9").encode())
raw("status-999", "none", b"HTTP/1.1 999 No\r\nContent-Type: text/html\r\n\r\n" + article("status-999").encode())
raw("status-204", "none", b"HTTP/1.1 204 No Content\r\n\r\n")
raw(
    "status-206",
    "either",
    b"HTTP/1.1 206 Partial\r\nContent-Type: text/html\r\n\r\n" + article("status-206").encode()[:900],
)
raw(
    "header-nul",
    "either",
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX: \0\x1b[2J\r\n\r\n" + article("header-nul").encode(),
)
raw("lf-only", "record", b"HTTP/1.1 200 OK\nContent-Type: text/html\n\n" + article("lf-only").encode())
raw("not-http", "none", b"220 ftp ready\r\n" + noise(2000))

# --- redirects
redirected("to-ftp", "none", "ftp://127.0.0.1/x")
redirected("to-file", "none", "file:///etc/passwd")
redirected("to-data", "none", "data:text/html,<h1>x</h1>")
redirected("to-javascript", "none", "javascript:alert(1)")
redirected("to-empty", "none", "")
redirected("to-itself", "none", "/to-itself")
redirected("to-long", "none", "/good/" + "a" * 50_000)
redirected("to-bad-port", "none", "http://127.0.0.1:99999/")
redirected("to-bad-host", "none", "http://[::1")
redirected("to-credentials", "record", "http://user:hunter2@{own}/credentials-end")
page("credentials-end", "record", article("to-credentials"))
redirected("to-octal", "none", "http://0177.0.0.1:{inner}/secret")
redirected("to-mapped", "none", "http://[::ffff:127.0.0.1]:{inner}/secret")
redirected("to-dotted-end", "none", "http://127.0.0.1.:{inner}/secret")
redirected("to-backslash", "none", "http://{own}\\@127.0.0.1:{inner}/secret")
redirected("to-newline", "none", "http://127.0.0.1:{inner}/secret%0d%0aX: y")


async def _refresh(asked: Asked) -> None:
    target = f"http://127.0.0.1:{asked.site.inner}/secret"
    await asked.send(f'<html><head><meta http-equiv="refresh" content="0; url={target}"></head></html>')


async def _refresh_itself(asked: Asked) -> None:
    await asked.send(article("refresh-itself", head='<meta http-equiv="refresh" content="0; url=/refresh-itself">'))


CASES["refresh-to-secret"] = ("none", _refresh)
CASES["refresh-itself"] = ("record", _refresh_itself)

# --- other content under the name of HTML
page("zip", "none", zipped)
page("rar", "none", b"Rar!\x1a\x07\x01\x00" + noise(50_000))
page("elf", "none", b"\x7fELF\x02\x01\x01\x00" + noise(50_000))
page("mp4", "none", b"\x00\x00\x00\x18ftypmp42" + noise(200_000))
page("webp", "none", b"RIFF\x24\x00\x00\x00WEBPVP8 " + noise(50_000))
page("sqlite", "none", b"SQLite format 3\x00" + noise(50_000))
page("woff", "none", b"wOF2" + noise(50_000))
page("svg", "none", '<svg xmlns="http://www.w3.org/2000/svg"><text>news</text></svg>')
page("json", "none", json.dumps({"error": "not found", "status": 404}))
page("javascript", "none", "var a = " + "function(){return 1};" * 2000)
page("css", "none", "body { color: red } " * 3000)
page("only-nul", "none", bytes(100_000))
page("only-spaces", "none", b" \n" * 500_000)

# --- charsets
CHINESE = "市议会周二决定修缮旧码头。" * 40
CJK = f"<title>旧码头的新生活</title><article><h1>旧码头的新生活</h1><p>{CHINESE}</p></article>"
page("gb2312", "either", CJK.encode("gb2312", "replace"), "text/html; charset=gb2312")
page("gb18030-as-utf-8", "either", CJK.encode("gb18030"))
page("utf-16-without-bom", "either", article("utf-16-without-bom").encode("utf-16-le"), "text/html; charset=utf-16le")
page("utf-32", "either", article("utf-32").encode("utf-32"))
page("bom-in-the-middle", "record", article("bom-in-the-middle").replace("<h1>", "<h1>\ufeff"))

# --- what stands in the head
HEADS: dict[str, Callable[[], str]] = {
    "json-ld-3-mb": lambda: json_ld(json.dumps({"@graph": [{"@type": "Thing", "name": "x" * 90}] * 30_000})),
    "json-ld-digits": lambda: json_ld('{"@type":"NewsArticle","wordCount":' + "9" * 200_000 + "}"),
    "json-ld-arrays": lambda: json_ld("[" * 90_000 + "]" * 90_000),
    "json-ld-nan": lambda: json_ld('{"@type":"NewsArticle","datePublished":NaN,"x":1e999}'),
    "json-ld-types": lambda: json_ld(
        '{"@type":["NewsArticle",7],"headline":{"a":[1]},"author":7,"datePublished":[[]],"image":{"url":{}},'
        '"publisher":[null],"articleBody":5,"keywords":{"a":1},"isAccessibleForFree":[]}'
    ),
    "json-ld-surrogates": lambda: json_ld('{"@type":"NewsArticle","author":"\\ud800 \\u0000 \\u001b[2J"}'),
    "date-extremes": lambda: (
        '<meta property="article:published_time" content="9999-12-31T23:59:59-23:59">'
        '<meta property="article:modified_time" content="0001-01-01T00:00:00+23:59">'
    ),
    "canonical-javascript": lambda: (
        '<link rel="canonical" href="javascript:alert(1)"><meta property="og:url" content="file:///etc/passwd">'
        '<meta property="og:image" content="javascript:alert(1)">'
    ),
    "canonical-credentials": lambda: '<link rel="canonical" href="http://user:hunter2@a.example/x">',
    "author-markup": lambda: '<meta name="author" content="<script>alert(1)</script>&#27;[2J">',
    "tags": lambda: '<meta name="keywords" content="' + ",".join(f"tag{n}" for n in range(50_000)) + '">',
    "base-javascript": lambda: '<base href="javascript:alert(1)//">',
    "base-file": lambda: '<base href="file:///etc/">',
    "refresh-to-file": lambda: '<meta http-equiv="refresh" content="0;url=file:///etc/passwd">',
}


def json_ld(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


def with_head(name: str, head: Callable[[], str]) -> None:
    page(name, "record", lambda: article(name, head=head(), after='<a href="x">a story that goes on and on</a>'))


for _name, _head in HEADS.items():
    with_head(_name, _head)

# --- what stands below
TAILS: dict[str, tuple[str, Callable[[], str]]] = {
    "times": ("either", lambda: "<time datetime='2026-13-45T99:99'>x</time>" * 30_000),
    "tables-nested": ("either", lambda: "<table><tr><td>" * 3000 + "x" + "</td></tr></table>" * 3000),
    "lists-nested": ("either", lambda: "<ul><li>" * 20_000),
    "inline-nested": ("either", lambda: "<b><i>" * 50_000),
    "one-line-7-mb": ("either", lambda: "<p>" + "word " * 1_400_000 + "</p>"),
    "one-word-5-mb": ("either", lambda: "<p>" + "w" * 5_000_000 + "</p>"),
    "entities-unknown": ("either", lambda: "<p>" + "&unknown;" * 300_000 + "</p>"),
    "script-3-mb": ("record", lambda: "<script>var x = '" + "<p>not text</p>" * 200_000 + "'</script>"),
    "iframes": ("either", lambda: "<iframe src='http://127.0.0.1/'></iframe>" * 50_000),
}


def with_tail(name: str, expect: str, tail: Callable[[], str]) -> None:
    page(name, expect, lambda: article(name, after=tail()))


for _name, (_expect, _tail) in TAILS.items():
    with_tail(_name, _expect, _tail)

# --- titles
TITLES = {
    "title-formula": "=HYPERLINK(&quot;http://a.example&quot;) is a formula of the old weir",
    "title-escape": "A weir &#27;[31m \x1b]0;owned\x07 &#x202e;dne eht&#x9b;2J opens",
    "title-lines": "A weir&#10;opens&#13;for&#x2028;all&#x85;of us",
    "title-markup": "A weir &lt;img src=x onerror=alert(1)&gt; opens",
}
for _name, _title in TITLES.items():
    page(_name, "record", article(_name, title=_title))

# --- walls
WALLS = {
    "consent": "<h1>Before you continue</h1><p>We and our 837 partners store cookies on your device and process "
    "personal data. Accept all or manage your choices. You may withdraw your consent at any time in our privacy "
    "centre.</p><button>Accept all</button><button>Reject</button>",
    "login": '<h1>Sign in</h1><form><input type="email"><input type="password"></form><p>Sign in to read on. Forgot '
    "your password? Create an account, it takes a minute and costs nothing at all.</p>",
    "captcha": "<h1>Are you a robot?</h1><p>Our systems have detected unusual traffic from your network. Please "
    "complete the captcha below to prove that you are a human, then you can go on to the page.</p>",
    "gone": "<h1>404</h1><p>We looked everywhere, but this page does not exist. It may have been moved or deleted. Go "
    "back to the home page or use the search to find what you were looking for.</p>",
}
for wall, text in WALLS.items():
    page(f"wall-{wall}", "none", f"<html><head><title>{wall.title()}</title></head><body>{text}</body></html>")
