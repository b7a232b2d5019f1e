"""Each table against its declaration: what every check found, and which rows it refuses."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import pandas as pd
import pandera.errors
import pyarrow as pa

from pipelines.errors import StructureError
from pipelines.records import Severity
from schemas import TABLES
from schemas.derive import key

# Tables whose rows can be left out: entries, for everything else is made anew without them, and those that no other
# table leads to. A row that cannot stand in any other table stops the release.
ROWS_CAN_BE_LEFT_OUT = frozenset(
    {"entries", "page_filters", "collection_links", "document_parties", "matches", "id_redirects", "issues"},
)
_STRUCTURAL = frozenset({"schema", "field_uniqueness"})
# The column of `quality` for a check that looks at whole rows or across tables.
WHOLE_ROWS = "*"


class CheckResult(NamedTuple):
    """One row of `quality`, but for `passed`, which follows from it."""

    check_id: str
    table: str
    column: str
    description: str
    severity: Severity
    rows_checked: int
    rows_failed: int
    threshold: float | None

    @property
    def passed(self) -> bool:
        """Whether no greater share of rows failed than is allowed; a check without a threshold only counts."""
        return self.threshold is None or self.rows_failed / max(self.rows_checked, 1) <= self.threshold


class Refusal(NamedTuple):
    """A row that a check refuses: its number in the table, the check, the column, and the value as text."""

    row: int
    check_id: str
    column: str
    value: str


class Validation(NamedTuple):
    """What was found in one table."""

    results: list[CheckResult]
    refusals: list[Refusal]


def validate(name: str, table: pa.Table) -> Validation:
    """Run a table's Pandera model over it, lazily, so that every fault is found at once.

    Raises:
        StructureError: columns, order or types are not the declared ones, or a key is not unique; no row can be
            refused for that, so the whole table cannot be published.
    """
    frame = table.to_pandas(types_mapper=pd.ArrowDtype)
    refusals: list[Refusal] = []
    try:
        TABLES[name].validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as error:
        refusals = _refusals(name, error.failure_cases, frame)
    failed: dict[tuple[str, str], set[int]] = {}
    for refusal in refusals:
        failed.setdefault((refusal.column, refusal.check_id), set()).add(refusal.row)
    results = [
        CheckResult(
            check_id,
            name,
            column,
            description,
            _severity(name, check_id),
            len(frame),
            len(failed.get((column, check_id), ())),
            0.0,
        )
        for column, check_id, description in declared_checks(name)
    ]
    return Validation(results, refusals)


def _severity(name: str, check_id: str) -> Severity:
    return "warning" if name in ROWS_CAN_BE_LEFT_OUT and check_id not in _STRUCTURAL else "error"


def declared_checks(name: str) -> Iterator[tuple[str, str, str]]:
    """Every check that a table's declaration holds: column, check, and what it demands."""
    schema = TABLES[name].to_schema()
    yield (
        WHOLE_ROWS,
        "schema",
        f"Exactly the declared columns, in order and of the declared types: {', '.join(schema.columns)}.",
    )
    for column, declared in schema.columns.items():
        if not declared.nullable:
            yield column, "not_nullable", "There is a value in every row."
        if declared.unique:
            yield column, "field_uniqueness", "No value stands in two rows."
        for check in declared.checks:
            yield column, check.name, str(check.error)
    for check in schema.checks:
        yield WHOLE_ROWS, check.name, str(check.description)


def _refusals(name: str, cases: pd.DataFrame, frame: pd.DataFrame) -> list[Refusal]:
    """Failure cases as refusals; several cases of one row under a check that looks at whole rows are one."""
    structural = cases[cases["index"].isna() | (cases["check"] == "field_uniqueness")]
    if len(structural):
        first = structural.iloc[0]
        message = f"{name}: {len(structural)} structural faults, the first: {first['column']}: {first['check']}: {first['failure_case']!s:.200}"
        raise StructureError(message)
    by_check: dict[str, tuple[str, str]] = {}
    for column, check_id, description in declared_checks(name):
        by_check[f"{column}/{description}"] = by_check[f"{column}/{check_id}"] = (column, check_id)
    found: dict[tuple[int, str, str], str] = {}
    for column, check, value, row in zip(
        cases["column"], cases["check"], cases["failure_case"], cases["index"], strict=True
    ):
        at = str(column) if column in frame.columns else WHOLE_ROWS
        known = by_check.get(f"{at}/{check}") or by_check.get(f"{WHOLE_ROWS}/{check}")
        if known is None:
            message = f"{name}: a check that is not declared failed: {column}: {check}"
            raise StructureError(message)
        shown = str(value) if known[0] != WHOLE_ROWS else _key_text(name, frame, int(row))
        found.setdefault((int(row), known[1], known[0]), shown)
    return [Refusal(row, check_id, column, value) for (row, check_id, column), value in sorted(found.items())]


def _key_text(name: str, frame: pd.DataFrame, row: int) -> str:
    values: list[Any] = [frame[column].iloc[row] for column in key(name)]
    return " ".join(map(str, values))
