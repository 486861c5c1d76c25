"""Killed crawls repeat and lose no version; ``python -m tests.kill.versions --kills 30`` is the long form."""

from __future__ import annotations

from tests.kill.versions import run


def test_a_true_change_is_one_version_and_a_cosmetic_one_none_though_a_crawl_is_killed(tmp_path):
    result = run(1, tmp_path, stories=8)

    assert result == {"expected": 10, "written": 10, "wrong": [], "kills": 1}
