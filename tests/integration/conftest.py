"""The engines that the store's tests run on."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import pytest

from newscrawl.store.output import liveness
from tests import postgres, storing

NUMBERS = count(1)
SQLITE_ONLY = "sqlite_only"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Server]:
    """A PostgreSQL of this test process; where there is none, the test is skipped, but in CI it fails."""
    if postgres.binaries() is None:
        sentence = "PostgreSQL 15 or later is not installed (apt install postgresql); its tests are left out"
        if postgres.is_required():
            pytest.fail(sentence)
        pytest.skip(sentence)
    with postgres.server() as server:
        yield server


@pytest.fixture
def postgres_url(postgres_server: postgres.Server) -> str:
    """The URL of an empty store."""
    return postgres_server.new_schema(f"t{next(NUMBERS)}")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run the tests of a module with ``BOTH_ENGINES`` on each, but those that are marked ``sqlite_only``.

    Those of a module with ``POSTGRES_ONLY`` run on PostgreSQL.
    """
    if getattr(metafunc.module, "POSTGRES_ONLY", False):
        metafunc.parametrize("engine", ["postgres"], indirect=True)
    if getattr(metafunc.module, "BOTH_ENGINES", False):
        single = metafunc.definition.get_closest_marker(SQLITE_ONLY)
        metafunc.parametrize("engine", ["sqlite"] if single else ["sqlite", "postgres"], indirect=True)


@pytest.fixture(autouse=True)
def engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The engine that ``tests.storing`` opens its stores on."""
    name = getattr(request, "param", "sqlite")
    if name == "postgres":
        monkeypatch.setattr(liveness, "GRACE_S", 0)
        storing.STORE_URL = request.getfixturevalue("postgres_url")
    yield name
    storing.STORE_URL = ""
