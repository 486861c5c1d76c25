"""The report of a run: one HTML file that a person opens."""

from newscrawl.report.index import write_index
from newscrawl.report.write import write_report
from newscrawl.store.output.shelves import manifests

__all__ = ["manifests", "write_index", "write_report"]
