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

# Checks that cost nothing because pages say what they hold: problem, name of the check, and what it demands.
_FREE_CHECKS = {
    "pager_mismatch": ("pager_agrees", "A page holds as many entries as its pager says."),
    "dates_not_ascending": ("dates_ascend", "Entries of an old page ascend by date."),
    "entries_missing": ("entries_found", "A page that lists documents has entries."),
}
_OLD = {layout.name for layout in LAYOUTS if layout.generation == "old"}


def check_content(tables: Mapping[str, pa.Table]) -> Iterator[CheckResult]:
    """What pages say about themselves, how much was refused, and how much is there at all."""
    pages, entries, issues, matches = (tables[name] for name in ("pages", "entries", "issues", "matches"))
    read = pages.num_rows - pages.column("layout").null_count
    yield from _free_checks(pages, issues, read)
    yield _content("page_read", (pages, "layout"), "A grammar read the page.", "warning", pages.num_rows - read)
    yield _content(
        "not_cut",
        (pages, "is_cut"),
        "The page shows no sign of a lost end.",
        "info",
        _count(pages, "is_cut", value=True),
    )
    refused = _count(issues, "severity", "error")
    yield _content("nothing_refused", (issues, "severity"), "No file, page or row was refused.", "warning", refused)
    for column in ("date_text", "date_edtf", "title", "summary"):
        missing = entries.column(column).null_count
        yield _content("filled", (entries, column), "There is a value.", "info", missing)._replace(threshold=None)
    review = _count(matches, "decision", "review")
    yield _content("decided", (matches, "decision"), "No pair waits for a person.", "info", review)
    # A topic with a timeline and a search without results rightly list nothing.
    is_missing = entries.num_rows == 0 and (read == 0 or _count(issues, "problem", "entries_missing") > 0)
    demand = "Raw pages that list documents gave entries."
    yield CheckResult("entries_exist", "entries", WHOLE_ROWS, demand, "error", 1, int(is_missing), 0.0)


def _free_checks(pages: pa.Table, issues: pa.Table, read: int) -> Iterator[CheckResult]:
    asked = {
        "pager_mismatch": pages.num_rows - pages.column("pager_first").null_count,
        "dates_not_ascending": _read_by(pages, _OLD),
        "entries_missing": read,
    }
    for problem, (check_id, demand) in _FREE_CHECKS.items():
        found = issues.filter(pc.equal(issues.column("problem"), problem)).column("page_id").unique()
        severity: Severity = "info" if PROBLEMS[problem].severity == "info" else "warning"
        yield CheckResult(check_id, "pages", WHOLE_ROWS, demand, severity, asked[problem], len(found), 0.0)


def _content(check_id: str, where: tuple[pa.Table, str], demand: str, severity: Severity, failed: int) -> CheckResult:
    """A check of one column that no row should fail."""
    table, column = where
    name = table.schema.metadata[b"table"].decode()
    return CheckResult(check_id, name, column, demand, severity, table.num_rows, failed, 0.0)


def _count(table: pa.Table, column: str, value: object) -> int:
    return pc.sum(pc.equal(table.column(column), pa.scalar(value))).as_py() or 0


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
