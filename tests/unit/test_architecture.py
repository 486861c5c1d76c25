"""Who may import whom, held by reading the imports."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODULES = sorted([*ROOT.glob("newscrawl/**/*.py"), *ROOT.glob("pipelines/*.py")])
PURE = tuple(
    f"newscrawl/{room}/"
    for room in ("dates", "discovery", "extraction", "html", "phrases", "similarity", "text", "urls")
)
IMPURE_IMPORTS = {
    "scrapy",
    "twisted",
    "sqlalchemy",
    "socket",
    "urllib.request",
    "time",
    "random",
    "os",
    "pathlib",
    "asyncio",
}
CLOCKS = {"now", "today", "utcnow"}
LONGEST = 300


def imports(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", [p for p in MODULES if name(p).startswith("newscrawl/")], ids=name)
def test_newscrawl_never_imports_the_pipelines(path):
    assert not {module for module in imports(path) if module.split(".")[0] == "pipelines"}


@pytest.mark.parametrize("path", [p for p in MODULES if name(p).startswith(PURE)], ids=name)
def test_pure_modules_know_no_scrapy_no_clock_no_disk_and_no_network(path):
    found = imports(path)
    calls = {
        node.func.attr
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }

    assert not {module for module in found if module.split(".")[0] in IMPURE_IMPORTS or module in IMPURE_IMPORTS}
    assert not calls & CLOCKS
    assert not [
        node
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "open"
    ]


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_modules_stay_short(path):
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST


def test_every_pipeline_of_the_settings_is_a_module_of_its_own():
    from newscrawl import settings

    modules = {entry.rsplit(".", 2)[1] for entry in settings.ITEM_PIPELINES}

    assert modules == {path.stem for path in (ROOT / "pipelines").glob("*.py")} - {"__init__"}
