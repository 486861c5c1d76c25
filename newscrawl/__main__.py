"""``newscrawl``, also ``python -m newscrawl``: Scrapy's command line with our settings, from any folder."""

from __future__ import annotations

import os


def main() -> None:
    """Run Scrapy's command line with :mod:`newscrawl.settings`, whatever project the current folder belongs to."""
    os.environ["SCRAPY_SETTINGS_MODULE"] = "newscrawl.settings"
    from newscrawl.collector import collect_less

    collect_less()
    from scrapy.cmdline import execute

    execute()


if __name__ == "__main__":
    main()
