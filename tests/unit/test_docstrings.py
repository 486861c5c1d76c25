"""Public functions, methods and classes say in a sentence what they do."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODULES = sorted([*ROOT.glob("newscrawl/**/*.py"), *ROOT.glob("pipelines/*.py")])
SCRAPY = {
    *"from_crawler process_request process_response process_exception process_item process_spider_output".split(),
    *"process_options add_options syntax short_desc long_desc run start".split(),
    *"spider_opened spider_closed open_spider close_spider".split(),
}
"""Methods that Scrapy names and explains."""

SHARE = 0.98
"""Of public functions, methods and classes."""

DONE = ("configuration.py", "process.py", "downloads/", "workers/", "sample/", "extensions/workers.py")
"""What may have no exception, under ``newscrawl/``."""

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def public(node: ast.AST) -> Iterator[Definition]:
    """Yield the public functions and classes of a module, and the methods of the classes."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            if not child.name.startswith("_") and child.name not in SCRAPY:
                yield child
        elif isinstance(child, ast.ClassDef) and not child.name.startswith("_"):
            yield child
            yield from public(child)


def definitions(path: Path) -> list[Definition]:
    return list(public(ast.parse(path.read_text("utf-8"))))


def test_public_functions_and_classes_have_a_docstring():
    every = [(path, found) for path in MODULES for found in definitions(path)]
    without = [f"{path.relative_to(ROOT)}: {found.name}" for path, found in every if not ast.get_docstring(found)]

    assert 1 - len(without) / len(every) >= SHARE, without


@pytest.mark.parametrize("room", DONE)
def test_a_room_that_is_done_stays_so(room):
    paths = [path for path in MODULES if path.relative_to(ROOT).as_posix().startswith(f"newscrawl/{room}")]

    assert paths
    assert not [f"{path.name}: {f.name}" for path in paths for f in definitions(path) if not ast.get_docstring(f)]
