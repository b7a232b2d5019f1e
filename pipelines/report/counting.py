"""Counts of a table's rows, and the rows that are told of many."""

from collections.abc import Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

Tables = Mapping[str, pa.Table]
Row = dict[str, Any]
# What a count by values calls the rows without one.
NONE = "none"


def total(table: pa.Table, column: str) -> int:
    """The sum of a column; of booleans how many are true."""
    return total_of(table.column(column))


def total_of(values: pa.ChunkedArray) -> int:
    """The sum of values; of booleans how many are true."""
    return int(pc.sum(values).as_py() or 0)


def tally(table: pa.Table, column: str) -> dict[str, int]:
    """Rows by value, null under `none`, in the order of the values."""
    counted = table.group_by(column).aggregate([([], "count_all")]).to_pylist()
    return dict(sorted((str(row[column] if row[column] is not None else NONE), row["count_all"]) for row in counted))


def rows_with(table: pa.Table, column: str, value: object) -> pa.Table:
    """The rows that have a value in a column."""
    return table.filter(pc.equal(table.column(column), pa.scalar(value, table.schema.field(column).type)))


def rows_among(table: pa.Table, column: str, values: set[str]) -> pa.Table:
    """The rows that have one of these texts in a column."""
    return table.filter(pc.is_in(table.column(column), value_set=pa.array(sorted(values), pa.string())))
