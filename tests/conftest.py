import os
from collections.abc import Iterator

import pytest

from tests.commands import WARM
from tests.site import Site


@pytest.fixture
def site() -> Iterator[Site]:
    """An empty web site on a free loopback port."""
    with Site() as site:
        yield site


@pytest.hookimpl(optionalhook=True)  # the mutation run goes without xdist
def pytest_xdist_auto_num_workers() -> int:
    """Return how many processes run the tests: one more for every two cores, since half of the tests wait."""
    return (os.cpu_count() or 1) * 3 // 2


def pytest_sessionfinish() -> None:
    WARM.close()
