"""Scrapy extensions, one file per entry."""
