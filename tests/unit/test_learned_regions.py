"""Regions of a site beside its text: what pages teach of them, and which the fields of a page are found without."""

from __future__ import annotations

from datetime import UTC, datetime

from lxml.html import tostring

from newscrawl.extraction import Observation, Page
from newscrawl.extraction.learned.regions import remove_regions
from newscrawl.extraction.learned.template import container_of, learn
from newscrawl.extraction.reading import Reading, read_page
from newscrawl.extraction.tree.changes import Changes
from newscrawl.html.parse import parse

NOW = datetime(2026, 6, 1, tzinfo=UTC)
SERVED = "the site's template, as"
MENU = "".join(f"<li><a href=/section-{at}>Section {at}</a></li>" for at in range(12))
NEXT = "<ul class=list><li><a href=/bridge-closed-to-lorries-{0}>The bridge is closed to lorries for the winter {0}</a>"


def text(story: int) -> list[str]:
    return [
        f"On day {story} of the fair, stall {story * part} sold its last lantern before noon, and the baker next to it "
        f"told everyone who asked that {part} more would come by ferry on the morning of day {story + part}."
        for part in range(2, 9)
    ]


def page(story: int, *, side: str = "<h3>Offices</h3><p>Harbour street 1", below: str = "", by: str = "") -> str:
    prose = "".join(f"<p>{one}</p>" for one in text(story))
    return (
        f"<html><head><title>Fair, day {story}</title>"
        f"<meta property=article:published_time content=2026-05-{story:02}T10:00:00Z></head><body>"
        f"<header class=masthead><ul>{MENU}</ul></header>"
        f"<article class=story><h1>Fair, day {story}</h1><div class=signed>{by}</div>"
        f"<div class=copy>{prose}</div></article>"
        f"<div class=side><div><ul>{MENU}</ul>{side}</div></div><div class=below><div>{below}</div></div>"
        f"<footer class=imprint><ul>{MENU}</ul></footer></body></html>"
    )


def read(html: str, story: int, memory: tuple[Observation, ...] = ()) -> Reading:
    reading = read_page(Page(html.encode(), fetched_at=NOW), f"https://paper.example/fair-{story}", memory)
    assert isinstance(reading, Reading)
    return reading


def taught(*pages: str) -> tuple[Observation, ...]:
    """Return what *pages* of a site that was met before teach."""
    met = (Observation(99),)
    found = tuple(read(html, story, met).observation for story, html in enumerate(pages, 1))
    return tuple(observation for observation in found if observation is not None)


def left_of(html: str, memory: tuple[Observation, ...]) -> str:
    """Return the page without the regions that its site taught to leave out."""
    tree = parse(html)
    assert tree is not None
    (template,) = learn(memory, 0)
    shape = memory[0].shape
    assert shape is not None
    container = container_of(tree, shape)
    assert container is not None
    remove_regions(tree, container, template.dead, template.live, Changes())
    return tostring(tree, encoding="unicode")


def test_regions_in_which_two_other_stories_had_nothing_are_left_out():
    left = left_of(page(9), taught(page(1), page(2)))

    assert "Section" not in left
    assert "Harbour street" not in left
    assert text(9)[-1] in left


def test_the_first_story_of_a_site_teaches_no_regions():
    first = read(page(1), 1).observation

    assert first is not None
    assert first.shape is not None
    assert not first.shape.regions


def test_one_story_leaves_nothing_out():
    first, second = page(1), page(2).replace("class=side", "class=edge").replace("class=masthead", "class=top")

    left = left_of(page(9), taught(first, second))

    assert "Harbour street" in left


def test_a_region_that_gave_any_story_a_field_stays():
    with_links = page(3, below=f"<h3>Related articles</h3>{NEXT.format(3)}{NEXT.format(4)}")

    memory = taught(page(1, below=MENU), page(2, below=MENU), with_links)

    assert read(with_links, 3).related
    assert "class=below" in left_of(page(9, below=MENU), memory).replace('"', "")


def test_a_region_with_a_heading_of_related_stories_is_searched_though_no_other_story_had_any_there():
    memory = taught(page(1), page(2), page(3))
    side = f"<h3>Related articles</h3>{NEXT.format(3)}{NEXT.format(4)}"

    reading = read(page(9, side=side), 9, memory)

    assert reading.how.startswith(SERVED)
    assert [link.title for link in reading.related] == [
        "The bridge is closed to lorries for the winter 3",
        "The bridge is closed to lorries for the winter 4",
    ]


def test_the_fields_of_a_page_without_its_dead_regions_are_those_of_the_whole_page():
    pages = [page(story, by=f"By Ada Marsh, day {story}", below=NEXT.format(story)) for story in (1, 2, 3, 9)]
    memory = taught(*pages[:3])

    learned = read(pages[3], 9, memory)
    whole = read_page(Page(pages[3].encode(), fetched_at=NOW, learn=False), "https://paper.example/fair-9", memory)

    assert learned.how.startswith(SERVED)
    assert isinstance(whole, Reading)
    values = [{name: choice.value for name, choice in one.choices.items()} for one in (learned, whole)]
    assert values[0] == values[1]
    assert values[0]["authors"] == ["Ada Marsh"]
    assert learned.related == whole.related


def test_a_page_that_is_read_by_its_template_passes_its_regions_on():
    memory = taught(page(1), page(2), page(3))

    shape = read(page(9), 9, memory).observation.shape

    assert learn((*memory[2:], Observation(77, shape=shape)), 0)[0].dead == learn(memory, 0)[0].dead


def test_what_was_left_out_is_put_back_where_it_stood():
    memory = taught(page(1), page(2))
    tree = parse(page(9))
    before = tostring(tree)
    (template,) = learn(memory, 0)

    changes = Changes()
    remove_regions(tree, container_of(tree, memory[0].shape), template.dead, template.live, changes)
    assert tostring(tree) != before
    changes.undo()

    assert tostring(tree) == before


def test_a_page_whose_date_is_only_shown_teaches_no_regions():
    undated = page(1).replace("property=article:published_time", "name=nothing")

    (observation,) = taught(undated)

    assert observation.shape is not None
    assert observation.shape.regions == ()


def test_a_link_that_is_no_address_does_not_keep_a_page_from_teaching():
    broken = page(3, side="<p><a href='https://[privacy]/choices'>Privacy</a>", below=NEXT.format(3))

    assert read(broken, 3).observation.shape.regions == read(page(3, below=NEXT.format(3)), 3).observation.shape.regions
