"""A small newspaper for the tests: stories that are like no other's, and pages around them."""

from __future__ import annotations

import random

SUBJECTS = [
    "ferry",
    "harbour",
    "library",
    "orchard",
    "museum",
    "tunnel",
    "bakery",
    "market",
    "theatre",
    "railway",
    "quarry",
    "lighthouse",
    "school",
    "brewery",
    "glacier",
]
VERBS = [
    "reopens",
    "closes",
    "expands",
    "moves",
    "delays",
    "doubles",
    "repairs",
    "sells",
    "paints",
    "insures",
    "floods",
    "rebuilds",
]
PLACES = [
    "Aarhus",
    "Bergen",
    "Cork",
    "Dundee",
    "Ghent",
    "Graz",
    "Lyon",
    "Malaga",
    "Nantes",
    "Porto",
    "Tampere",
    "Trieste",
    "Turin",
    "Uppsala",
    "Varna",
]
PEOPLE = [
    "mayor",
    "surgeon",
    "farmer",
    "banker",
    "teacher",
    "driver",
    "senator",
    "bishop",
    "painter",
    "engineer",
    "lawyer",
    "captain",
]
QUALITIES = [
    "narrow",
    "costly",
    "ancient",
    "disputed",
    "frozen",
    "unfinished",
    "coastal",
    "private",
    "crowded",
    "forgotten",
    "northern",
    "fragile",
]


def headline(number: int) -> str:
    c = random.Random(f"headline{number}").choice
    return f"{c(PLACES)} {c(SUBJECTS)} {c(VERBS)} after {c(QUALITIES)} {c(SUBJECTS)} row {number}"


def paragraphs(number: int, count: int = 6) -> list[str]:
    r = random.Random(f"story{number}")
    c = r.choice
    return [
        " ".join(
            f"The {c(PEOPLE)} of {c(PLACES)} said the {c(QUALITIES)} {c(SUBJECTS)} {c(VERBS)} {r.randrange(2, 900)} "
            f"times before the {c(PEOPLE)} from {c(PLACES)} saw the {c(QUALITIES)} {c(SUBJECTS)}."
            for _ in range(3)
        )
        for _ in range(count)
    ]


def article(number: int, *, date: str = "2026-11-20T08:00:00+01:00", head: str = "", foot: str = "") -> str:
    title, text = headline(number), "".join(f"<p>{p}</p>" for p in paragraphs(number))
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title} | The Test Post</title>'
        f'<meta property="og:title" content="{title}">'
        f'<meta property="article:published_time" content="{date}">{head}</head>'
        f'<body><nav><a href="/">Home</a></nav><article><h1>{title}</h1>{text}</article>{foot}'
        f"<footer>The Test Post</footer></body></html>"
    )


def listing(links: list[tuple[str, str]], head: str = "", name: str = "The Test Post") -> str:
    items = "".join(f'<li><h2><a href="{url}">{text}</a></h2></li>' for url, text in links)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{name}</title>{head}</head>'
        f'<body><nav><a href="/">Home</a> <a href="/about">About us</a></nav>'
        f"<main><ul>{items}</ul></main></body></html>"
    )


def rss(links: list[tuple[str, str, str]], name: str = "The Test Post") -> str:
    """A feed of URL, title and RFC 822 date."""
    items = "".join(f"<item><title>{t}</title><link>{u}</link><pubDate>{d}</pubDate></item>" for u, t, d in links)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{name}</title>{items}</channel></rss>'
