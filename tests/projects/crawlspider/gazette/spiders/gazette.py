"""A CrawlSpider with items of its own, and one that wants nothing of newscrawl."""

from scrapy.linkextractors import LinkExtractor
from scrapy.spiders import CrawlSpider, Rule

from gazette.items import Story


class GazetteSpider(CrawlSpider):
    name = "gazette"
    rules = (Rule(LinkExtractor(allow=r"/news/"), callback="parse_story", follow=True),)

    def __init__(self, start="", **kwargs):
        super().__init__(**kwargs)
        self.start_urls = [start]

    def parse_story(self, response):
        yield Story(
            url=response.url,
            title=response.css("h1::text").get(),
            body="\n\n".join(response.css("article p::text").getall()),
            desk="local",
        )


class PlainSpider(GazetteSpider):
    name = "plain"
    custom_settings = {"ADDONS": {"newscrawl.Addon": None}}  # noqa: RUF012
