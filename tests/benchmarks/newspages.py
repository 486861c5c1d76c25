"""Made-up stories on made-up sites: 400 to 900 words that are no other's, in a page of its site's own template."""

from __future__ import annotations

import random
from functools import cache
from itertools import accumulate

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
    """Return the path of story *number*; as of saved pages, one in five says the day."""
    day = "2026/11/20/" if number % 5 == 0 else ""
    return f"/{SECTIONS[number % len(SECTIONS)]}/{day}{headline(number).lower().replace(' ', '-')}"


def paragraphs(number: int) -> list[str]:
    chosen = random.Random(f"story{number}")
    wanted, made, told = chosen.randint(*WORDS), [], 0
    while told < wanted:
        made.append(" ".join(sentence(chosen) for _ in range(chosen.randint(2, 4))))
        told += made[-1].count(" ") + 1
    return made


def page(number: int, host: str) -> str:
    """Return the page of story *number* on *host*."""
    from tests.benchmarks.templates import template_of  # it is made of the words of this module

    return template_of(host).page(number, headline(number), paragraphs(number))
