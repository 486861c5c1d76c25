"""What the pages of a site teach of its template: pure functions over made-up sites of several templates."""

from __future__ import annotations

from dataclasses import replace
from time import process_time

import pytest

from newscrawl.extraction import Observation, Page
from newscrawl.extraction.learned.shape import Shape, shape_of
from newscrawl.extraction.learned.template import CHECK_EVERY, WINDOW, is_checked, learn
from newscrawl.extraction.reading import Reading, read_page
from newscrawl.extraction.text.blocks import blocks_of
from newscrawl.html.parse import parse
from tests.made_sites import NOW, SERVED, plain, prose, read, sentence, taught

BOX = (
    "Readers of this paper get the weekend edition delivered to their door, with the puzzles and the long reads inside."
)


def builder(story: int, paragraphs: list[str]) -> str:
    text = "".join(f"<div class=widget><div class=widget-inner><p>{one}</p></div></div>" for one in paragraphs)
    return f"<main><h1>Story {story}</h1><section class='column column-{story}'>{text}</section></main>"


def with_box(story: int, paragraphs: list[str]) -> str:
    text = "".join(f"<p>{one}</p>" for one in paragraphs)
    return (
        f"<div class=page><h1>Story {story}</h1><div class=copy>{text}<div class=offer><p>{BOX}</p></div></div></div>"
    )


def breaks(story: int, paragraphs: list[str]) -> str:
    text = f"<h1>Story {story}</h1>{'<br><br>'.join(paragraphs)}"
    return f"<table class=frame><tr><td class=maintext>{text}</td></tr></table>"


TEMPLATES = [plain, builder, with_box, breaks]


@pytest.mark.parametrize("template", TEMPLATES)
def test_two_pages_of_a_site_are_enough_to_read_its_next_ones_by_its_template(template):
    memory = taught(template, range(1, 4))

    readings = [read(template, story, memory) for story in range(4, 10)]

    served = [reading for reading in readings if reading.how.startswith(SERVED)]
    assert len(served) >= len(readings) - 1  # one may be due for a check
    for reading, story in zip(readings, range(4, 10), strict=True):
        assert reading.body.split("\n\n")[:8] == prose(story)


def test_one_page_teaches_no_template():
    memory = taught(plain, range(1, 2))

    assert learn(memory, 0) == []
    assert not read(plain, 2, memory).how.startswith(SERVED)


def test_a_story_teaches_nothing_about_itself():
    memory = taught(plain, range(1, 3))

    assert learn(memory, memory[0].story) == []


def test_a_redesign_is_read_the_generic_way_twice_and_by_its_own_template_from_then_on():
    memory = taught(plain, range(1, 9))

    hows = []
    for story in range(20, 26):
        reading = read(builder, story, memory)
        assert reading.body.split("\n\n") == prose(story)
        hows.append(reading.how.startswith(SERVED))
        memory = (*memory, reading.observation)

    assert hows[:2] == [False, False]
    assert sum(hows[2:]) >= 3


def test_a_hostile_page_among_the_teachers_changes_nothing():
    memory = taught(with_box, range(1, 4))
    story = 9
    honest = learn(memory, story)
    (template,) = honest
    lies = Shape(
        template.tag,
        frozenset(template.own),
        frozenset(template.around),
        tuple((spot, 0, 5000) if own else (spot, 5000, 0) for spot, own in template.spots.items()),
    )

    (fooled,) = learn((*memory, Observation(77, shape=lies)), story)

    assert fooled.spots == template.spots
    assert read(with_box, story, (*memory, Observation(77, shape=lies))).body == read(with_box, story, memory).body


def test_a_page_whose_text_stands_elsewhere_than_before_is_read_the_generic_way():
    memory = taught(plain, range(1, 4))

    def other(story: int, paragraphs: list[str]) -> str:
        return (
            plain(story, paragraphs)
            .replace("<p>", "<section class=chapter><blockquote class=new>")
            .replace("</p>", "</blockquote></section>")
        )

    reading = read(other, 30, memory)

    assert "not by the site's template" in reading.how
    assert reading.body.split("\n\n") == prose(30)


def test_a_template_that_would_drop_much_of_a_page_is_not_used():
    memory = taught(with_box, range(1, 4))
    (template,) = learn(memory, 0)
    nothing = Shape(template.tag, frozenset(template.own), spots=tuple((spot, 0, 900) for spot in template.spots))
    wrong = tuple(replace(one, shape=nothing) for one in memory)

    reading = read(with_box, 9, wrong)

    assert "would be dropped" in reading.how
    assert reading.body.split("\n\n")[:8] == prose(9)


def test_a_paragraph_of_a_new_look_stays_where_the_rest_is_known():
    memory = taught(plain, range(1, 4))
    text = prose(11, 12)

    reading = read(lambda story, all_: plain(story, all_).replace("<p>", "<p class=lead>", 1), 11, memory, text)

    assert reading.body.split("\n\n") == text


def test_one_page_in_twenty_is_read_the_generic_way_all_the_same():
    assert [story for story in range(3 * CHECK_EVERY) if is_checked(story)] == [0, CHECK_EVERY, 2 * CHECK_EVERY]


def test_only_the_newest_pages_teach():
    memory = tuple(
        Observation(story, shape=Shape("div" if story < 3 else "section", frozenset({7}), spots=((5, 9, 0),)))
        for story in range(1, 3 + WINDOW)
    )

    assert [one.tag for one in learn(memory, 0)] == ["section"]


def test_without_learning_a_page_is_read_the_generic_way_and_teaches_nothing():
    memory = taught(plain, range(1, 4))
    html = f"<html><body>{plain(5, prose(5))}</body></html>".encode()

    reading = read_page(Page(html, fetched_at=NOW, learn=False), "https://paper.example/5", memory)

    assert isinstance(reading, Reading)
    assert reading.how == "quick"
    assert reading.observation is not None
    assert reading.observation.shape is None


def test_a_shape_is_kept_with_its_observation():
    observation = taught(plain, range(1, 2))[0]

    assert observation.shape is not None
    assert Observation.from_bytes(observation.to_bytes()) == observation


def test_a_torn_shape_is_no_observation():
    data = Observation(1, (), Shape("div", spots=((1, 2, 3),))).to_bytes()

    with pytest.raises(ValueError, match="not an observation"):
        Observation.from_bytes(data[:-3])


def test_a_quotation_stays_on_a_site_that_had_none_before():
    def posting(story: int, paragraphs: list[str]) -> str:
        post = f"<blockquote class=twitter-tweet><p>{sentence(7000 + story)}</p></blockquote>"
        return plain(story, paragraphs).replace("</p>", f"</p>{post}", 1)

    reading = read(posting, 8, taught(plain, range(1, 4)), prose(8, 16))

    assert reading.how.startswith(SERVED)
    assert sentence(7008) in reading.body


def test_a_quotation_stays_though_those_of_earlier_stories_were_left_out():
    def quoting(story: int, paragraphs: list[str]) -> str:
        return plain(story, paragraphs).replace("</p>", f"</p><blockquote>{sentence(7000 + story)}</blockquote>", 1)

    memory = taught(quoting, range(1, 4))
    quotes = {spot for one in memory if one.shape for spot, own, _ in one.shape.spots if own and own < 150}
    left = tuple(
        replace(
            one,
            shape=replace(
                one.shape,
                spots=tuple((s, 0, own) if s in quotes else (s, own, other) for s, own, other in one.shape.spots),
            ),
        )
        for one in memory
        if one.shape is not None
    )

    reading = read(quoting, 8, left)

    assert reading.how.startswith(SERVED)
    assert sentence(7008) in reading.body


def test_the_shape_of_a_deep_page_costs_no_more_than_its_elements():
    deep = "<div>" * 1500 + "".join(f"<p>{one}</p>" for one in prose(1, 400)) + "</div>" * 1500
    tree = parse(f"<html><body><div class=text>{deep}</div></body></html>")
    assert tree is not None
    blocks = blocks_of(tree)

    started = process_time()
    shape = shape_of(blocks, [block.line for block in blocks])

    assert shape is not None
    assert process_time() - started < 0.5  # walking up from each paragraph took 2.3


def test_classes_that_tell_a_page_or_its_section_do_not_tell_its_template():
    def themed(story: int, paragraphs: list[str]) -> str:
        text = "".join(f"<p class=made-by-script-{'abc'[story % 3]}>{one}</p>" for one in paragraphs)
        section, names = ("sport", "world", "arts")[story % 3], ("Ada", "Bo", "Cy", "Di")[story % 4]
        return (
            f"<article class='post channel-{section} person-{names}'><h1>Story {story}</h1>"
            f"<div class='entry-content mood-{names}'>{text}</div></article>"
        )

    memory = taught(themed, range(1, 4))

    readings = [read(themed, story, memory) for story in range(4, 10)]

    assert sum(reading.how.startswith(SERVED) for reading in readings) >= len(readings) - 1
    assert [reading.body.split("\n\n") for reading in readings] == [prose(story) for story in range(4, 10)]


def test_two_containers_of_the_same_names_are_told_apart_by_what_is_around_them():
    def with_teaser(story: int, paragraphs: list[str]) -> str:
        return plain(story, paragraphs) + "<div class=teaser><div class=story-text><p>Also today</p></div></div>"

    memory = taught(plain, range(1, 4))

    reading = read(with_teaser, 9, memory)

    assert reading.how.startswith(SERVED)
    assert reading.body.split("\n\n") == prose(9)


def test_a_text_that_goes_on_outside_the_container_is_read_the_generic_way():
    def parted(story: int, paragraphs: list[str]) -> str:
        rest = "".join(f"<p>{one}</p>" for one in paragraphs[5:])
        return plain(story, paragraphs[:5]).replace("</article>", f"<div class=second>{rest}</div></article>")

    reading = read(parted, 9, taught(plain, range(1, 4)))

    assert "stand where no earlier story had any" in reading.how
    assert reading.body.split("\n\n") == prose(9)


def with_links(story: int, paragraphs: list[str], each: int) -> str:
    """Return a page whose blocks below the text have a linked heading, *each* some paragraphs, and names of its own."""
    blocks = "".join(
        f"<div class=look{story}-{at}><h3><a href=/other/{at}>Another headline of day {at}</a></h3>"
        f"{''.join(f'<p>{sentence(9000 + story * 50 + at * 5 + place)}</p>' for place in range(each))}</div>"
        for at in range(5)
    )
    return plain(story, paragraphs) + f"<div class=more>{blocks}</div>"


def test_teasers_cast_no_doubt_whatever_their_blocks_are_called():
    reading = read(lambda story, text: with_links(story, text, 1), 9, taught(plain, range(1, 4)))

    assert reading.how.startswith(SERVED)
    assert reading.body.split("\n\n") == prose(9)


def test_posts_of_several_paragraphs_below_linked_headings_cast_doubt():
    reading = read(lambda story, text: with_links(story, text, 3), 9, taught(plain, range(1, 4)))

    assert "stand where no earlier story had any" in reading.how


def test_prose_that_earlier_stories_had_beside_their_text_casts_no_doubt():
    def commented(story: int, paragraphs: list[str]) -> str:
        said = "".join(f"<div class=reader-voice><p>{sentence(9000 + story * 10 + at)}</p></div>" for at in range(3))
        return plain(story, paragraphs) + f"<div class=voices>{said}</div>"

    memory = taught(commented, range(1, 4))

    reading = read(commented, 9, memory)

    assert reading.how.startswith(SERVED)
    assert reading.body.split("\n\n") == prose(9)
