"""What a run remembers of its URLs is bounded."""

from __future__ import annotations

from newscrawl.store.recent_hashes import RecentHashes


def test_the_latest_hashes_are_known() -> None:
    met = RecentHashes(100)
    met.update(range(1000))
    assert all(value in met for value in range(900, 1000))


def test_what_is_remembered_does_not_grow_with_the_run() -> None:
    met = RecentHashes(100)
    met.update(range(100_000))
    assert len(met) < 200
    assert 0 not in met


def test_a_set_without_or_with_only_the_known_ones_is_a_plain_set() -> None:
    met = RecentHashes()
    met.update([1, 2])
    assert {1, 2, 3} - met == {3}
    assert {1, 3} & met == {1}
    assert type({1, 3} - met) is set
