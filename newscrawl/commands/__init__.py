"""What ``scrapy --help`` gains inside the project."""
