"""The text of a robots.txt as its owner meant it, for a parser that knows one spelling."""

from __future__ import annotations

import re

TOKEN = "newscrawl"  # our product token: "User-agent: newscrawl" speaks to us
PARSED_BYTES = 512 * 1024  # RFC 9309 2.5 asks for 500 KiB at least

HTML = re.compile(r"\s*<(?:!doctype|html)", re.IGNORECASE)
AGENT = re.compile(
    r"(?im)^([ \t]*)(?:user[-_ \t]?agents?|useg-?agent|usr-?agent|user-?agnet)(?:[ \t]*:|[ \t]+(?!:))[ \t]*(?=\S)"
)
DISALLOW = re.compile(
    r"(?im)^([ \t]*)(?:d[ie]s?s?al{1,2}[ao]w|dis-allow|dsallow|diasllow)(?:[ \t]*:|[ \t]+(?=[/*]))[ \t]*"
)
SITEMAP = re.compile(r"(?im)^[ \t]*(?=https?://\S*sitemap\S*\.(?:xml|txt)(?:\.gz)?[ \t]*$)")
"""An address that lost its ``Sitemap:``."""

OURS = re.compile(rf"(?im)^(\s*user-?agent\s*:)(?:[^\n#]*?[ \t,])?{TOKEN}(?![\w-])[^\n]*$")
"""Lines that an owner wrote from what our requests say: ``newscrawl/0.2``, ``newscrawl bot``, ``newscrawl, other``."""


def readable(body: bytes) -> str:
    """Return the text of a robots.txt: at most what is parsed, whole lines, line ends as ``\\n``; of HTML nothing."""
    if body[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = body[:PARSED_BYTES].decode("utf-16", "replace")
    else:
        text = body[:PARSED_BYTES].decode("utf-8-sig", "replace")
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    if len(body) >= PARSED_BYTES:  # half of "Disallow: /archive/" would be "Disallow: /"
        text = text.rpartition("\n")[0]
    return "" if HTML.match(text) else text


def repaired(text: str) -> str:
    """Return *text* with misspelt records, and records without their colon, spelt as RFC 9309 has them.

    What an owner wanted to forbid is forbidden though he misspelt it. A Crawl-delay ends the agents of its group,
    whatever RFC 9309 2.2.4 says: behind it ``User-agent: badbot`` and ``Disallow: /`` are not meant for everybody.
    """
    text = AGENT.sub(r"\1User-agent: ", text)
    text = DISALLOW.sub(r"\1Disallow: ", text)
    return SITEMAP.sub("Sitemap: ", text)


def for_us(text: str) -> tuple[str, bool]:
    """Return *text* with our name alone on the lines that name us, and whether there is one."""
    return OURS.sub(rf"\1 {TOKEN}", text), OURS.search(text) is not None
