"""What a run brought: the report that summary and manifest are made of."""

from newscrawl.reports.parked_host import ParkedHost
from newscrawl.reports.run_report import DocumentFailure, RunReport, SourceReport
from newscrawl.reports.summary import summary_lines

__all__ = ["DocumentFailure", "ParkedHost", "RunReport", "SourceReport", "summary_lines"]
