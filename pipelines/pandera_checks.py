"""What Pandera finds in a table: which rows its model refuses, and why. It is asked where a check in Arrow says that not all is well."""

from typing import Any

import pandas as pd
import pandera.errors
import pyarrow as pa

from pipelines.errors import StructureError
from pipelines.validate import WHOLE_ROWS, Refusal, declared_checks
from schemas import TABLES
from schemas.derive import key


def find_refusals(name: str, table: pa.Table) -> list[Refusal]:
    """Run a table's Pandera model over it, lazily, so that every fault is found at once.

    Raises:
        StructureError: columns, order or types are not the declared ones, or a key is not unique; no row can be
            refused for that, so the whole table cannot be published.
    """
    columns = zip(table.column_names, table.columns, strict=True)
    frame = pd.DataFrame({column: pd.arrays.ArrowExtensionArray(values) for column, values in columns})
    try:
        TABLES[name].validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as error:
        return _refusals(name, error.failure_cases, frame)
    return []


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
