"""Settings from outside the project: the user's configuration file, and variables of the environment."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

PREFIX = "NEWSCRAWL_"
NOT_OURS = re.compile(
    r"NEWSCRAWL_(?:TEST_|(?:\w+_)?(?:SERVICE_(?:HOST|PORT)|PORT(?:_\d+_(?:TCP|UDP|SCTP))?)(?:_[A-Z]+)*$)"
)
"""What Kubernetes sets where a service is called newscrawl (``NEWSCRAWL_PORT_80_TCP``), and what the tests read."""

NAME = re.compile(r"[A-Z][A-Z0-9_]*")


def read_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the variables of *environment* that begin as our settings do; one that is none is reported later."""
    return {name: value for name, value in environment.items() if name.startswith(PREFIX) and not NOT_OURS.match(name)}


def user_config(environment: Mapping[str, str]) -> Path | None:
    """Return where the user's configuration stands by the XDG rules, whether it exists or not; None without a home."""
    base = environment.get("XDG_CONFIG_HOME", "")
    if not base.startswith("/"):  # the rules: anything else is to be ignored
        home = environment.get("HOME", "")
        base = f"{home}/.config" if home else ""
    return Path(base) / "newscrawl" / "config.toml" if base else None


def read_user_config(environment: Mapping[str, str]) -> dict[str, Any]:
    """Return the settings in the user's configuration; none where it has a mistake, see :func:`user_config_mistake`."""
    return _read(environment)[0]


def user_config_mistake(environment: Mapping[str, str]) -> str | None:
    """Return in one sentence what is wrong with the user's configuration; None where nothing is."""
    return _read(environment)[1]


def _read(environment: Mapping[str, str]) -> tuple[dict[str, Any], str | None]:
    path = user_config(environment)
    if path is None:
        return {}, None
    try:
        values = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except (FileNotFoundError, NotADirectoryError):
        return {}, None
    except OSError as error:
        return {}, f"{path} cannot be read: {error.strerror}; mend its permissions or remove it"
    except ValueError as error:
        return {}, f"{path} is not TOML: {error}"
    if wrong := _first(name for name in values if not NAME.fullmatch(name)):
        return {}, f'{path}: {wrong!r} is no setting; write for example NEWSCRAWL_CONTACT = "me@example.com"'
    return values, None


def _first(names: Iterable[str]) -> str | None:
    return next(iter(names), None)
