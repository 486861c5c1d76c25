"""Loads a person's own code by its place, in the crawl's process and in its workers."""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import sys
from types import ModuleType


def load_module(place: str) -> ModuleType:
    """Return the module *place*, its name or the absolute path of its file. Raises what the module raises."""
    if not place.endswith(".py"):
        return importlib.import_module(place)
    name = f"newscrawl_site_{hashlib.sha256(place.encode('utf-8', 'replace')).hexdigest()[:12]}"
    if name in sys.modules:
        return sys.modules[name]
    spec = importlib.util.spec_from_file_location(name, place)
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[name]
        raise
    return module
