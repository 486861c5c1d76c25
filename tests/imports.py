"""The graph of the project's imports, read from its source."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

Graph = Mapping[str, frozenset[str]]
"""Of each module or package: what it imports."""


def modules_of(root: Path, *packages: str) -> dict[str, Path]:
    """Return the modules below *packages*, as ``package.module``, with their files."""
    paths = (path for package in packages for path in sorted(root.glob(f"{package}/**/*.py")))
    return {".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__"): path for path in paths}


def import_graph(modules: Mapping[str, Path]) -> Graph:
    """Return what each of *modules* imports of the others, in functions too, but not for type hints alone."""
    return {
        name: frozenset(found for target in imports(path) if (found := _module(target, modules)) and found != name)
        for name, path in modules.items()
    }


def imports(path: Path) -> Iterator[str]:
    """Yield what a file imports when it is loaded or runs, as ``module`` or ``module.name``."""
    tree = ast.parse(path.read_text("utf-8"))
    skipped = {id(node) for branch in ast.walk(tree) if _is_for_types(branch) for node in ast.walk(branch)}
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def by_package(graph: Graph, depth: int = 2) -> Graph:
    """Return *graph* between packages and modules of *depth* names, such as ``newscrawl.store``."""
    packages: dict[str, set[str]] = {}
    for module, targets in graph.items():
        package = ".".join(module.split(".")[:depth])
        found = packages.setdefault(package, set())
        found |= {".".join(target.split(".")[:depth]) for target in targets} - {package}
    return {package: frozenset(targets) for package, targets in packages.items()}


def circles(graph: Graph) -> list[set[str]]:
    """Return the groups whose members import each other, directly or through others."""
    reach = {name: _reachable(name, graph) for name in graph}
    groups = [{other for other in reach[name] if name in reach[other]} for name in graph if name in reach[name]]
    return [group for index, group in enumerate(groups) if group not in groups[:index]]


def _reachable(start: str, graph: Graph) -> set[str]:
    found: set[str] = set()
    waiting = list(graph[start])
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += graph.get(name, ())
    return found


def _is_for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def _module(target: str, modules: Mapping[str, Path]) -> str:
    """Return the module that *target*, a module or a name in one, belongs to; empty for other people's."""
    while target and target not in modules:
        target = target.rpartition(".")[0]
    return target
