"""The data-quality report: what a release holds and what is wrong with it, for programs, for people, and for Prefect.

What follows from the tables is in the release (`content.py`, `rendering.py`); what depends on other releases is beside it
(`context.py`, `writing.py`): docs/decisions/0015-a-report-inside-and-one-outside.md. All is imported when it is first asked for, so that
a command that only asks starts at once.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipelines.report.content import REPORT_VERSION, make_report
    from pipelines.report.short import markdown_summary

__all__ = ["REPORT_VERSION", "make_report", "markdown_summary"]
_MODULES = {"REPORT_VERSION": "content", "make_report": "content", "markdown_summary": "short"}


def __getattr__(name: str) -> object:
    if name not in _MODULES:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
