"""A news crawler on Scrapy: clean title, body and related links as JSON Lines, each story exactly once."""

from importlib.metadata import version

__version__ = version("newscrawl")
