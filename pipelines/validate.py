"""Each table against its declaration: what every check found, and which rows it refuses."""

from collections.abc import Iterator
from typing import NamedTuple

import pyarrow as pa

from pipelines.arrow_checks import is_as_declared
from pipelines.records import Severity
from schemas.declared import declared

# Tables whose rows can be left out: entries, for everything else is made anew without them, and those that no other
# table leads to. A row that cannot stand in any other table stops the release.
ROWS_CAN_BE_LEFT_OUT = frozenset(
    {
        "entries",
        "page_filters",
        "collection_links",
        "document_parties",
        "title_evidence",
        "matches",
        "id_redirects",
        "issues",
    },
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
    """Run every check that a table declares.

    Where all hold, as they do in almost every build, that is found in Arrow. Where one does not, the Pandera model says which
    rows it refuses.

    Raises:
        StructureError: columns, order or types are not the declared ones, or a key is not unique; no row can be
            refused for that, so the whole table cannot be published.
    """
    refusals: list[Refusal] = []
    if not is_as_declared(name, table):
        from pipelines.pandera_checks import find_refusals  # noqa: PLC0415 imports pandas and pandera

        refusals = find_refusals(name, table)
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
            table.num_rows,
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
    columns, checks = declared(name).columns, declared(name).checks
    demand = f"Exactly the declared columns, in order and of the declared types: {', '.join(c.name for c in columns)}."
    yield WHOLE_ROWS, "schema", demand
    for column in columns:
        if not column.nullable:
            yield column.name, "not_nullable", "There is a value in every row."
        if column.unique:
            yield column.name, "field_uniqueness", "No value stands in two rows."
        for check in checks:
            if check.column == column.name:
                yield column.name, check.check_id, check.description
    for check in checks:
        if check.column is None:
            yield WHOLE_ROWS, check.check_id, check.description
