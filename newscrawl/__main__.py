"""``newscrawl``, also ``python -m newscrawl``: Scrapy's command line with our settings, from any folder."""

from __future__ import annotations

import os
import sys

OLDEST = (3, 11)


def main() -> None:
    """Run Scrapy's command line with :mod:`newscrawl.settings`, whatever project the current folder belongs to."""
    if sys.version_info < OLDEST:
        version = ".".join(map(str, sys.version_info[:2]))
        sys.exit(f"newscrawl: this is Python {version}, and newscrawl needs 3.11 or later; install it with a newer one")
    os.environ["SCRAPY_SETTINGS_MODULE"] = "newscrawl.settings"
    from newscrawl.collector import collect_less

    collect_less()
    from scrapy.cmdline import execute

    execute()


if __name__ == "__main__":
    main()
