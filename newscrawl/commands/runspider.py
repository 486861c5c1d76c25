"""``scrapy runspider``: Scrapy's own, with the sentences and exit codes of ``scrapy crawl``."""

from __future__ import annotations

import argparse
import importlib.util
import sys
from pathlib import Path

from scrapy import Spider
from scrapy.commands.runspider import Command as ScrapyRunSpider
from scrapy.utils.spider import iter_spider_classes

from newscrawl.commands.crawl import fail
from newscrawl.configuration import Configuration
from newscrawl.errors import NewscrawlError, UsageError
from newscrawl.process import exit_code, read_arguments


class Command(ScrapyRunSpider):
    """Run the spider of a file; exit codes as ``scrapy crawl``."""

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.crawler_process is not None
        assert self.settings is not None
        try:
            folder = Configuration.read(self.settings).output_dir
            if len(args) != 1:
                raise UsageError(f"runspider takes one file, and got {len(args)}; give for example myspider.py")
            spider = load_spider(Path(args[0]))
            arguments = read_arguments(spider, opts.spargs, folder)
            self.exitcode = exit_code(self.crawler_process, self.crawler_process.create_crawler(spider), **arguments)
        except NewscrawlError as error:
            fail(error)


def load_spider(path: Path) -> type[Spider]:
    """Return the last spider class that the file *path* defines; raises :class:`UsageError` where there is none."""
    if not path.is_file():
        raise UsageError(f"{path} is no file; give the Python file of a spider")
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise UsageError(f"{path} is no Python file; give one whose name ends in .py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    sys.path.insert(0, str(path.resolve().parent))  # its neighbours, as for a script
    try:
        spec.loader.exec_module(module)
    except (ImportError, SyntaxError) as error:
        raise UsageError(f"{path} cannot be loaded: {type(error).__name__}: {error}; mend it") from None
    finally:
        sys.path.pop(0)
    spiders = list(iter_spider_classes(module))
    if not spiders:
        raise UsageError(f"{path} defines no spider with a name; give one that does")
    return spiders[-1]
