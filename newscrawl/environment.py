"""Settings from variables of the environment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

PREFIX = "NEWSCRAWL_"


def read_environment(environment: Mapping[str, str], settings: Iterable[str]) -> dict[str, str]:
    """Return the variables of *environment* that are called as one of our *settings*, or nearly so.

    A name that resembles a setting's is returned too, so that it is reported. Any other is somebody else's:
    Kubernetes sets ``NEWSCRAWL_PORT_80_TCP`` where a service is called newscrawl.
    """
    names = [name for name in settings if name.startswith(PREFIX)]
    return {
        name: value
        for name, value in environment.items()
        if name in names or (name.startswith(PREFIX) and get_close_matches(name, names, 1, 0.85))
    }
