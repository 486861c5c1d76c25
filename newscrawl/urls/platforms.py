"""Hosts under which many blogs stand, each of which is a site of its own, as tables.

The Public Suffix List has some of them (``blogspot.com``, ``github.io``); these never asked to be on it.
"""

from __future__ import annotations

_SUBDOMAINS = """
    beehiiv.com bearblog.dev blog.fc2.com blog.ir blog.jp blogfa.com blogg.no blogg.se blogs.com blogsky.com
    buttondown.email canalblog.com cocolog-nifty.com dreamwidth.org egloos.com exblog.jp ghost.io hashnode.dev home.blog
    jimdo.com jimdofree.com kinja.com livedoor.blog livejournal.com mataroa.blog medium.com micro.blog muragon.com
    myblog.it neocities.org over-blog.com over-blog.net pixnet.net posthaven.com seesaa.net skyrock.com squarespace.com
    strikingly.com substack.com tistory.com tripod.com tumblr.com typepad.com typepad.jp ucoz.ru webnode.com weebly.com
    wix.com wordpress.com write.as
"""
SUBDOMAINS = frozenset(_SUBDOMAINS.split())
"""Each name below one is a blog: ``a.wordpress.com``."""

OWN = frozenset(
    "www m api app about help support status static cdn files images img media en de fr es blog news".split()
)
"""Names below a platform that are the platform's."""

PATHS: dict[str, frozenset[str]] = {
    "medium.com": frozenset(("p", "m", "me", "tag", "topic", "topics", "search", "about", "policy", "membership")),
    "substack.com": frozenset(("p", "search", "discover", "home", "inbox", "about", "going-paid")),
    "ameblo.jp": frozenset(),
    "note.com": frozenset(("topics", "hashtag", "search", "info", "interests")),
    "blog.naver.com": frozenset(("postview.naver", "postlist.naver")),
    "brunch.co.kr": frozenset(("magazine", "keyword", "search")),
    "velog.io": frozenset(("tags", "search", "recent", "trending")),
    "blog.livedoor.jp": frozenset(),
    "blog.goo.ne.jp": frozenset(),
    "plaza.rakuten.co.jp": frozenset(),
    "sites.google.com": frozenset(),
}
"""The first segment of a path is the blog, but for these: ``medium.com/@a``."""


def blog_of(host: str, path: str) -> str | None:
    """Return the blog that an address belongs to, as host or as host and first segment; None on no platform.

    *host*: lower case. ``www.`` stands for the platform itself.
    """
    name, _, above = host.partition(".")
    if above in SUBDOMAINS and name not in OWN:
        return host
    bare = above if name == "www" else host
    if (own := PATHS.get(bare)) is None:
        return None
    segments = [segment for segment in path.split("/") if segment]
    if segments and segments[0] in ("view", "site") and bare == "sites.google.com":
        segments = ["/".join(segments[:2])]
    return f"{bare}/{segments[0].lower()}" if segments and segments[0].lower() not in own else None
