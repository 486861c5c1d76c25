"""The addresses that a page declares: its own, and that of its lead image."""

from __future__ import annotations

import pytest
from lxml.html import fromstring

from newscrawl.extraction.declarations.declared import Declared
from newscrawl.extraction.learned.memory import line_hash
from newscrawl.extraction.metadata.headline_place import find_headline
from newscrawl.extraction.metadata.image import choose_image
from newscrawl.extraction.tree.nodes import nodes_of

URL = "https://www.gazette.example/2026/05/05/ferry"


@pytest.mark.parametrize(
    "href",
    [
        URL,
        "/2026/05/05/ferry",
        "https://www.gazette.example" + URL,
        "http://www.gazette.example" + URL,
        "https://www.gazette.example/" + URL,
        "www.gazette.example/2026/05/05/ferry",
        "https://www.gazette.example/www.gazette.example/2026/05/05/ferry",
        "//www.gazette.example//www.gazette.example/2026/05/05/ferry",
    ],
)
def test_a_canonical_url_names_its_host_once(href):
    tree = fromstring(f'<html><head><link rel="canonical" href="{href}"></head></html>')

    assert Declared(tree, URL).canonical().value == URL


@pytest.mark.parametrize("href", ["https://other.example/ferry", "https://archive.example/web/http://b.example/x"])
def test_a_canonical_url_elsewhere_stays(href):
    tree = fromstring(f'<html><head><link rel="canonical" href="{href}"></head></html>')

    assert Declared(tree, URL).canonical().value == href


FERRY = "https://cdn.gazette.example/2026/05/ferry-1200.jpg"


def image_of(declared, repeated=()):
    head = f'<meta property="og:image" content="{declared}">'
    body = f'<a href="/"><img src="/logo.png"></a><h1>The ferry</h1><img src="/ad.gif" width="120"><img src="{FERRY}">'
    tree = fromstring(f"<html><head>{head}</head><body>{body}</body></html>")
    return choose_image(
        find_headline(nodes_of(tree), "The ferry"), Declared(tree, URL), {line_hash(one) for one in repeated}
    ).value


@pytest.mark.parametrize(
    "stand_in",
    [
        "/static/img/default-social-share.png", "/uploads/placeholder.jpg", "/assets/logo.png",
        "/images/site-logo_600.jpg",         "/img/no-image.jpg", "/theme/og-default.png", "https://www.gazette.example/",
        "/share/fallback_1200x630.jpg",
        "/noimage.png", "/img/logo.svg",
    ],
)  # fmt: skip
def test_a_stand_in_gives_way_to_the_image_that_readers_see(stand_in):
    assert image_of(stand_in) == FERRY


@pytest.mark.parametrize("own", ["/2026/a-day-without-default.jpg", "/p/logging-in-the-woods.jpg", "/p/blanket.jpg"])
def test_a_picture_with_a_like_name_stays(own):
    assert image_of(own) == "https://www.gazette.example" + own


def test_a_picture_that_other_stories_declare_too_is_a_stand_in():
    assert image_of("https://cdn.gazette.example/card.jpg", ["https://cdn.gazette.example/card.jpg"]) == FERRY


def test_without_any_other_picture_there_is_none():
    tree = fromstring('<html><head><meta property="og:image" content="/logo.png"></head><body><h1>x</h1></body></html>')

    assert choose_image(find_headline(nodes_of(tree), ""), Declared(tree, URL)).value is None


@pytest.mark.parametrize(
    "href", ["/", "https://gazette.example", "undefined", "/null", "{{ url }}", "http://localhost:3000/a"]
)
def test_a_canonical_url_that_a_template_did_not_fill_in_is_none(href):
    tree = fromstring(f'<html><head><link rel="canonical" href="{href}"></head></html>')

    assert Declared(tree, "https://gazette.example/2026/05/05/ferry").canonical().value is None


def test_a_canonical_url_that_is_the_front_page_gives_way():
    own = "https://gazette.example/2026/05/05/ferry"
    head = f'<link rel="canonical" href="/"><meta property="og:url" content="{own}">'
    tree = fromstring(f"<html><head>{head}</head></html>")

    assert Declared(tree, own).canonical().value == own
