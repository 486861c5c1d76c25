"""Prints the lowest version of each dependency that pyproject.toml allows, as pip's constraints."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

PROJECT = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text("utf-8"))["project"]

for requirement in [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["test"]]:
    if match := re.match(r"([\w.-]+)>=([\w.]+)(?:,<[\w.]+)?(;.*)?$", requirement.replace(" ", "")):
        print(f"{match[1]}=={match[2]}")
