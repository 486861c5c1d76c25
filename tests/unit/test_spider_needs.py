"""What the news spider switches off of Scrapy, and what a person switches on again."""

from __future__ import annotations

import pytest
from scrapy.settings import Settings
from scrapy.utils.conf import build_component_list

from newscrawl.spiders.news import NewsSpider

DEPTH = "scrapy.spidermiddlewares.depth.DepthMiddleware"


def names(settings: Settings) -> set[str]:
    """Return the spider middlewares of a crawl with *settings*."""
    NewsSpider.update_settings(settings)
    components = build_component_list(settings.get_component_priority_dict_with_base("SPIDER_MIDDLEWARES"))
    return {one if isinstance(one, str) else f"{one.__module__}.{one.__name__}" for one in components}


def test_no_page_passes_what_minds_how_links_are_followed():
    assert not {DEPTH, "scrapy.spidermiddlewares.metacopy.MetaCopyDetectionMiddleware"} & names(Settings())


@pytest.mark.parametrize(
    "given",
    [
        pytest.param({"DEPTH_LIMIT": 2}, id="limit"),
        pytest.param({"DEPTH_PRIORITY": 1}, id="priority"),
        pytest.param({"SPIDER_MIDDLEWARES": {DEPTH: 900}}, id="named"),
    ],
)
def test_the_depth_is_counted_where_a_person_asks_for_it(given):
    assert DEPTH in names(Settings(given))
