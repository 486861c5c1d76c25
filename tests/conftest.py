from collections.abc import Iterator

import pytest

from tests.commands import WARM
from tests.site import Site


@pytest.fixture
def site() -> Iterator[Site]:
    """An empty web site on a free loopback port."""
    with Site() as site:
        yield site


def pytest_sessionfinish() -> None:
    WARM.close()
