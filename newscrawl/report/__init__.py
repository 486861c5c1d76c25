"""The report of a run: one HTML file that a person opens."""

from newscrawl.report.write import manifests, write_report

__all__ = ["manifests", "write_report"]
