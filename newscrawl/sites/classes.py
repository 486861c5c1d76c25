"""Finds the rules of sites: in a sites file, in the folder ``NEWSCRAWL_SITES_DIR``, and by entry points."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import entry_points
from pathlib import Path
from types import ModuleType
from typing import Any

from newscrawl.errors import UsageError
from newscrawl.extraction.rules.site_code import load_module
from newscrawl.extraction.rules.site_rules import FIELDS, FieldRule, SiteBook, SiteRules
from newscrawl.sites.site import Site
from newscrawl.sites.tables import read_host, read_selectors, read_site_rules
from newscrawl.sources.keys import read_cookies

GROUP = "newscrawl.sites"
"""Of entry points; each names a subclass of :class:`~newscrawl.sites.Site`, or a module of them."""


def site_book(folder: str = "", first: Iterable[SiteRules] = ()) -> SiteBook:
    """Return all rules: *first*, which stand in a sites file, then those of *folder*, then those by entry point.

    Raises UsageError.
    """
    return SiteBook([*first, *(rules_in_folder(Path(folder)) if folder else ()), *rules_by_entry_point()])


def rules_in_folder(folder: Path) -> list[SiteRules]:
    """Return the rules in the ``.py`` and ``.toml`` files of *folder*. Raises UsageError."""
    if not folder.is_dir():
        raise UsageError(f"NEWSCRAWL_SITES_DIR is {str(folder)!r}; set it to a folder with .py or .toml files of rules")
    rules: list[SiteRules] = []
    for path in sorted(folder.iterdir()):
        if path.suffix == ".toml":
            rules += read_site_rules(path)
        elif path.suffix == ".py" and not path.name.startswith("_"):
            place = str(path.resolve())
            try:
                module = load_module(place)
            except Exception as error:  # a person's own code
                raise UsageError(f"{path} cannot be loaded: {type(error).__name__}: {error}; mend it") from None
            rules += rules_of_module(module, place, str(path))
    return rules


def rules_by_entry_point() -> list[SiteRules]:
    """Return the rules that installed packages bring. Raises UsageError."""
    rules: list[SiteRules] = []
    for entry in entry_points(group=GROUP):
        origin = f"{entry.dist.name if entry.dist else entry.name}, {entry.value}"
        try:
            loaded = entry.load()
        except (ImportError, AttributeError) as error:
            raise UsageError(f"the rules of {origin} cannot be loaded: {error}; mend or remove that package") from None
        if isinstance(loaded, ModuleType):
            rules += rules_of_module(loaded, loaded.__name__, origin)
        else:
            rules += rules_of_class(loaded, loaded.__module__, origin)
    return rules


def rules_of_module(module: ModuleType, place: str, origin: str) -> list[SiteRules]:
    """Return the rules of the classes that *module* defines."""
    kinds = [value for value in vars(module).values() if isinstance(value, type) and issubclass(value, Site)]
    own = [kind for kind in kinds if kind.__module__ == module.__name__]
    return [rules for kind in own for rules in rules_of_class(kind, place, origin)]


def rules_of_class(kind: Any, place: str, origin: str) -> list[SiteRules]:
    """Return the rules of one class, for each of its hosts. Raises UsageError."""
    if not (isinstance(kind, type) and issubclass(kind, Site)):
        raise UsageError(f"{origin} is no subclass of newscrawl.sites.Site; make it one")
    name = f"{origin}, {kind.__name__}"
    hosts = [kind.hosts] if isinstance(kind.hosts, str) else list(kind.hosts)
    if not hosts:
        raise UsageError(f'{name} names no host; write for example hosts = "example.com"')
    try:
        fields = {}
        for field in FIELDS:
            value = getattr(kind, field)
            if callable(value) and field != "remove":
                fields[field] = FieldRule(function=(place, kind.__qualname__), origin=name)
            elif value is not None:
                fields[field] = FieldRule(read_selectors(field, value), origin=name)
        cookies = read_cookies(dict(kind.cookies))[1]
        return [SiteRules(read_host(host), fields, cookies) for host in hosts]
    except UsageError as error:
        raise UsageError(f"{name}: {error}") from None
