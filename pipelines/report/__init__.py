"""The data-quality report: what a release holds and what is wrong with it, for programs, for people, and for Prefect.

What follows from the tables is in the release (`content.py`, `rendering.py`); what depends on other releases is beside it
(`context.py`, `writing.py`): docs/decisions/0015-a-report-inside-and-one-outside.md
"""

from pipelines.report.content import REPORT_VERSION, make_report
from pipelines.report.short import markdown_summary

__all__ = ["REPORT_VERSION", "make_report", "markdown_summary"]
