"""Settings of a project that reads a wire."""

BOT_NAME = "wire"
SPIDER_MODULES = ["wire.spiders"]
LOG_LEVEL = "INFO"

ADDONS = {"newscrawl.Addon": 300}
