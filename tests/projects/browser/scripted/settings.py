"""Settings of a project whose pages a browser draws."""

import shutil

BOT_NAME = "scripted"
SPIDER_MODULES = ["scripted.spiders"]
LOG_LEVEL = "INFO"
DOWNLOAD_HANDLERS = dict.fromkeys(("http", "https"), "scrapy_playwright.handler.ScrapyPlaywrightDownloadHandler")
PLAYWRIGHT_LAUNCH_OPTIONS = {"executable_path": shutil.which("chromium"), "args": ["--no-sandbox"]}

ADDONS = {"newscrawl.Addon": 300}
NEWSCRAWL_PARTS = "items, guard"
