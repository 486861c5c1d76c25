"""The steps of writing, by name: where the tests kill a process."""

from __future__ import annotations

from collections.abc import Callable

Step = Callable[[str], None]
"""Called with the name of each step that is done."""


def no_step(_name: str) -> None:
    """Do nothing: what every run but a test's calls after a step."""
