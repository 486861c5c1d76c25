"""The ``NEWSCRAWL_*`` settings as one checked object. Their defaults and reasons stand in :mod:`newscrawl.settings`."""

from __future__ import annotations

import math
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal, Self

from newscrawl import settings as defaults
from newscrawl.addresses import Allowed
from newscrawl.environment import PREFIX, user_config_mistake
from newscrawl.errors import UsageError

PASSWORD = re.compile(r"(?<=://)([^/@:]*):[^/@]*@")
YES, NO = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}


def _folder(value: Any) -> Path:
    text = os.fspath(value) if isinstance(value, os.PathLike) else str(value).strip()
    if not text or "\0" in text:
        raise ValueError('the name of a folder, for example "output"')
    return Path(text)


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()


def _address(value: Any) -> str:
    text = _text(value)
    if text and not re.fullmatch(r"[a-z][a-z0-9+.-]+://[^/\s].*", text):
        raise ValueError('an address of object storage, for example "s3://bucket/news", or to nothing')
    return text


def _switch(value: Any) -> bool:
    word = str(value or "").strip().lower()
    if word not in YES | NO:
        raise ValueError("1 or 0")
    return word in YES


def _choice(*words: str) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        if str(value) not in words:
            raise ValueError(" or ".join(words))
        return str(value)

    return read


def _whole(least: int, most: int) -> Callable[[Any], int]:
    def read(value: Any) -> int:
        try:
            number = float(str(value))
        except ValueError:
            number = math.nan
        if not least <= number <= most or number != int(number):
            raise ValueError(f"a whole number from {least} to {most:,}")
        return int(number)

    return read


def _seconds(value: Any) -> float:
    try:
        number = float(str(value))
    except ValueError:
        number = math.nan
    if not 0 <= number <= 86400:
        raise ValueError("a number of seconds from 0 to 86,400")
    return number


def _interval(value: Any) -> float:
    try:
        number = float(str(value))
    except ValueError:
        number = math.nan
    if not 60 <= number <= 30 * 86400:
        raise ValueError("a number of seconds from 60 to 2,592,000 (30 days)")
    return number


def _hours(value: Any) -> tuple[float, ...]:
    parts = str(value).replace(",", " ").split() if not isinstance(value, list | tuple) else value
    try:
        hours = tuple(sorted(float(part) for part in parts))
    except (TypeError, ValueError):
        hours = (math.nan,)
    if not all(0.1 <= hour <= 30 * 24 for hour in hours):
        raise ValueError('hours from 0.1 to 720, for example "1,4,24,72", or to nothing')
    return hours


def _some_seconds(value: Any) -> float:
    if not (number := _seconds(value)):
        raise ValueError("a number of seconds above 0")
    return number


def _words(*words: str) -> Callable[[Any], frozenset[str]]:
    def read(value: Any) -> frozenset[str]:
        given = value.split(",") if isinstance(value, str) else list(value or ())
        chosen = frozenset(str(word).strip() for word in given) - {""}
        if not chosen <= set(words):
            raise ValueError(f"some of {', '.join(words)}, separated by commas, or nothing")
        return chosen

    return read


def _allowed(value: Any) -> Allowed:
    try:
        return Allowed.parse(value)
    except ValueError:
        raise ValueError(
            '1, 0, or hosts, host:port pairs and networks, for example "intranet.example,10.0.0.0/8"'
        ) from None


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """What a person may set beside Scrapy's own settings; ``NEWSCRAWL_WORKERS`` is ``workers``, and so on.

    >>> Configuration.read(crawler.settings).parse_timeout_s
    10.0
    """

    output_dir: Path = field(metadata={"reader": _folder})
    store: str = field(metadata={"reader": _text})
    upload: str = field(metadata={"reader": _address})
    compress: Literal["", "gz", "zst"] = field(metadata={"reader": _choice("", "gz", "zst")})
    parts: frozenset[str] = field(metadata={"reader": _words("items", "guard", "robots", "retry")})
    sites_dir: str = field(metadata={"reader": _text})
    duplicates: Literal["drop", "keep"] = field(metadata={"reader": _choice("drop", "keep")})
    dedup_window_days: int = field(metadata={"reader": _whole(1, 3650)})
    dedup_keys_days: int = field(metadata={"reader": _whole(1, 36500)})
    contact: str = field(metadata={"reader": _text})
    robots_unreachable: str = field(metadata={"reader": _choice("disallow", "allow")})
    crawl_delay_max_s: float = field(metadata={"reader": _seconds})
    retry_after_max_s: float = field(metadata={"reader": _seconds})
    max_documents: int = field(metadata={"reader": _whole(0, 10**9)})
    max_listed_articles: int = field(metadata={"reader": _whole(0, 10**9)})
    max_failures: int = field(metadata={"reader": _whole(0, 10**9)})
    source_budget_s: float = field(metadata={"reader": _seconds})
    interval_min_s: float = field(metadata={"reader": _interval})
    interval_max_s: float = field(metadata={"reader": _interval})
    revisit_hours: tuple[float, ...] = field(metadata={"reader": _hours})
    max_revisits: int = field(metadata={"reader": _whole(0, 10**9)})
    respect_ai_opt_out: bool = field(metadata={"reader": _switch})
    allow_private: Allowed = field(metadata={"reader": _allowed})
    workers: int = field(metadata={"reader": _whole(0, 256)})
    parse_timeout_s: float = field(metadata={"reader": _some_seconds})
    parse_memory_mib: int = field(metadata={"reader": _whole(0, 1 << 20)})
    worker_tasks: int = field(metadata={"reader": _whole(1, 10**9)})
    learn_sites: bool = field(metadata={"reader": _switch})
    loop_watch: bool = field(metadata={"reader": _switch})
    log_format: Literal["text", "json"] = field(metadata={"reader": _choice("text", "json")})
    prometheus_file: str = field(metadata={"reader": _text})
    health: bool = field(metadata={"reader": _switch})

    @classmethod
    def read(cls, settings: Mapping[str, Any]) -> Self:
        """Return the checked values of *settings*, with our default where one is missing.

        Raises :class:`UsageError` for a value of another type or range, and for a name that is no setting.
        """
        if mistake := user_config_mistake(os.environ):
            raise UsageError(mistake)
        for name in settings:
            if name.startswith(PREFIX) and name not in NAMES:
                known = "newscrawl settings lists them the settings"
                raise UsageError(f"unknown setting {name}{_nearest(name)}; {known}")
        values = {}
        for name, part in NAMES.items():
            value = settings[name] if name in settings else getattr(defaults, name)
            try:
                values[part.name] = part.metadata["reader"](value)
            except ValueError as error:
                raise UsageError(f"{name} is {str(value)!r}; set it to {error}") from None
        return cls(**values)


NAMES = {PREFIX + part.name.upper(): part for part in fields(Configuration)}
"""Every setting of ours, and the field that it becomes."""


def changed_settings(settings: Mapping[str, Any]) -> dict[str, str]:
    """Return our settings that were not left at their default, as text without passwords."""
    given = {name: settings[name] for name in NAMES if name in settings}
    return {
        name: without_password(value) for name, value in given.items() if str(value) != str(getattr(defaults, name))
    }


def without_password(value: Any) -> str:
    """Return *value* as text, without the password that an address in it may hold."""
    return PASSWORD.sub(r"\1:***@", str(value))


def _nearest(name: str) -> str:
    near = get_close_matches(name, NAMES, 1, 0.5)
    return f"; did you mean {near[0]}?" if near else ""
