"""Nothing of ours keeps the event loop from its downloads, however much a document names."""

from __future__ import annotations

from tests.benchmarks.loop import measured

MOST_MS = 250  # of processor time; 50 where it was measured, 1,100 where the keys of URLs were made on the loop


def test_a_large_sitemap_and_a_large_feed_leave_the_loop_to_the_downloads():
    longest = measured(sitemap_entries=50_000, feed_entries=5_000, pages=5)

    assert longest
    assert longest[0][0] < MOST_MS, longest
