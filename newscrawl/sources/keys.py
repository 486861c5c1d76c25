"""Reads what a table of a sites file says, key by key; each mistake is a :class:`UsageError` of one sentence."""

from __future__ import annotations

import re
from typing import Any, Literal

from newscrawl.errors import UsageError
from newscrawl.sources.source import UrlPattern
from newscrawl.sources.values import nearest, read_urls

PARTS = ("url", "host", "path", "query")
UNITS_S = {"m": 60, "h": 3600, "d": 86400, "w": 604800}
LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(?:-[a-zA-Z0-9]{1,8})*")
COOKIE = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")  # a token of RFC 6265


def read_addresses(key: str, value: Any) -> list[str]:
    """Return the URLs of one key: one, or a list of them."""
    if value is None or (isinstance(value, str) and value.strip()):
        return read_urls(value)
    if isinstance(value, list) and value and all(isinstance(url, str) and url.strip() for url in value):
        return read_urls(value)
    raise UsageError(f'{key} is no URL and no list of URLs; write for example {key} = "https://example.com"')


def read_flag(key: str, value: Any) -> bool:
    """Return a yes or no; raises UsageError."""
    if not isinstance(value, bool):
        raise UsageError(f"{key} = {value!r} is neither true nor false; write one of the two")
    return value


def read_choice(key: str, value: Any, words: tuple[str, ...]) -> str | None:
    """Return one of *words*, None where nothing is said; raises UsageError."""
    if value is not None and value not in words:
        raise UsageError(f"{key} = {value!r} is not one of {', '.join(words)}{nearest(str(value), words)}")
    return value  # type: ignore[no-any-return]


def read_render(value: Any) -> Literal["always", "auto"] | None:
    """Return which pages a browser draws, None: none; raises UsageError."""
    if value is None or value is False:
        return None
    if value is not True and value != "auto":
        raise UsageError(f'render = {value!r} is neither true nor false nor "auto"; write one of the three')
    return "always" if value is True else "auto"


def read_number(key: str, value: Any, least: int, most: int) -> int | None:
    """Return a whole number, None where nothing is said; raises UsageError."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise UsageError(f"{key} = {value!r} is no such number; write a whole number from {least} to {most}")
    return value


def read_age(key: str, value: Any) -> float | None:
    """Return a length of time in seconds, None where nothing is said; raises UsageError."""
    if value is None:
        return None
    match = re.fullmatch(r"(\d{1,6})([mhdw])", value) if isinstance(value, str) else None
    if match is None or not int(match[1]):
        raise UsageError(f'{key} = {value!r} is not a length of time; write for example "30m", "6h" or "2d"')
    return float(int(match[1]) * UNITS_S[match[2]])


def read_budget(value: Any) -> float | None:
    """Return the seconds that a run may spend on a source; 0 without a limit, None where nothing is said."""
    return 0.0 if value == 0 and value is not False else read_age("budget", value)


def read_bounds(table: dict[str, Any]) -> tuple[float | None, float | None]:
    """Return the least and the greatest interval between two polls in seconds; raises UsageError."""
    least, most = (
        read_age("interval_min", table.get("interval_min")),
        read_age("interval_max", table.get("interval_max")),
    )
    if least is not None and most is not None and least > most:
        raise UsageError(f'interval_min = "{table["interval_min"]}" is longer than interval_max; exchange them')
    return least, most


def read_language(value: Any) -> str | None:
    """Return a language tag (BCP 47) in lower case, None where nothing is said; raises UsageError."""
    if value is None:
        return None
    if not isinstance(value, str) or not LANGUAGE.fullmatch(value):
        raise UsageError(f'language = {value!r} is not the code of a language; write for example "de" or "pt-br"')
    return value.lower()


def read_label(value: Any) -> str:
    """Return the name that people read, empty where nothing is said; raises UsageError."""
    if not isinstance(value, str) or not value.isprintable():
        raise UsageError(f'label = {value!r} is not one line of text; write for example label = "The Wire"')
    return value.strip()


def read_tags(value: Any) -> tuple[str, ...]:
    """Return the tags, each once; raises UsageError."""
    tags = [value] if isinstance(value, str) else value
    if not isinstance(tags, list | tuple) or not all(
        isinstance(t, str) and t.strip() and t.isprintable() for t in tags
    ):
        raise UsageError(f'tags = {value!r} is no list of words; write for example tags = ["regional", "sport"]')
    return tuple(dict.fromkeys(tag.strip() for tag in tags))


def read_cookies(value: Any) -> tuple[bool | None, dict[str, str]]:
    """Return whether the sites' cookies are kept (None: as the settings say), and cookies of the person's own."""
    if value is None or isinstance(value, bool):
        return value, {}
    if not isinstance(value, dict):
        raise UsageError(
            'cookies is neither true nor false nor a table; write for example cookies = { consent = "yes" }'
        )
    for name, text in value.items():
        if not COOKIE.fullmatch(name):
            raise UsageError(f"cookies: {name!r} is not the name of a cookie")
        if ";" in read_text(f"cookies.{name}", text):
            raise UsageError(
                f"cookies.{name} = {text!r} holds a semicolon, which ends a cookie; write each by its name"
            )
    return True, {name: text.strip() for name, text in value.items()}


def read_text(key: str, value: Any) -> str:
    """Return one line that may stand in a header."""
    if not isinstance(value, str) or not value.strip() or not value.isprintable() or not value.isascii():
        raise UsageError(f"{key} = {value!r} is not one line of ASCII text; write it in quotes and without line ends")
    return value.strip()


def read_headers(value: Any) -> dict[str, str]:
    """Return the headers of a source by name; raises UsageError."""
    if not isinstance(value, dict):
        raise UsageError('headers is no table; write for example headers = { Accept-Language = "de" }')
    for name in value:
        if not re.fullmatch(r"[A-Za-z0-9-]+", name):
            raise UsageError(f"headers: {name!r} is not the name of a header; write for example Accept-Language")
    return {name: read_text(f"headers.{name}", text) for name, text in value.items()}


def read_delay(value: Any) -> float | None:
    """Return the delay in seconds, None where nothing is said; raises UsageError."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 3600:
        raise UsageError(f"delay = {value!r} is not a number of seconds from 0 to 3600; write for example delay = 2")
    return float(value)


def read_patterns(key: str, value: Any) -> tuple[UrlPattern, ...]:
    """Return the patterns of ``allow`` or ``deny``: an expression for the URL, a table of its parts, or a list."""
    patterns = []
    for item in value if isinstance(value, list | tuple) else [value]:
        parts = {"url": item} if isinstance(item, str) else item
        if not isinstance(parts, dict) or not parts:
            raise UsageError(f'{key}: {item!r} is no pattern; write "/news/" or {{ host = "…", path = "…" }}')
        for part, pattern in parts.items():
            if part not in PARTS:
                raise UsageError(f"{key}: unknown part {part!r}{nearest(part, PARTS)}; known are {', '.join(PARTS)}")
            try:
                re.compile(pattern)
            except (re.error, TypeError) as error:
                raise UsageError(f"{key}: {pattern!r} is no regular expression: {error}; mend it") from None
        patterns.append(UrlPattern(**parts))
    return tuple(patterns)
