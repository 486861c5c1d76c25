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

RULE = re.compile(r"[ \t]*(?:dis)?allow[ \t]*:", re.I)
AGENT_LINE = re.compile(r"[ \t]*user-agent[ \t]*:", re.I)
OTHER = re.compile(r"[ \t]*[a-z][\w-]*[ \t]*:", re.I)


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

    What an owner wanted to forbid is forbidden though he misspelt it.
    """
    text = AGENT.sub(r"\1User-agent: ", text)
    text = DISALLOW.sub(r"\1Disallow: ", text)
    return _with_whole_groups(SITEMAP.sub("Sitemap: ", text))


def for_us(text: str) -> tuple[str, bool]:
    """Return *text* with our name alone on the lines that name us, and whether there is one."""
    return OURS.sub(rf"\1 {TOKEN}", text), OURS.search(text) is not None


def _with_whole_groups(text: str) -> str:
    """Move records such as Crawl-delay out of the agents of a group: they do not end it (RFC 9309 2.2.4).

    Behind a blank line the next agent begins a group of its own, whatever the RFC says: ``User-agent: *`` with nothing
    but a Crawl-delay, a blank line, then an agent with ``Disallow: /`` is not meant to forbid all to everybody.
    """
    kept: list[str] = []
    moved: list[str] = []
    agents: list[str] = []
    others: list[str] = []
    in_rules = False
    for line in text.split("\n"):
        if AGENT_LINE.match(line):
            if in_rules:
                agents, others, in_rules = [], [], False
            elif others:
                moved += [*agents, *others]
                del kept[len(kept) - len(others) :]
                others = []
            agents.append(line)
        elif RULE.match(line):
            in_rules = True
        elif agents and not in_rules and not line.strip():
            if others:  # a group of its own
                agents, others = [], []
        elif agents and not in_rules and OTHER.match(line):
            others.append(line)
        elif others:  # a comment between them
            kept.insert(len(kept) - len(others), line)
            continue
        kept.append(line)
    return "\n".join([*kept, "", *moved] if moved else kept)
