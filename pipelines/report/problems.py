"""What was refused or doubted, each with its file, its lines and their text."""

from typing import Any

import pyarrow as pa

from pipelines.problems import PROBLEMS
from pipelines.report.counting import Row, rows_with, tally

MOST_ITEMS = 100
MOST_NOTES = 50
_TOLD = ["severity", "problem", "source_path", "line_first", "line_last", "message", "issue_id", "raw_text", "value"]


def describe_issues(issues: pa.Table) -> dict[str, Any]:
    """Errors and warnings with where they stand; what is only worth knowing apart, as `notes`; and every problem with its meaning."""
    by_problem = tally(issues, "problem")
    return {
        "by_problem": by_problem,
        "by_severity": tally(issues, "severity"),
        "problems": [
            {
                "problem": problem,
                "severity": PROBLEMS[problem].severity,
                "meaning": PROBLEMS[problem].meaning,
                "issue_count": count,
            }
            for problem, count in by_problem.items()
            if problem in PROBLEMS
        ],
        "items": _in_order([*_first(issues, "error", MOST_ITEMS), *_first(issues, "warning", MOST_ITEMS)][:MOST_ITEMS]),
        "notes": _in_order(_first(issues, "info", MOST_NOTES)),
    }


def _first(issues: pa.Table, severity: str, most: int) -> list[Row]:
    rows: list[Row] = rows_with(issues, "severity", severity).select(_TOLD).slice(0, most).to_pylist()
    return rows


def _in_order(found: list[Row]) -> list[Row]:
    """By severity, errors first, then by place."""
    return sorted(
        found, key=lambda item: (item["severity"], item["source_path"] or "", item["line_first"] or 0, item["message"])
    )
