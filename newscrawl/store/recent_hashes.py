"""The hashes that were met last: what a run remembers of its URLs must not grow with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set


class RecentHashes(Set[int]):
    """Holds the *size* hashes that were added last, and up to as many before them; the older ones are forgotten.

    >>> met = RecentHashes(2)
    >>> met.update([1, 2, 3, 4, 5])
    >>> 1 in met, 5 in met
    (False, True)
    """

    def __init__(self, size: int = 50_000) -> None:
        self.size = size
        self._latest: set[int] = set()
        self._before: set[int] = set()

    def add(self, value: int) -> None:
        """Remember *value*."""
        self._latest.add(value)
        if len(self._latest) >= self.size:
            self._latest, self._before = set(), self._latest

    def update(self, values: Iterable[int]) -> None:
        """Remember each of *values*."""
        for value in values:
            self.add(value)

    def __contains__(self, value: object) -> bool:
        return value in self._latest or value in self._before

    def __iter__(self) -> Iterator[int]:
        return iter(self._latest | self._before)

    def __len__(self) -> int:
        return len(self._latest | self._before)

    @classmethod
    def _from_iterable(cls, values: Iterable[int]) -> set[int]:  # type: ignore[override]
        return set(values)
