"""Settings of a project that was here before newscrawl; the last two lines are all that it took to add it."""

BOT_NAME = "gazette"
SPIDER_MODULES = ["gazette.spiders"]
ITEM_PIPELINES = {"gazette.pipelines.UppercaseDeskPipeline": 50}
LOG_LEVEL = "INFO"

ADDONS = {"newscrawl.Addon": 300}
NEWSCRAWL_PARTS = ["items", "guard", "robots", "retry"]
