"""Index, frontier and files of the crawl: what is written is written once, whatever happens."""

from newscrawl.store.desk import Policy
from newscrawl.store.messages import Answer, Discovered, Figures, Pending, Run
from newscrawl.store.store import Store

__all__ = ["Answer", "Discovered", "Figures", "Pending", "Policy", "Run", "Store"]
