"""The same page written in other ways: other elements, menus, scripts and white space around the same story."""

from __future__ import annotations

import re
from collections.abc import Callable

Variant = Callable[[str], str]

XHTML = "http://www.w3.org/1999/xhtml"
BLOCKS = "p|div|h[1-6]|ul|ol|li|table|tr|td|section|article|main|header|footer|nav|aside|blockquote|figure"
KEPT = re.compile(
    r"(<(?:script|style|pre|textarea|template)\b.*?</(?:script|style|pre|textarea|template)>)", re.S | re.I
)
"""What is code, or whose white space counts."""

PARAGRAPH = r"<p>([^<]+)</p>"
TOP, BOTTOM = (
    f'<div class="{name}"><ul>{"".join(f"<li><a href=/{name}/{word}>{word}</a></li>" for word in words.split())}</ul>'
    for name, words in (
        ("topbar", "World Politics Business Sport Culture Science Weather Video"),
        ("bottom", "Contact Imprint Privacy Terms Jobs RSS"),
    )
)
DIALOG = (
    '<div class="cookie-banner" role="dialog"><p>We use cookies to improve your experience. Read our policy.</p>'
    "<button>Accept all</button></div>"
)
SIGN_UP = (
    '<div class="box"><h3>Get our newsletter</h3><p>Sign up for the best of the week, every Friday.</p>'
    '<form action="/subscribe"><input type="email"><button>Sign up</button></form></div>'
)
PICTURE = '<figure><img src="/1.jpg" alt="The quay"><figcaption>The quay. Photo: The Site</figcaption></figure>'
MENU = '<td class="menu"><a href="/a">World</a><br><a href="/b">Sport</a><br><a href="/c">Weather</a></td>'
POPULAR = "".join(
    f'<li><a href="/2026/05/{number}/story.html">Headline number {number} of the day in the town</a></li>'
    for number in range(6)
)


def replaced(pattern: str, by: str | Callable[[re.Match[str]], str]) -> Variant:
    """Return a variant that replaces *pattern* outside code."""
    search = re.compile(pattern, re.S)

    def variant(page: str) -> str:
        parts = KEPT.split(page)
        return "".join(part if at % 2 else search.sub(by, part) for at, part in enumerate(parts))

    return variant


def around(before: str, behind: str) -> Variant:
    """Return a variant with *before* and *behind* at the ends of the page's body."""

    def variant(page: str) -> str:
        page = re.sub(r"<body[^>]*>", lambda tag: tag[0] + before, page, count=1)
        return re.sub(r"</body>", lambda tag: behind + tag[0], page, count=1)

    return variant


VARIANTS: dict[str, Variant] = {
    "advertisements": replaced("</p>", '</p><div class="ad-slot" id="gpt-1"><script>var a = 1;</script></div>'),
    "capital names": replaced(r"<(/?)([a-z][a-z0-9]*)(?=[\s>])", lambda tag: f"<{tag[1]}{tag[2].upper()}"),
    "carriage returns": lambda page: page.replace("\n", "\r\n"),
    "classes of a framework": replaced("<p>", '<p class="css-1x2y3z">'),
    "comments": replaced(rf"(</(?:{BLOCKS})>)", r"\1<!-- x -->"),
    "dialog": around(DIALOG, ""),
    "divs for paragraphs": replaced(r"<p>((?:(?!<p\b|</p>).)*)</p>", r'<div class="para">\1</div>'),
    "empty paragraphs": replaced(PARAGRAPH, r"<p>&nbsp;\1&nbsp;</p><p>&nbsp;</p>"),
    "fonts": replaced(PARAGRAPH, r'<p><font face="Arial" size="2">\1</font></p>'),
    "indented": replaced(rf"(<(?:{BLOCKS})\b)", r"\n\n          \1"),
    "layout table": around(f'<table width="100%"><tr>{MENU}<td class="main">', "</td></tr></table>"),
    "menus": around(f"{TOP}</div>", f"{BOTTOM}<p>© 2026 The Site. All rights reserved.</p></div>"),
    "most read": around("", f"<aside><h3>Most read</h3><ol>{POPULAR}</ol></aside>"),
    "no white space": replaced(rf"\s*(</?(?:{BLOCKS})(?:\s[^>]*)?>)\s*", r"\1"),
    "one form": around('<form method="post"><input type="hidden" name="state">', "</form>"),
    "open elements": replaced("</(?:p|li|dd|dt)>", ""),
    "picture": replaced("</h1>", f"</h1>{PICTURE}"),
    "side column": around(f'<div id="sidebar"><h4>Latest</h4><ul>{POPULAR}</ul></div>', ""),
    "sign-up box": around("", SIGN_UP),
    "single quotation marks": replaced(r"""="([^"']*)\"""", r"='\1'"),
    "spans": replaced(PARAGRAPH, r"<p><span>\1</span></p>"),
    "wrapped": around('<div class="site-wrapper"><div id="page">', "</div></div>"),
    "XHTML": lambda page: (
        '<?xml version="1.0" encoding="UTF-8"?>'
        + page.replace("<html", "<html xmlns='http://www.w3.org/1999/xhtml'", 1)
    ),
}
