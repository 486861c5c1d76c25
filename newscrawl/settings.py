"""Every setting with its default and its reason: the only place where the parts meet."""

BOT_NAME = "newscrawl"
SPIDER_MODULES = ["newscrawl.spiders"]
NEWSPIDER_MODULE = "newscrawl.spiders"
COMMANDS_MODULE = "newscrawl.commands"

# --- the way of an item -------------------------------------------------------------------------------------------
ITEM_PIPELINES = {
    "pipelines.headline.HeadlinePipeline": 100,
    "pipelines.validate.ValidatePipeline": 200,  # before dedup: a copy without a body must not claim the story
    "pipelines.dedup.DedupPipeline": 300,
    "pipelines.jsonl.JsonlPipeline": 900,
}
EXTENSIONS = {
    "newscrawl.extensions.store.StoreExtension": 100,
    "newscrawl.extensions.workers.WorkersExtension": 110,
    "newscrawl.extensions.outcomes.OutcomesExtension": 200,
    "newscrawl.extensions.report.ReportExtension": 300,
    "newscrawl.extensions.progress.ProgressExtension": 400,
}

# --- where everything lies ----------------------------------------------------------------------------------------
NEWSCRAWL_OUTPUT_DIR = "output"  # articles, runs and, by default, the store: another folder is another world
NEWSCRAWL_STORE = ""  # an SQLAlchemy URL; empty: sqlite:///{NEWSCRAWL_OUTPUT_DIR}/state.sqlite

# --- what is a duplicate ------------------------------------------------------------------------------------------
NEWSCRAWL_DUPLICATES = "drop"  # "drop": one line a story; "keep": every copy is written and marked

# --- politeness: who we are and how hard we knock -----------------------------------------------------------------
NEWSCRAWL_CONTACT = ""  # a URL or e-mail address; stands in the user agent, so that a site's owner can reach you
ROBOTSTXT_OBEY = True  # Scrapy's default is False
CONCURRENT_REQUESTS = 32
CONCURRENT_REQUESTS_PER_DOMAIN = 4  # with the delay below, a small site does not notice us
DOWNLOAD_DELAY = 0.25
AUTOTHROTTLE_ENABLED = True  # slows down with the site's own latency
AUTOTHROTTLE_START_DELAY = 0.25
AUTOTHROTTLE_MAX_DELAY = 30.0
AUTOTHROTTLE_TARGET_CONCURRENCY = 2.0

# --- safety: what a page cannot make us do ------------------------------------------------------------------------
REMOTE_CONTROL_ENABLED = False  # Scrapy 2.19 starts a local server that runs Python code
TELNETCONSOLE_ENABLED = False  # the same, older
COOKIES_ENABLED = False  # news needs none, and a cookie must not travel from host to host
DOWNLOAD_VERIFY_CERTIFICATES = True  # Scrapy's default is False
DOWNLOAD_HANDLERS = {"file": None, "data": None, "ftp": None, "s3": None}  # a link must not read local files
DOWNLOAD_MAXSIZE = 8 * 1024 * 1024  # bytes after decompression; Scrapy's default is 1 GiB; 99.9 % of pages are below 5 MB
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_TIMEOUT = 30
REDIRECT_MAX_TIMES = 10

# --- how Scrapy runs ----------------------------------------------------------------------------------------------
TWISTED_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"
FEED_EXPORT_ENCODING = "utf-8"
LOG_LEVEL = "INFO"
