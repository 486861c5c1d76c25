"""Pages that differ from those that taught a template: other templates of the site, live pages, paywalls, lies."""

from __future__ import annotations

from dataclasses import replace

import pytest

from newscrawl.extraction import Observation
from newscrawl.extraction.learned.shape import Shape
from newscrawl.extraction.learned.template import learn
from tests.made_sites import SERVED, plain, prose, read, sentence, taught


def blog(story: int, paragraphs: list[str]) -> str:
    text = "".join(f"<p>{one}</p>" for one in paragraphs)
    return f"<main><section class=blog-entry><h1>Story {story}</h1><div class=blog-copy>{text}</div></section></main>"


def amp(story: int, paragraphs: list[str]) -> str:
    text = "".join(f"<p class=amp-text>{one}</p>" for one in paragraphs)
    return f"<article class=amp-story><h1>Story {story}</h1><section class=amp-body>{text}</section></article>"


def live(story: int, paragraphs: list[str]) -> str:
    """Return a page whose container holds the summary, and whose posts stand below it."""
    posts = "".join(
        f"<article class=post><h3>At {at} past ten</h3><div class=post-text><p>{one}</p></div></article>"
        for at, one in enumerate(paragraphs[2:])
    )
    return plain(story, paragraphs[:2]) + f"<div class=live-posts>{posts}</div>"


def live_inside(story: int, paragraphs: list[str]) -> str:
    """Return the same with the posts in the very container."""
    posts = "".join(f"<div class=post><div class=post-text><span>{one}</span></div></div>" for one in paragraphs)
    return plain(story, []).replace("<div class=story-text>", f"<div class=story-text>{posts}")


def video(story: int, paragraphs: list[str]) -> str:
    return plain(story, paragraphs[:1]).replace("<p>", "<video src=/v.mp4></video><p>", 1)


def paywalled(story: int, paragraphs: list[str]) -> str:
    offer = (
        "<div class=offer><p>Subscribe now to read the rest of this story.</p><a href=/subscribe>Subscribe</a></div>"
    )
    return plain(story, paragraphs[:2]).replace("</article>", f"{offer}</article>")


def test_each_template_of_a_host_reads_its_own_pages():
    memory = (*taught(plain, (1, 2, 3)), *taught(blog, (5, 6, 7)))

    readings = {
        (template, story): read(template, story, memory) for template in (plain, blog) for story in (21, 22, 23)
    }

    assert sum(reading.how.startswith(SERVED) for reading in readings.values()) >= len(readings) - 1
    for (_, story), reading in readings.items():
        assert reading.body.split("\n\n") == prose(story)


@pytest.mark.parametrize("other", [blog, amp, live, live_inside])
def test_a_page_of_another_template_than_was_learned_keeps_its_whole_text(other):
    memory = taught(plain, range(1, 5))

    reading = read(other, 31, memory, prose(31, 14))

    assert [one for one in prose(31, 14) if one not in reading.body] == []


def test_an_amp_copy_is_no_other_story():
    canonical = "<link rel=canonical href=https://paper.example/1>"
    first = read(plain, 1).observation
    copy = read(amp, 1, url="https://paper.example/amp/1", head=canonical).observation

    assert first is not None
    assert copy is not None
    assert copy.story == first.story
    assert learn((first, copy, copy), 2) == []


def test_amp_pages_are_read_by_the_template_of_amp_pages():
    memory = (*taught(plain, (1, 2, 3)), *taught(amp, (5, 6)))

    reading = read(amp, 9, memory, url="https://paper.example/amp/9")

    assert reading.how.startswith(SERVED)
    assert reading.body.split("\n\n") == prose(9)


def test_a_video_with_a_line_of_text_in_the_container_of_stories_keeps_its_line():
    reading = read(video, 33, taught(plain, range(1, 5)))

    assert reading.body == prose(33)[0]


def test_teachers_behind_a_paywall_take_nothing_from_an_open_story():
    memory = taught(paywalled, range(1, 6))

    reading = read(plain, 41, memory, prose(41, 20))

    assert reading.body.split("\n\n") == prose(41, 20)


def test_a_story_behind_a_paywall_has_the_text_that_it_shows():
    memory = taught(plain, range(1, 6))

    assert read(paywalled, 43, memory).body.split("\n\n")[:2] == prose(43)[:2]


@pytest.mark.parametrize("place", ["first", "last"])
def test_a_lying_teacher_does_not_change_what_two_honest_ones_taught(place):
    memory = taught(plain, (1, 2, 3))
    shape = memory[0].shape
    assert shape is not None
    lie = Observation(
        777,
        shape=replace(
            shape,
            own=frozenset([*shape.own, 1, 2, 3]),
            around=frozenset([4, 5]),
            spots=tuple((spot, 0, 60_000) for spot, _, _ in shape.spots),
            outside=tuple(range(30)),
            regions=tuple(range(0, 128, 2)),
        ),
    )

    reading = read(plain, 9, (lie, *memory) if place == "first" else (*memory, lie))

    assert reading.how.startswith(SERVED)
    assert reading.body.split("\n\n") == prose(9)


def test_a_lying_teacher_of_another_container_draws_no_page_to_it():
    memory = taught(plain, (1, 2, 3))
    lie = Observation(777, shape=Shape("div", frozenset({1}), frozenset({2}), ((5, 60_000, 0),)))

    assert len(learn((*memory, lie), 9)) == 1
    assert read(plain, 9, (*memory, lie)).body.split("\n\n") == prose(9)


def test_a_table_between_the_paragraphs_stays_though_no_story_had_one():
    def tabled(story: int, paragraphs: list[str]) -> str:
        rows = "".join(f"<tr><td>Stall {at}</td><td>{at * story} lanterns</td></tr>" for at in range(1, 6))
        return plain(story, paragraphs).replace("</p>", f"</p><table>{rows}</table>", 1)

    reading = read(tabled, 9, taught(plain, (1, 2, 3)))

    assert reading.how.startswith(SERVED)
    assert "Stall 5" in reading.body
    assert sentence(900) in reading.body
