"""For Scrapyd's eggs only (``scrapyd-deploy``); everything else is built by pyproject.toml."""

import re
from pathlib import Path
from typing import Any

from setuptools import Distribution, find_packages, setup

VERSION = re.search(r'__version__ = "(.+)"', Path("newscrawl/__init__.py").read_text("utf-8"))


class Egg(Distribution):
    """What is said here and nothing else: an older setuptools takes pyproject.toml for broken."""

    def parse_config_files(self, *args: Any, **kwargs: Any) -> None:
        """Read no file."""


setup(
    distclass=Egg,
    name="newscrawl",
    version=VERSION[1] if VERSION else None,
    packages=find_packages(include=["newscrawl", "newscrawl.*", "pipelines"]),
    package_data={"": ["*.css", "*.js", "*.json", "*.toml", "py.typed"], "newscrawl.sample": ["*/*"]},
    entry_points={"scrapy": ["settings = newscrawl.settings"]},
)
