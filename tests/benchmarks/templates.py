"""The templates of made-up sites, as heavy and as varied as those of 1,503 saved news pages.

Quartiles of the saved pages: bytes [71,000 127,000 235,000], elements [523 793 1,113], pairs of class and id
[142 199 283], links [83 130 203], div [87 149 244], li [40 80 146], paragraphs [16 28 50], scripts [7 23 41] with
[3,000 25,000 90,000] characters, depth [13 16 19]. 55 % say their date in JSON-LD, 57 % in a meta element, 38 % in a
time element, 20 % in words alone; 69 % have an article element, 48 % main. A template draws each of these; its pages
differ as those of one site do. ``python -m tests.benchmarks.templates`` prints the same figures of the made-up pages.
"""

from __future__ import annotations

import json
import random
import statistics
from collections.abc import Iterator
from functools import cache
from html import escape

from tests.benchmarks.newspages import SECTIONS, headline, path, sentence, some_words

MONTHS = "January February March April May June July August September October November December".split()
FIRST_NAMES = ("Ana", "Ben", "Cleo", "Dora", "Emil", "Fay", "Gus", "Ida")
BLOCKS = (
    "row col wrap inner box grid item unit media body head foot list panel card tile block group stack cell".split()
)
ICON = (
    '<svg width="12" height="12"><path d="M8 3.5a.5.5 0 0 0-1 0V9a.5.5 0 0 0 .252.434l3.5 2a.5.5 0 0 0 .496-.868L8'
    '8.71V3.5z"></path></svg>'
)
STATES = "is-loaded js-ready u-flex u-hide-print mt-2 p-3 d-block text-sm font-bold border-b w-full lg-col-4".split()


class Template:
    """How one site writes its pages."""

    def __init__(self, host: str) -> None:
        chosen = self.chosen = random.Random(f"site{host}")
        self.name = f"The {host} Post"
        self.prefix = chosen.choice(("c-", "ui-", "", "", "n-", "site-"))
        self.words = [word for word in some_words(chosen, 300) if len(word) > 3]
        self.story = chosen.choice(("article", "article", "div"))
        self.main = chosen.choice(("main", "div"))
        self.body = chosen.choice(
            ("article-body", "entry-content", "story__text", f"{self.words[0]}-content", "post-body")
        )
        self.depth = chosen.randint(5, 11)
        self.dates = {way for way, share in (("ld", 0.69), ("meta", 0.71), ("time", 0.48)) if chosen.random() < share}
        if chosen.random() < 0.2:
            self.dates = set()
        self.is_numbered = chosen.random() < 0.5
        """Each entry of a menu and each teaser has a class and an id of its own, as content systems write them."""

        self.wraps = chosen.randint(0, 5)
        self.rich = chosen.random()
        self.head, self.top, self.bottom = self._head(), self._top(), self._bottom()
        self.code = int(min(400_000, chosen.lognormvariate(11.1, 1.1)))
        self.teasers = tuple(min(most, round(chosen.lognormvariate(2.4, 0.8))) for most in (8, 40, 40))

    def page(self, number: int, title: str, text: list[str]) -> str:
        """Return the page of the story *number* with this *title* and *text*."""
        chosen = random.Random(f"page{number}{self.name}")
        author = f"{chosen.choice(FIRST_NAMES)} {some_words(chosen, 1)[0].title()}son"
        day, hour, minute = chosen.randint(10, 24), chosen.randint(0, 23), chosen.randint(0, 59)
        stamp, shown = f"2026-11-{day}T{hour:02}:{minute:02}:00+01:00", f"{day} {MONTHS[10]} 2026"
        when = f'<time datetime="{stamp}">{shown}</time>' if "time" in self.dates else f"<span>{shown}</span>"
        related, latest, popular = (
            "".join(self._teaser(chosen, self.words[at]) for _ in range(count)) for at, count in enumerate(self.teasers)
        )
        prose = "".join(self._paragraph(chosen, part, at) for at, part in enumerate(text))
        made = (
            f'<!doctype html><html lang="en"><head>{self._declared(title, stamp, author, text)}{self.head}</head>'
            f'<body class="single post-{number} {self.prefix}theme">{self.top}{self._open()}'
            f'<{self.main} class="{self._class("main")}"><{self.story} class="{self._class("story")}"><h1>{title}</h1>'
            f'<div class="{self._class("meta")}"><p class="byline">By {author}</p>{when}</div>'
            f'<figure><img src="/{number}.jpg" alt=""><figcaption>{sentence(chosen)}</figcaption></figure>'
            f'<div class="{self.body}">{prose}</div></{self.story}>'
            f'<div class="{self._class("related")} related"><h2>Related Articles</h2>{related}</div>'
            f'<section class="{self._class("latest")}"><h2>Latest</h2>{latest}</section></{self.main}>'
            f'<aside class="{self._class("side")}"><h3>Most read</h3>{popular}</aside>'
            f"{'</div>' * self.depth}{self.bottom}"
        )
        scripts = "".join(f"<script>{code}</script>" for code in self._scripts(chosen))
        return f"{made}{scripts}</body></html>"

    def _class(self, role: str) -> str:
        """Return the class that this site gives blocks of a role."""
        chosen = random.Random(f"{self.name}{role}")
        block = chosen.choice(self.words)
        return f"{self.prefix}{block}__{chosen.choice(BLOCKS)} {block}--{chosen.choice(BLOCKS)}"

    def _open(self) -> str:
        return "".join(f'<div class="{self._class(f"around{at}")}">' for at in range(self.depth))

    def _wrapped(self, role: str, inner: str) -> str:
        for at in range(self.wraps):
            inner = f'<div class="{self._class(f"{role}{at}")}">{inner}</div>'
        return inner

    def _declared(self, title: str, stamp: str, author: str, text: list[str]) -> str:
        described = escape(text[0][:150])
        card = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": title,
            "description": text[0][:150],
        }
        card |= {"datePublished": stamp} if "ld" in self.dates else {}
        metas = {"og:title": title, "og:type": "article", "og:description": described, "og:site_name": self.name}
        metas |= {"article:published_time": stamp} if "meta" in self.dates else {}
        return (
            f'<meta charset="utf-8"><title>{title} | {self.name}</title><meta name="author" content="{author}">'
            f'<meta name="description" content="{described}">'
            + "".join(f'<meta property="{name}" content="{value}">' for name, value in metas.items())
            + f'<script type="application/ld+json">{json.dumps(card)}</script>'
        )

    def _paragraph(self, chosen: random.Random, text: str, at: int) -> str:
        if chosen.random() < self.rich:
            first, _, rest = text.partition(". ")
            linked = f'<a href="{path(chosen.randrange(100_000))}">{" ".join(first.split()[:3])}</a>'
            text = f"{linked} {' '.join(first.split()[3:])}. <strong>{rest[:20]}</strong>{rest[20:]}"
        between = f'<div class="{self.prefix}ad ad-slot" id="ad-{at}"></div>' if at % 4 == 3 else ""
        own = f' id="p-{at}"' if self.is_numbered else ""
        return f"<p{own}>{text}</p>{between}"

    def _teaser(self, chosen: random.Random, block: str) -> str:
        number = chosen.randrange(100_000)
        section = SECTIONS[number % len(SECTIONS)]
        images, own = f"https://img.post.example/{number}", f' id="post-{number}"' if self.is_numbered else ""
        sizes = ", ".join(f"{images}/{width}.webp {width}w" for width in (320, 640, 1280))
        summary = f'<p class="{block}__summary">{sentence(chosen)}</p>' if self.rich > 0.4 else ""
        state, track = chosen.choice(STATES), json.dumps({"id": number, "list": block, "place": images, "test": STATES})
        return self._wrapped(
            block,
            f"<div class=\"{block}__{BLOCKS[number % 5]} {state}\"{own} data-track='{track}'>"
            f'<div class="{block}__left"><a class="{block}__media" href="{path(number)}"><img class="{block}__image" '
            f'loading="lazy" srcset="{sizes}" src="{images}/640.jpg" alt=""></a></div>'
            f'<div class="{block}__{BLOCKS[number % 7]} {STATES[number % 6]}">'
            f'<span class="{block}__label"><a href="/{section}">{section}</a></span>'
            f'<h3 class="{block}__title"><a class="{block}__link" href="{path(number)}">{headline(number)}</a></h3>'
            f"{ICON}{summary}<span>{number % 23} hours ago</span></div></div>",
        )

    def _head(self) -> str:
        links = "".join(f'<link rel="preload" href="/{word}.css" as="style">' for word in some_words(self.chosen, 20))
        metas = "".join(f'<meta name="{word}:x" content="{at}">' for at, word in enumerate(some_words(self.chosen, 18)))
        rules = "".join(f".{word}-{at}{{display:flex;margin:{at}px}}" for at, word in enumerate(self.words[:120]))
        return f"{metas}{links}<style>{rules}</style>"

    def _top(self) -> str:
        entries = []
        for at, name in enumerate(SECTIONS[: self.chosen.randint(5, 10)]):
            own = f'id="menu-item-{at}" class="menu-item menu-item-{at}"' if self.is_numbered else 'class="nav-item"'
            below = "".join(
                f'<li class="{f"menu-item menu-item-{at}{place}" if self.is_numbered else "sub-item"}">'
                f'<a class="{self.prefix}{STATES[place]}" href="/{name}/{word}">{word}</a></li>'
                for place, word in enumerate(some_words(self.chosen, self.chosen.randint(2, 9)))
            )
            entries.append(f'<li {own}><a class="nav-link" href="/{name}">{name.title()}</a><ul>{below}</ul></li>')
        login = '<div class="user-tools"><button>Search</button><a href="/login">Log in</a></div>'
        return (
            f'<header class="{self.prefix}header"><a class="logo" href="/"><img src="/logo.svg" alt="{self.name}"></a>'
            f'<nav aria-label="Main"><ul>{"".join(entries)}</ul></nav>{login}</header>'
        )

    def _bottom(self) -> str:
        links = "".join(
            f'<li class="{self.chosen.choice(self.words)}-item {self.chosen.choice(STATES)}">'
            f'<a href="/about/{word}">{word}</a></li>'
            for word in some_words(self.chosen, self.chosen.randint(15, 45))
        )
        replies = "".join(
            f'<li class="comment" id="comment-{at}"><b>{name}</b><p>{sentence(self.chosen)}</p></li>'
            for at, name in enumerate(FIRST_NAMES[: self.chosen.choice((0, 0, 2, 8))])
        )
        form = (
            f'<section class="comments"><h3>Leave a Reply</h3><ol>{replies}</ol>'
            '<p>Your email address will not be published.</p><form action="/comment">'
            '<textarea name="comment"></textarea><input type="submit"></form></section>'
        )
        return f"{form}<footer><ul>{links}</ul><p>Copyright 2026 {self.name}. All rights reserved.</p></footer>"

    def _scripts(self, chosen: random.Random) -> Iterator[str]:
        left = int(self.code * chosen.uniform(0.8, 1.2))
        while left > 0:
            code = "".join(
                f"window.{word}{at}=function(a,b){{if(a<b&&b.length>{at}){{return a.push(b)}}return null}};"
                for at, word in enumerate(some_words(chosen, chosen.randint(5, 40)))
            )
            left -= len(code)
            yield code


@cache
def template_of(host: str) -> Template:
    """Return the template of the site *host*."""
    return Template(host)


def main() -> None:
    from newscrawl.html.parse import parse
    from tests.benchmarks.newspages import page
    from tests.benchmarks.pageserver import addresses

    pages = [page(number, host) for number, host in enumerate(addresses(60))]
    trees = [tree for tree in map(parse, pages) if tree is not None]
    figures = {
        "bytes": [len(made.encode()) for made in pages],
        "elements": [sum(1 for _ in tree.iter()) for tree in trees],
        "class and id": [len({(one.get("class"), one.get("id")) for one in tree.iter()}) for tree in trees],
        "depth": [max(sum(1 for _ in one.iterancestors()) for one in tree.iter()) for tree in trees],
    }
    figures |= {tag: [sum(1 for _ in tree.iter(tag)) for tree in trees] for tag in ("a", "div", "li", "p", "script")}
    for name, values in figures.items():
        print(f"{name}: {' '.join(f'{value:,.0f}' for value in statistics.quantiles(values, n=4))}")


if __name__ == "__main__":
    main()
