"""Scrapy middlewares, one file per entry."""
