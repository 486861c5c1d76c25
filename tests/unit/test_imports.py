"""No part of the project imports another that imports it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.imports import by_package, circles, import_graph, modules_of

ROOT = Path(__file__).parents[2]
GRAPH = import_graph(modules_of(ROOT, "newscrawl", "pipelines"))

EXCEPTIONS = {
    # A download handler waits for the Retry-After of its crawler's middleware, which Scrapy gives by its class only.
    ("newscrawl.downloads", "newscrawl.middlewares"),
    # `scrapy sources add` looks at a site with a spider of its own, which `scrapy list` must not name.
    ("newscrawl.sources", "newscrawl.spiders"),
}
"""Imports between packages that close a circle, each with its reason."""


def test_no_module_imports_one_that_imports_it():
    assert circles(GRAPH) == []


def test_no_package_imports_one_that_imports_it():
    packages = by_package({module: targets - {"newscrawl"} for module, targets in GRAPH.items()})
    kept = {
        package: frozenset(target for target in targets if (package, target) not in EXCEPTIONS)
        for package, targets in packages.items()
    }

    assert circles(kept) == []
    assert {(package, target) for package, targets in packages.items() for target in targets} >= EXCEPTIONS


@pytest.mark.parametrize("room", ["extraction", "discovery", "store", "similarity"])
def test_no_package_within_one_imports_another_that_imports_it(room):
    inside = {name: targets for name, targets in GRAPH.items() if name.startswith(f"newscrawl.{room}.")}
    packages = by_package(inside, depth=3)

    assert circles({name: frozenset(targets & packages.keys()) for name, targets in packages.items()}) == []
