"""Changes one thing at a time in the code and sees whether a test fails: ``python -m tests.benchmarks.mutations urls``.

Prints the mutations that no test noticed, then a JSON line with the counts of each package. Nothing is written: each
mutation is made in a fork of this process, as the module is imported, so only tests that stay in one process (or fork)
can notice it. ``--most`` bounds the sample of each package, ``--seed`` chooses it; ``--only`` takes the mutations of
functions whose name has a word. A test run that takes ten times as long as without mutation counts as one that failed.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import copy
import importlib
import json
import os
import random
import resource
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
EXTRACTION = (
    "authors closing compared continuation dates deck extraction headline hidden jsonld kind learned missed pager"
    " paragraph prune quick related sharing shown site title trailer walls"
)
TESTS = {
    "urls": ["unit/test_urls*.py", "unit/test_continuation*.py", "unit/test_declared*.py", "unit/test_discovery_s*.py"],
    "similarity": ["unit/test_similarity*.py", "integration/test_stories*.py"],
    "store": ["integration/test_store_[!k]*.py", "integration/test_stories.py"],
    "extraction": [f"unit/test_{name}*.py" for name in EXTRACTION.split()],
}
"""The tests that should notice, by package."""

WARM = ("scrapy", "sqlalchemy", "trafilatura", "feedparser", "dateparser", "htmldate", "twisted.internet")
COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    **{ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq},
    **{ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is},
}
COUNTED: dict[type[ast.operator], type[ast.operator]] = {
    **{ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr},
}
SILENT = {"debug", "info", "warning", "log"}
"""Calls whose loss is no fault of the program."""


@dataclass(frozen=True)
class Mutation:
    """One change to one module."""

    module: str
    line: int
    function: str
    number: int
    """Which of the module's mutations it is."""

    change: str
    tree: ast.Module

    def __str__(self) -> str:
        return f"{self.module.replace('.', '/')}.py:{self.line} {self.function}: {self.change}"


def variants(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what may stand in *node*'s place."""
    if isinstance(node, ast.Compare):
        for position, operator in enumerate(node.ops):
            if type(operator) in COMPARED:
                changed = copy.deepcopy(node)
                changed.ops[position] = COMPARED[type(operator)]()
                yield changed
    elif isinstance(node, ast.BoolOp):
        changed_bool = copy.deepcopy(node)
        changed_bool.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        yield changed_bool
    elif isinstance(node, ast.BinOp) and type(node.op) in COUNTED and not isinstance(node.left, ast.Constant):
        changed_sum = copy.deepcopy(node)
        changed_sum.op = COUNTED[type(node.op)]()
        yield changed_sum
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield node.operand
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield ast.copy_location(ast.Constant(not node.value), node)
    elif isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        more = 1.5 * node.value if isinstance(node.value, float) and node.value else node.value + 1
        yield ast.copy_location(ast.Constant(more), node)
    elif isinstance(node, ast.Return) and node.value is not None and not isinstance(node.value, ast.Constant):
        yield ast.copy_location(ast.Return(ast.Constant(None)), node)
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call | ast.Await):
        name = getattr(getattr(node.value, "func", None), "attr", "")
        if name not in SILENT:
            yield ast.copy_location(ast.Pass(), node)


def mutations_of(module: str, path: Path) -> Iterator[Mutation]:
    """Yield all mutations of a module's functions."""
    source = ast.parse(path.read_text("utf-8"))
    number = 0
    for function in ast.walk(source):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        for parent in (node for statement in function.body for node in ast.walk(statement)):
            for field, value in ast.iter_fields(parent):
                if field in ("annotation", "returns"):
                    continue
                for position, child in enumerate(value if isinstance(value, list) else [value]):
                    for variant in variants(child) if isinstance(child, ast.AST) else ():
                        place = (parent, field, position if isinstance(value, list) else None)
                        yield changed(module, source, function.name, number, child, variant, place)
                        number += 1


def changed(
    module: str,
    source: ast.Module,
    function: str,
    number: int,
    old: ast.AST,
    new: ast.AST,
    place: tuple[ast.AST, str, int | None],
) -> Mutation:
    """Return the mutation that has *new* in the place of *old*; *source* is as it was."""
    parent, field, position = place
    value = getattr(parent, field)
    if position is None:
        setattr(parent, field, new)
    else:
        value[position] = new
    tree = ast.fix_missing_locations(copy.deepcopy(source))
    if position is None:
        setattr(parent, field, old)
    else:
        value[position] = old
    words = [" ".join(ast.unparse(node).split())[:60] for node in (old, new)]
    return Mutation(module, getattr(old, "lineno", 0), function, number, " -> ".join(words), tree)


class Mutated(MetaPathFinder, Loader):
    """Imports one module with its mutation."""

    def __init__(self, mutation: Mutation) -> None:
        self.mutation = mutation

    def find_spec(self, fullname: str, path: Any, target: Any = None) -> ModuleSpec | None:
        spec = PathFinder.find_spec(fullname, path) if fullname == self.mutation.module else None
        if spec is not None:
            self.is_package = spec.submodule_search_locations is not None
            spec.loader = self
        return spec

    def exec_module(self, module: Any) -> None:
        exec(compile(self.mutation.tree, module.__spec__.origin, "exec"), module.__dict__)


def run_tests(tests: Sequence[str], mutation: Mutation | None, cpu_s: int) -> tuple[bool, float]:
    """Run *tests* in a fork; tell whether all passed, and what processor time they took in seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    child = os.fork()
    if not child:
        os.setsid()
        resource.setrlimit(resource.RLIMIT_CPU, (cpu_s, cpu_s + 1))
        null = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(null, stream)
        if mutation is not None:
            sys.meta_path.insert(0, Mutated(mutation))
        options = [
            "-x",
            "-q",
            "-k",
            "not takes and not soon",
            "-o",
            "addopts=",
            "-p",
            "no:cacheprovider",
            "-p",
            "no:xdist",
            f"--timeout={20 * cpu_s}",
        ]
        os._exit(int(pytest.main([*options, *tests])))
    _, status = os.waitpid(child, 0)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)  # what a hanging test started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return status == 0, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("packages", nargs="+", choices=TESTS)
    parser.add_argument("--most", type=int, default=100, help="mutations of each package")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="functions (or modules) whose name has this")
    parser.add_argument("--seconds", type=float, default=3600, help="stop after so long")
    options = parser.parse_args(arguments)
    for name in WARM:
        importlib.import_module(name)
    began, result = time.monotonic(), {}
    for package in options.packages:
        tests = [str(path) for name in TESTS[package] for path in sorted((ROOT / "tests").glob(name))]
        passed, cpu_s = run_tests(tests, None, 600)
        if not passed:
            print(f"{package}: the tests fail without a mutation", file=sys.stderr)
            return 1
        found = [
            mutation
            for path in sorted((ROOT / "newscrawl" / package).rglob("*.py"))
            for mutation in mutations_of(module_name(path), path)
            if options.only in f"{mutation.module}.{mutation.function}"
        ]
        counts: Counter[str] = Counter(all=len(found))
        for mutation in random.Random(options.seed).sample(found, min(options.most, len(found))):
            if time.monotonic() - began > options.seconds:
                break
            survived, _ = run_tests(tests, mutation, int(10 * cpu_s) + 5)
            counts["survived" if survived else "killed"] += 1
            if survived:
                print(mutation, flush=True)
        result[package] = dict(counts)
    print(json.dumps(result))
    return 0


def module_name(path: Path) -> str:
    """Return the name by which the module at *path* is imported."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
