"""An XMLFeedSpider that follows each entry and lets newscrawl read the page."""

from scrapy.spiders import XMLFeedSpider

from newscrawl import ArticleExtractor


class WireSpider(XMLFeedSpider):
    name = "wire"
    itertag = "item"

    def __init__(self, feed="", **kwargs):
        super().__init__(**kwargs)
        self.start_urls = [feed]

    def parse_node(self, response, node):
        yield response.follow(node.xpath("link/text()").get(), self.parse_story)

    async def parse_story(self, response):
        if article := await ArticleExtractor.from_crawler(self.crawler).extract(response):
            yield article
