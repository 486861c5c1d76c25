"""Pages of made-up sites, read one after the other beside what the earlier ones taught."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from newscrawl.extraction import Observation, Page
from newscrawl.extraction.reading import Reading, read_page

Template = Callable[[int, list[str]], str]
"""Returns the body of the page of a story, of its number and its paragraphs."""

NOW = datetime(2026, 6, 1, tzinfo=UTC)
WORDS = (
    "harbour lantern baker council orchard ferry winter ledger bridge choir meadow printer signal kettle garden archive"
).split()
SERVED = "the site's template, as"


def sentence(number: int) -> str:
    """Return a sentence of its own for each *number*."""
    a, b, c = (WORDS[number * step % len(WORDS)] for step in (3, 5, 7))
    return f"In street {number} the {a} met the {b} at dawn, and nobody who heard the {c} asked them why they laughed."


def prose(story: int, count: int = 8) -> list[str]:
    return [sentence(story * 100 + part) for part in range(count)]


def plain(story: int, paragraphs: list[str]) -> str:
    text = "".join(f"<p>{one}</p>" for one in paragraphs)
    text = f"<h1>Story {story}</h1><div class=story-text>{text}</div>"
    return f"<div class=site><article class=story id=post-{story}>{text}</article></div>"


def read(
    template: Template,
    story: int,
    memory: tuple[Observation, ...] = (),
    paragraphs: list[str] | None = None,
    *,
    url: str = "",
    head: str = "",
) -> Reading:
    """Return the reading of *story*; *paragraphs* are its own by default, *head* stands beside its title."""
    body = template(story, prose(story) if paragraphs is None else paragraphs)
    html = f"<html><head><title>Story {story}</title>{head}</head><body>{body}</body></html>"
    reading = read_page(Page(html.encode(), fetched_at=NOW), url or f"https://paper.example/{story}", memory)
    assert isinstance(reading, Reading)
    return reading


def taught(template: Template, stories: Iterable[int]) -> tuple[Observation, ...]:
    """Return what the *stories* of a site taught, one after the other."""
    memory: tuple[Observation, ...] = ()
    for story in stories:
        observation = read(template, story, memory).observation
        assert observation is not None
        memory = (*memory, observation)
    return memory
