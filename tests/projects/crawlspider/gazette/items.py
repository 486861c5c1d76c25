"""The project's own item."""

import scrapy


class Story(scrapy.Item):
    url = scrapy.Field()
    title = scrapy.Field()
    body = scrapy.Field()
    desk = scrapy.Field()
