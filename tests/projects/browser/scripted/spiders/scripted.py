"""A spider whose pages exist only after their script has run."""

import scrapy

from newscrawl import ArticleExtractor


class ScriptedSpider(scrapy.Spider):
    name = "scripted"

    def __init__(self, urls="", **kwargs):
        super().__init__(**kwargs)
        self.urls = urls.split(",")

    async def start(self):
        for url in self.urls:
            yield scrapy.Request(url, meta={"playwright": True})

    async def parse(self, response):
        if article := await ArticleExtractor.from_crawler(self.crawler).extract(response):
            yield article
