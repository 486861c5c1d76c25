"""The rules of a site as they are handed to the workers: plain values, a function by the place of its class."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

FIELDS = ("remove", "title", "body", "published_at", "authors", "related_links", "is_article", "next_page")
"""What a rule may be about; ``cookies`` stand beside them."""


@dataclass(frozen=True, slots=True)
class FieldRule:
    """How one field is found."""

    selectors: tuple[str, ...] = ()
    """The first that finds something counts."""

    function: tuple[str, str] | None = None
    """Module, or path of a file, and class of whose method of the field's name is asked instead."""

    origin: str = ""
    """Where a person finds it."""


@dataclass(frozen=True, slots=True)
class SiteRules:
    """All rules for a host and those below it."""

    host: str
    fields: Mapping[str, FieldRule] = field(default_factory=dict)
    cookies: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def origins(self) -> tuple[str, ...]:
        """Where the rules stand."""
        return tuple(dict.fromkeys(rule.origin for rule in self.fields.values()))

    def before(self, other: SiteRules) -> SiteRules:
        """Return these rules, and those of *other* for what they say nothing of."""
        return SiteRules(self.host, {**other.fields, **self.fields}, {**other.cookies, **self.cookies})


@dataclass(frozen=True, slots=True)
class SiteOutcome:
    """What the rules of a site came to on one page."""

    host: str
    answered: tuple[str, ...] = ()
    """Fields whose rule found something."""

    missed: Mapping[str, str] = field(default_factory=dict)
    """Fields whose rule found nothing, and why."""


class SiteBook:
    """All rules of a crawl, by host, or those that a page may need; it goes to the workers with the page."""

    def __init__(self, rules: Iterable[SiteRules] = ()) -> None:
        self.by_host: dict[str, SiteRules] = {}
        for site in rules:  # the first goes before the later
            known = self.by_host.get(site.host)
            self.by_host[site.host] = known.before(site) if known else site

    def of(self, url: str) -> SiteRules | None:
        """Return the rules for *url*: those of its host, else of the nearest domain above it that has some."""
        try:
            host = (urlsplit(url).hostname or "").rstrip(".")
        except ValueError:
            return None
        while host:
            if host in self.by_host:
                return self.by_host[host]
            host = host.partition(".")[2]
        return None
