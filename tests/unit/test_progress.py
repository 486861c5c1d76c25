"""The live lines of a crawl, as text."""

from __future__ import annotations

import pytest
from scrapy.statscollectors import MemoryStatsCollector
from scrapy.utils.test import get_crawler

from newscrawl.extensions.progress import line, source_lines, torn_rows


@pytest.mark.parametrize(("width", "rows"), [(120, 0), (100, 0), (80, 1), (50, 1), (40, 2), (30, 2), (20, 5), (0, 0)])
def test_on_a_narrower_terminal_the_rows_of_torn_lines_are_counted(width, rows):
    assert torn_rows(["x" * 90, "", "x" * 30], 100, width) == rows


def test_the_line_says_how_long_the_rest_takes_and_each_source_what_it_has():
    figures = {
        "a.example": {"discovered": 9, "written": 2, "pending": 7},
        "b.example": {"discovered": 30, "pending": 30},
    }
    stats = MemoryStatsCollector(get_crawler())
    stats.set_value("response_received_count", 20)

    assert line(figures, stats, 40.0) == "found 39  fetched 20  new 2  pending 37  0.5/s  74 s left"
    assert source_lines(figures) == ["  b.example  new 0  pending 30", "  a.example  new 2  pending 7"]
    assert source_lines({"a.example": figures["a.example"]}) == []
