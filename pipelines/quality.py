"""Checks on the content of a release, the table of all checks, and the gate before publishing."""

from collections.abc import Iterator, Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.errors import QualityGateError
from pipelines.extract.catalogue import LAYOUTS
from pipelines.problems import PROBLEMS
from pipelines.records import Severity
from pipelines.tables import table_of
from pipelines.validate import WHOLE_ROWS, CheckResult

# Checks that cost nothing because pages say what they hold: problem, and which pages it can be asked of.
_FREE_CHECKS = {
    "pager_mismatch": ("pager_agrees", "A page holds as many entries as its pager says."),
    "dates_not_ascending": ("dates_ascend", "Entries of an old page ascend by date."),
    "entries_missing": ("entries_found", "A page that lists documents has entries."),
}


def check_content(tables: Mapping[str, pa.Table]) -> Iterator[CheckResult]:
    """What pages say about themselves, how much was refused, and how much is there at all."""
    pages, entries, issues = tables["pages"], tables["entries"], tables["issues"]
    is_read = pc.is_valid(pages.column("layout"))
    read = pc.sum(is_read).as_py() or 0
    asked = {
        "pager_mismatch": pages.num_rows - pages.column("pager_first").null_count,
        "dates_not_ascending": _read_by(pages, {layout.name for layout in LAYOUTS if layout.generation == "old"}),
    }
    for problem, (check_id, description) in _FREE_CHECKS.items():
        found = issues.filter(pc.equal(issues.column("problem"), problem)).column("page_id").unique()
        severity: Severity = "info" if PROBLEMS[problem].severity == "info" else "warning"
        yield CheckResult(
            check_id, "pages", WHOLE_ROWS, description, severity, asked.get(problem, read), len(found), 0.0
        )
    yield CheckResult(
        "page_read",
        "pages",
        "layout",
        "A grammar read the page.",
        "warning",
        pages.num_rows,
        pages.num_rows - read,
        0.0,
    )
    yield CheckResult(
        "not_cut",
        "pages",
        "is_cut",
        "The page shows no sign of a lost end.",
        "info",
        pages.num_rows,
        pc.sum(pages.column("is_cut")).as_py() or 0,
        0.0,
    )
    refused = pc.sum(pc.equal(issues.column("severity"), "error")).as_py() or 0
    yield CheckResult(
        "nothing_refused",
        "issues",
        "severity",
        "No file, page or row was refused.",
        "warning",
        issues.num_rows,
        refused,
        0.0,
    )
    for column in ("date_text", "date_edtf", "title", "summary"):
        yield CheckResult(
            "filled",
            "entries",
            column,
            "There is a value.",
            "info",
            entries.num_rows,
            entries.column(column).null_count,
            None,
        )
    review = pc.sum(pc.equal(tables["matches"].column("decision"), "review")).as_py() or 0
    yield CheckResult(
        "decided", "matches", "decision", "No pair waits for a person.", "info", tables["matches"].num_rows, review, 0.0
    )
    expects = read > _read_by(pages, {layout.name for layout in LAYOUTS if layout.may_be_empty})
    is_missing = entries.num_rows == 0 and (expects or read == 0)
    yield CheckResult(
        "entries_exist",
        "entries",
        WHOLE_ROWS,
        "Raw pages that list documents gave entries.",
        "error",
        1,
        int(is_missing),
        0.0,
    )


def _read_by(pages: pa.Table, layouts: set[str]) -> int:
    return pc.sum(pc.is_in(pages.column("layout"), value_set=pa.array(sorted(layouts)))).as_py() or 0


def quality_table(results: Sequence[CheckResult]) -> pa.Table:
    """All checks as the table `quality`."""
    columns = {name: [getattr(result, name) for result in results] for name in (*CheckResult._fields, "passed")}
    return table_of("quality", columns)


def guard(results: Sequence[CheckResult]) -> None:
    """Let a release pass only where every check of severity error did.

    Raises:
        QualityGateError: names each check that failed, with its counts.
    """
    failed = [result for result in results if result.severity == "error" and not result.passed]
    if failed:
        lines = [
            f"{r.table}.{r.column}: {r.check_id}: {r.rows_failed} of {r.rows_checked} failed: {r.description}"
            for r in failed
        ]
        message = "quality gate: " + "; ".join(lines)
        raise QualityGateError(message)
