"""Writes the log as JSON, a line each, where a program reads it."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from typing import Self

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from newscrawl.configuration import Configuration
from newscrawl.extensions.store import StoreExtension


class JsonFormatter(logging.Formatter):
    """``{"at", "level", "logger", "message", "run_id"}``, and ``exception`` where there is one."""

    run_id: str | None = None

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC)
        line = {
            "at": f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03}Z",
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "run_id": self.run_id,
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


class JsonLogExtension:
    """Gives each log handler of the process a :class:`JsonFormatter`, where ``NEWSCRAWL_LOG_FORMAT`` is ``json``."""

    def __init__(self, formatter: JsonFormatter) -> None:
        self.formatter = formatter

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        if Configuration.read(crawler.settings).log_format != "json":
            raise NotConfigured
        extension = cls(JsonFormatter())
        crawler.signals.connect(extension.opened, signals.spider_opened)
        return extension

    def opened(self, spider: Spider) -> None:
        """Write each line from now on as an object that names the run; before, Scrapy makes its handler anew."""
        opened = spider.crawler.get_extension(StoreExtension)
        for handler in logging.getLogger().handlers:
            handler.setFormatter(self.formatter)
        self.formatter.run_id = opened.run.id if opened else None
