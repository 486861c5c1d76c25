"""The lead image is the story's own, not what a site shows for want of one."""

from __future__ import annotations

import pytest
from lxml.html import fromstring

from newscrawl.extraction.declarations.declared import Declared
from newscrawl.extraction.metadata.headline_place import find_headline
from newscrawl.extraction.metadata.image import choose_image
from newscrawl.extraction.tree.nodes import nodes_of

URL = "https://port.example/2026/11/03/story"
BRIDGE = "https://cdn.port.example/2026/11/bridge.jpg"


def image(head: str, body: str = "") -> str | None:
    tree = fromstring(f"<html><head>{head}</head><body><h1>The bridge</h1>{body}<p>Text</p></body></html>")
    value: str | None = choose_image(find_headline(nodes_of(tree), ""), Declared(tree, URL)).value
    return value


@pytest.mark.parametrize(
    "name",
    [
        "img/share.jpg", "images/facebook-share.png", "theme/social.png", "opengraph_default.png", "og-image.jpg",
        "img/port-news-logo-1200x630.png", "apple-touch-icon.png", "img/generic.jpg", "img/fb_share_image.jpg",
    ],
)  # fmt: skip
def test_a_sites_picture_for_sharing_gives_way_to_the_storys(name: str) -> None:
    shown = f'<img src="{BRIDGE}" width="900">'

    assert image(f'<meta property="og:image" content="https://port.example/{name}">', shown) == BRIDGE


@pytest.mark.parametrize("name", ["2026/11/social-housing.jpg", "2026/11/sharing-a-bike.jpg", "2026/twitter-boss.jpg"])
def test_a_storys_picture_of_such_a_name_stays(name: str) -> None:
    url = f"https://port.example/{name}"

    assert image(f'<meta property="og:image" content="{url}">', f'<img src="{BRIDGE}">') == url


@pytest.mark.parametrize(
    "shown",
    [
        f'<img src="data:image/gif;base64,R0" data-src="{BRIDGE}">',
        f'<img src="/blank.gif" data-lazy-src="{BRIDGE}">',
        f'<img data-srcset="https://cdn.port.example/s.jpg 300w, {BRIDGE} 900w">',
        f'<picture><source srcset="{BRIDGE}"><img src="/placeholder.svg"></picture>',
        f'<img src="/face-40x40.jpg"><img src="{BRIDGE}">',
    ],
)
def test_a_picture_that_a_script_puts_in_its_place_is_found(shown: str) -> None:
    assert image('<meta property="og:image" content="/logo.png">', shown) == BRIDGE
