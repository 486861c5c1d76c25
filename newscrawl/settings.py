"""Every setting with its default and its reason: the only place where the parts meet.

Those called ``NEWSCRAWL_*`` are checked by :mod:`newscrawl.configuration`. The user's
configuration takes the place of the defaults, and a variable of the environment goes before both.
"""

import os

# First of all: it asks for the stack of its importer, which costs half a second of processor time below 50 frames.
import scrapy.core.downloader.contextfactory  # noqa: F401
from scrapy.settings import default_settings

from newscrawl.environment import read_environment, read_user_config

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
EXTENSIONS_BASE = {  # but two servers that run Python code: to switch one off imports it, and with it aiohttp
    name: order
    for name, order in default_settings.EXTENSIONS_BASE.items()
    if name.rpartition(".")[2] not in ("RemoteControl", "TelnetConsole")
}
EXTENSIONS = {
    "newscrawl.extensions.store.StoreExtension": 100,
    "newscrawl.extensions.logs.JsonLogExtension": 105,
    "newscrawl.extensions.workers.WorkersExtension": 110,
    "newscrawl.downloads.browser.BrowserExtension": 120,
    "newscrawl.extensions.outcomes.OutcomesExtension": 200,
    "newscrawl.extensions.health.HealthExtension": 250,
    "newscrawl.extensions.report.ReportExtension": 300,
    "newscrawl.extensions.progress.ProgressExtension": 400,
    "newscrawl.extensions.stopping.StoppingExtension": 410,
    "newscrawl.extensions.loop.LoopExtension": 500,
}
SPIDER_MIDDLEWARES = {
    "newscrawl.middlewares.outcomes.OutcomesMiddleware": 50,  # last to see what a callback gives
}
DOWNLOADER_MIDDLEWARES = {
    "newscrawl.middlewares.time_budget.TimeBudgetMiddleware": 80,  # hears the final answer, and refuses at once
    "newscrawl.middlewares.budget.BudgetMiddleware": 90,  # first to speak, last to hear: it counts final failures
    "newscrawl.middlewares.conditional.ConditionalMiddleware": 95,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,  # takes an unreachable robots.txt for consent
    "newscrawl.middlewares.robots.RobotsMiddleware": 100,
    "newscrawl.middlewares.ready.ReadyWorkersMiddleware": 105,  # a robots.txt needs no worker
    "newscrawl.middlewares.source.SourceMiddleware": 110,  # behind robots: a Crawl-delay that is longer wins
    "newscrawl.middlewares.tdm_reservation.TdmReservationMiddleware": 120,
    "newscrawl.middlewares.user_agent.UserAgentMiddleware": 490,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,  # at once, three times, whatever Retry-After says
    "newscrawl.middlewares.retry_after.RetryAfterMiddleware": 550,
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
    "newscrawl.middlewares.redirect.BoundedMetaRefreshMiddleware": 580,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "newscrawl.middlewares.decompress.DecompressMiddleware": 590,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "newscrawl.middlewares.redirect.BoundedRedirectMiddleware": 600,
    "newscrawl.middlewares.cookies.SourceCookiesMiddleware": 690,  # before Scrapy's, behind redirects
    "newscrawl.middlewares.site_cookies.SiteCookiesMiddleware": 705,  # behind Scrapy's, which would drop them
    "newscrawl.middlewares.shared_documents.SharedDocumentsMiddleware": 610,  # before a redirect or a retry takes it
    "newscrawl.middlewares.private_address.PrivateAddressMiddleware": 950,  # behind all that make or change a request
}

# --- where everything lies ----------------------------------------------------------------------------------------
NEWSCRAWL_OUTPUT_DIR = "output"  # articles, runs and, by default, the store
NEWSCRAWL_COMPRESS = ""  # "gz" or "zst": run files are packed when they are published; a fourth of their size
NEWSCRAWL_UPLOAD = ""  # an address such as s3://bucket/news, to which each file is copied when it is published
NEWSCRAWL_STORE = ""  # an SQLAlchemy URL, of SQLite or PostgreSQL; empty: sqlite:///{NEWSCRAWL_OUTPUT_DIR}/state.sqlite

NEWSCRAWL_PARTS = ""  # what the add-on gives the spiders of another project: items, guard, robots, retry

NEWSCRAWL_SITES_DIR = ""  # a folder of rules for the pages of sites; empty: none

# --- what is a duplicate ------------------------------------------------------------------------------------------
NEWSCRAWL_DUPLICATES = "drop"  # "drop": one line a story; "keep": every copy is written and marked
NEWSCRAWL_DEDUP_WINDOW_DAYS = 14  # how long bodies are compared; 99 % of copies come within three days; 1.2 kB a story
NEWSCRAWL_DEDUP_KEYS_DAYS = 365  # how long an article is known by its URL; 30 bytes each

# --- politeness: who we are and how hard we knock -----------------------------------------------------------------
NEWSCRAWL_CONTACT = ""  # a URL or e-mail address; stands in the user agent, so that a site's owner can reach you
ROBOTSTXT_OBEY = True  # Scrapy's default is False
CONCURRENT_REQUESTS = 32
SCHEDULER_PRIORITY_QUEUE = "newscrawl.downloads.host_queue.HostPriorityQueue"  # a hanging host must not hold all
CONCURRENT_REQUESTS_PER_DOMAIN = 4  # with the delay below, a small site does not notice us
DOWNLOAD_DELAY = 0.25
DEFAULT_REQUEST_HEADERS = {  # no Accept-Language: Scrapy's "en" brings the English edition of a German paper
    "Accept": "text/html,application/xhtml+xml,application/rss+xml,application/xml;q=0.9,*/*;q=0.8",
}
AUTOTHROTTLE_ENABLED = True  # slows down with the site's own latency
AUTOTHROTTLE_START_DELAY = 0.25
AUTOTHROTTLE_MAX_DELAY = 30.0
AUTOTHROTTLE_TARGET_CONCURRENCY = 2.0
NEWSCRAWL_ROBOTS_UNREACHABLE = "disallow"  # RFC 9309: who cannot be asked has not agreed; "allow" to relax
NEWSCRAWL_CRAWL_DELAY_MAX_S = 30.0  # a robots.txt that asks for more gets this much
NEWSCRAWL_RETRY_AFTER_MAX_S = 120.0  # a host that wants a longer rest is left for a later run
NEWSCRAWL_MAX_DOCUMENTS = 200  # a host and run: pages, feeds and sitemaps read for their links; 0: no limit
NEWSCRAWL_MAX_LISTED_ARTICLES = 1000  # a host and run: articles met on pages; those of feeds and sitemaps are free
NEWSCRAWL_MAX_FAILURES = 100  # in a row: then the host is parked for the run
NEWSCRAWL_SOURCE_BUDGET_S = 600.0  # of a sites file's source and run; what is left waits for the next run; 0: no limit
NEWSCRAWL_INTERVAL_MIN_S = 600.0  # between two polls of a feed, sitemap or listing of a sites file, however busy it is
NEWSCRAWL_INTERVAL_MAX_S = 2 * 86400.0  # and however silent; docs/schedule.md
NEWSCRAWL_REVISIT_HOURS = "1,4,24,72"  # after publication: most corrections come within three days; "": never
NEWSCRAWL_MAX_REVISITS = 50  # a host and run: known articles that are looked at again; 0: no limit
NEWSCRAWL_RESPECT_AI_OPT_OUT = False  # the mark is recorded (ai_opt_out): what is forbidden depends on use and country

# --- safety: what a page cannot make us do ------------------------------------------------------------------------
REMOTE_CONTROL_ENABLED = False  # Scrapy 2.19 starts a local server that runs Python code
TELNETCONSOLE_ENABLED = False  # the same, older
COOKIES_ENABLED = False  # news needs none, and a cookie must not travel from host to host
DOWNLOAD_VERIFY_CERTIFICATES = True  # Scrapy's default is False
DOWNLOAD_HANDLERS = {
    "http": "newscrawl.downloads.handler.GuardedDownloadHandler",
    "https": "newscrawl.downloads.handler.GuardedDownloadHandler",
    **dict.fromkeys(("file", "data", "ftp", "s3")),  # a link must not read local files
}
TWISTED_DNS_RESOLVER = "newscrawl.downloads.resolver.GuardedResolver"  # IPv6 too; private addresses kept back
NEWSCRAWL_ALLOW_PRIVATE = False  # or hosts, host:port pairs and networks: "intranet.example,10.0.0.0/8"
DOWNLOAD_MAXSIZE = (
    8 * 1024 * 1024
)  # bytes after decompression; Scrapy's default is 1 GiB; 99.9 % of pages are below 5 MB
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_TIMEOUT = 30
REDIRECT_MAX_TIMES = 10
METAREFRESH_MAXDELAY = 5  # seconds; a news page that reloads itself every minute is not a redirect
NEWSCRAWL_LEARN_SITES = True  # read pages by the template that two other stories of their site agree on
NEWSCRAWL_WORKERS = 0  # processes that parse what was downloaded; 0: one a core, at most 4
NEWSCRAWL_PARSE_TIMEOUT_S = 10.0  # of processor time; then the page is tried once more the quick way, then given up
NEWSCRAWL_PARSE_MEMORY_MIB = 256  # of address space beyond a fresh worker's
NEWSCRAWL_WORKER_TASKS = 1000  # then a worker is replaced, with whatever its libraries leaked
NEWSCRAWL_LOOP_WATCH = False  # measure newscrawl/loop/max_silence_ms
NEWSCRAWL_LOG_FORMAT = "text"  # "json": each line of the log and the summary is an object, for programs that read it
NEWSCRAWL_PROMETHEUS_FILE = ""  # a file for the metrics of the last run; empty: none
NEWSCRAWL_HEALTH = False  # exit code 3 where a source is unwell by its own history, as -a health=1

# --- how Scrapy runs ----------------------------------------------------------------------------------------------
TWISTED_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"
FEED_EXPORT_ENCODING = "utf-8"
CONCURRENT_ITEMS = 4  # of one page, which gives one; Scrapy's 100 start as many tasks for each: .7 ms a page
SCRAPER_SLOT_MAX_ACTIVE_SIZE = (
    16 * 1024 * 1024
)  # bytes of pages that are not on disk yet, above which nothing is fetched: 100 pages; Scrapy's 5 MB are half a batch
LOG_LEVEL = "WARNING"  # the summary says how it went; -L INFO shows each step

globals().update(read_user_config(os.environ))
globals().update(read_environment(os.environ))
