"""A news crawler on Scrapy: clean title, body and related links as JSON Lines, each story exactly once."""

__version__ = "0.2.0"
