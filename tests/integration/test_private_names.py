"""Names of Scrapy and Twisted that are nobody's promise: few, in one file, and still there."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from scrapy.core.downloader.handlers import http11
from scrapy.core.engine import ExecutionEngine
from twisted.web.client import HTTPConnectionPool

ROOT = Path(__file__).parents[2]
HOME = "newscrawl/downloads/private_names.py"
MODULES = sorted([*ROOT.glob("newscrawl/**/*.py"), *ROOT.glob("pipelines/*.py")])
USED = {"_pool", "_factory", "_parser", "_quiescentCallback", "_slot"} | {
    "_LenientHTTP11ClientFactory",
    "_LenientHTTP11ClientProtocol",
    "_LenientHTTPClientParser",
}

OTHERS = {"newscrawl/dates/cldr.py": {"_cache"}, "newscrawl/extraction/text/main_pass.py": {"_handle_forms"}}
"""Of other libraries: Babel keeps a megabyte of each locale that was asked for, and has no public way to drop it; what
trafilatura does with forms stands in no public function but the one that looks for 85 names in each page."""

STANDARD_LIBRARY = {"_replace", "_exit", "_Decompress"}  # namedtuple, os, zlib: documented, or a type only


def defined(tree: ast.AST) -> set[str]:
    """Return the private names that a module gives itself: functions, classes, variables, attributes, slots."""
    names = {
        node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
    }
    names |= {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    return names | {
        node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)
    }


def private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


def foreign_names(path: Path) -> set[str]:
    """Return the private names that a module takes from Scrapy or Twisted: imported, or read from an object."""
    tree = ast.parse(path.read_text("utf-8"))
    own = set() if path == ROOT / HOME else defined(tree)
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in ("scrapy", "twisted"):
            names |= {alias.name for alias in node.names if private(alias.name)}
            names |= {part for part in (node.module or "").split(".") if private(part)}
        elif isinstance(node, ast.Attribute) and private(node.attr) and node.attr not in OURS | own | STANDARD_LIBRARY:
            names.add(node.attr)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "getattr":
            names |= {
                arg.value
                for arg in node.args[1:2]
                if isinstance(arg, ast.Constant) and isinstance(arg.value, str) and private(arg.value)
            }
    return names


OURS = set().union(*(defined(ast.parse(path.read_text("utf-8"))) for path in MODULES)) - USED


def test_private_names_of_scrapy_and_twisted_stand_in_one_file():
    elsewhere = {
        name: names
        for path in MODULES
        if (name := path.relative_to(ROOT).as_posix()) != HOME
        and (names := foreign_names(path) - OTHERS.get(name, set()))
    }

    assert not elsewhere, f"move these behind a function of {HOME}: {elsewhere}"


def test_they_are_at_most_eight():
    assert foreign_names(ROOT / HOME) == USED
    assert len(USED) <= 8


@pytest.mark.parametrize(
    "name", ["_LenientHTTP11ClientFactory", "_LenientHTTP11ClientProtocol", "_LenientHTTPClientParser"]
)
def test_scrapy_still_has_the_classes_that_we_bound(name):
    assert hasattr(http11, name), f"Scrapy has no http11.{name} any more: find how it reads headers, mend {HOME}"


def test_the_headers_of_a_connection_are_still_read_by_our_parser():
    """Twisted's attributes, in use: where one is renamed, a connection has Scrapy's parser or none."""
    from newscrawl.downloads import private_names

    pool = HTTPConnectionPool(None, persistent=False)
    assert hasattr(pool, "_factory"), f"Twisted's pool has no _factory any more: mend bound_headers in {HOME}"
    protocol = private_names._BoundedFactory(lambda *_: None, {}).buildProtocol(None)
    assert hasattr(protocol, "_quiescentCallback"), f"Twisted has no _quiescentCallback any more: mend {HOME}"
    assert hasattr(protocol, "_parser"), f"Twisted's protocol has no _parser any more: mend {HOME}"


def test_the_handler_still_has_its_pool_and_the_engine_its_slot():
    source = Path(http11.__file__).read_text("utf-8")
    assert "self._pool:" in source or "self._pool =" in source, f"HTTP11DownloadHandler has no _pool: mend {HOME}"
    engine = ExecutionEngine.__init__.__code__.co_names
    assert "_slot" in engine, f"ExecutionEngine has no _slot any more: mend is_closing in {HOME}"
