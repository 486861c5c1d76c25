"""The S3-compatible server that several files of acceptance tests write to."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.objects import ObjectStore


@pytest.fixture(scope="session")
def object_store() -> Iterator[ObjectStore]:
    """The server of this test process; where moto or s3fs is missing, the test is skipped."""
    store = ObjectStore()
    yield store
    store.close()


@pytest.fixture
def bucket(object_store: ObjectStore) -> ObjectStore:
    """The server with an empty bucket."""
    object_store.empty()
    return object_store
