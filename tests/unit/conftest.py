"""Unit tests measure processor time: the collector, which looks at what earlier tests left, waits for their ends."""

from __future__ import annotations

import gc
from collections.abc import Generator

import pytest


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> Generator[None, None, None]:
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
