"""News pages as the web has them, built by code: some 150 kB of markup around 400 to 900 words that are no other's."""

from __future__ import annotations

import json
import random
from functools import cache
from itertools import accumulate

KILOBYTES = 150  # the median of 1,150 saved pages is 132
WORDS = (400, 900)
SMALL_WORDS = "the of a to in and for on at with by from as that was is has had it its after before over about".split()
SYLLABLES = "ba ce di fo gu la me ni ro su ta ve zi ko pu ha je li mo ne ra se ti vo lu da be fi go nu".split()
SECTIONS = "world politics business science health sport culture travel opinion weather".split()
VOCABULARY = 6000


@cache
def vocabulary() -> tuple[list[str], list[float]]:
    """Return content words and their cumulative weights: the word of rank n is met 1/n as often as the first."""
    chosen = random.Random("vocabulary")
    made: dict[str, None] = {}
    while len(made) < VOCABULARY:
        made["".join(chosen.choices(SYLLABLES, k=chosen.choice((2, 3, 3, 4)))) + chosen.choice(("", "n", "r", "s"))] = (
            None
        )
    return list(made), list(accumulate(1 / (rank + 10) for rank in range(VOCABULARY)))


def some_words(chosen: random.Random, count: int) -> list[str]:
    words, weights = vocabulary()
    content = chosen.choices(words, cum_weights=weights, k=count)
    return [chosen.choice(SMALL_WORDS) if chosen.random() < 0.45 else word for word in content]


def sentence(chosen: random.Random) -> str:
    words = some_words(chosen, chosen.randint(9, 26))
    if chosen.random() < 0.3:
        words[3] = words[3].title() + " " + words[4].title()
    return " ".join([words[0].title(), *words[1:]]) + "."


def headline(number: int) -> str:
    chosen = random.Random(f"headline{number}")
    words, weights = vocabulary()
    return " ".join(chosen.choices(words, cum_weights=weights, k=9)).capitalize() + f" {number}"


def path(number: int) -> str:
    return f"/{SECTIONS[number % len(SECTIONS)]}/2026/11/20/{headline(number).lower().replace(' ', '-')}"


def paragraphs(number: int) -> list[str]:
    chosen = random.Random(f"story{number}")
    wanted, made, told = chosen.randint(*WORDS), [], 0
    while told < wanted:
        made.append(" ".join(sentence(chosen) for _ in range(chosen.randint(2, 4))))
        told += made[-1].count(" ") + 1
    return made


@cache
def furniture(host: str) -> tuple[str, str, str]:
    """Return what stands on every page of a site: in its head, before the article and after it."""
    chosen = random.Random(f"site{host}")
    rules = "".join(f".{word}-{at}{{display:flex;margin:{at}px}}" for at, word in enumerate(some_words(chosen, 300)))
    script = "".join(
        f"window.{word}{at}=function(a,b){{if(a<b&&b.length>{at}){{return a.push(b)}}return null}};"
        for at, word in enumerate(some_words(chosen, 250))
    )
    head = f"<style>{rules}</style><script>{script}</script>"
    menu = "".join(
        f'<li class="nav-item nav-item--{name}"><a class="nav-link" href="/{name}">{name.title()}</a><ul>'
        + "".join(f'<li><a class="sub-link" href="/{name}/{word}">{word}</a></li>' for word in some_words(chosen, 12))
        + "</ul></li>"
        for name in SECTIONS
    )
    top = (
        f'<header class="site-header"><a class="logo" href="/"><img src="/logo.svg" alt="The {host} Post"></a>'
        f'<nav aria-label="Main"><ul>{menu}</ul></nav></header>'
    )
    links = "".join(f'<li><a href="/about/{word}">{word}</a></li>' for word in some_words(chosen, 40))
    form = (
        '<section class="comments"><h3>Leave a Reply</h3><p>Your email address will not be published.</p>'
        '<form action="/comment"><textarea name="comment"></textarea><input type="submit"></form></section>'
    )
    bottom = f"{form}<footer><ul>{links}</ul><p>Copyright 2026 The {host} Post. All rights reserved.</p></footer>"
    return head, top, bottom


def teaser(chosen: random.Random) -> str:
    number = chosen.randrange(100_000)
    section, images = SECTIONS[number % len(SECTIONS)], f"https://img.post.example/{number}"
    sizes = ", ".join(f"{images}/{width}.webp?auto=format {width}w" for width in (320, 640, 1280))
    return (
        f'<div class="card card--standard" data-id="{number}" data-position="{number % 40}"><div class="card__inner">'
        f'<div class="card__media"><picture><source type="image/webp" srcset="{sizes}"><img class="card__image" '
        f'loading="lazy" src="{images}/640.jpg" width="640" height="360" alt=""></picture></div>'
        f'<div class="card__content"><span class="card__label"><a href="/{section}">{section}</a></span>'
        f'<h3 class="card__title"><a class="card__link" href="{path(number)}">{headline(number)}</a></h3>'
        f'<p class="card__summary">{sentence(chosen)}</p><span class="card__time"><svg width="12" height="12"><path '
        f'd="M8 3.5a.5.5 0 0 0-1 0V9a.5.5 0 0 0 .252.434l3.5 2a.5.5 0 0 0 .496-.868L8 8.71V3.5z"></path></svg>'
        f"{number % 23} hours ago</span></div></div></div>"
    )


def page(number: int, host: str) -> str:
    """Return the page of story *number* on *host*."""
    chosen = random.Random(f"page{number}")
    title, text = headline(number), paragraphs(number)
    author = f"{chosen.choice(('Ana', 'Ben', 'Cleo', 'Dora', 'Emil'))} {some_words(chosen, 1)[0].title()}son"
    date = f"2026-11-{chosen.randint(10, 24)}T{chosen.randint(0, 23):02}:{chosen.randint(0, 59):02}:00+01:00"
    card = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": title,
        "datePublished": date,
        "author": [{"@type": "Person", "name": author}],
        "publisher": {"@type": "Organization", "name": f"The {host} Post"},
        "description": text[0][:150],
    }
    head, top, bottom = furniture(host)
    prose = "".join(f'<p class="article__text" data-block="{at}">{part}</p>' for at, part in enumerate(text))
    related, latest = ("".join(teaser(chosen) for _ in range(count)) for count in (8, 32))
    made = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title} | The {host} Post</title>'
        f'<meta property="og:title" content="{title}"><meta property="og:type" content="article">'
        f'<meta property="article:published_time" content="{date}"><meta name="author" content="{author}">'
        f'<script type="application/ld+json">{json.dumps(card)}</script>{head}</head><body>{top}<main>'
        f'<article><h1>{title}</h1><p class="byline">By {author}</p><time datetime="{date}">20 November 2026</time>'
        f'<div class="article__body">{prose}</div></article>'
        f'<aside class="related"><h2>Related Articles</h2>{related}</aside>'
        f'<section class="latest"><h2>Latest</h2>{latest}</section></main>{bottom}'
    )
    state = json.dumps(
        {f"k{rank}": some_words(chosen, 6) for rank in range(max(0, KILOBYTES * 1024 - len(made)) // 70)}
    )
    return f'{made}<script id="__STATE__" type="application/json">{state}</script></body></html>'
