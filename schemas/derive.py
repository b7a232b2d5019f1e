"""What follows from a table's declaration: its Arrow schema, its key, its Frictionless descriptor, its documentation."""

from functools import cache
from typing import Any, NamedTuple

import pyarrow as pa

from schemas import TABLE_VERSION
from schemas.declared import declared

_ARROW_TYPES = {
    "string": pa.string(), "int32": pa.int32(), "int64": pa.int64(), "double": pa.float64(), "bool": pa.bool_(),
    "date32[day]": pa.date32(), "timestamp[us, tz=UTC]": pa.timestamp("us", "UTC"),
}  # fmt: skip
_FRICTIONLESS_TYPES = {
    "string": "string", "int32": "integer", "int64": "integer", "double": "number", "bool": "boolean",
    "date32[day]": "date", "timestamp[us, tz=UTC]": "datetime",
}  # fmt: skip


class ForeignKey(NamedTuple):
    """A column whose values, where there are any, are keys of another table."""

    column: str
    table: str
    target: str


@cache
def arrow_schema(table: str) -> pa.Schema:
    """The one Arrow schema of a table: columns in order, each with its description and whether it may be null."""
    fields = [
        pa.field(column.name, _ARROW_TYPES[column.type], nullable=column.nullable, metadata={"description": column.description})
        for column in declared(table).columns
    ]  # fmt: skip
    return pa.schema(fields, {"table": table, "description": grain(table), "table_version": TABLE_VERSION})


def grain(table: str) -> str:
    """What one row is, as the declaration says: `One row per …`."""
    return declared(table).grain


def key(table: str) -> list[str]:
    """The columns that identify a row."""
    return list(declared(table).key)


def foreign_keys(table: str) -> list[ForeignKey]:
    """The columns that lead to another table."""
    return [ForeignKey(column, *target.split(".")) for column, target in declared(table).foreign_keys.items()]


def table_schema(table: str) -> dict[str, Any]:
    """The Frictionless Table Schema (v2) of a table."""
    fields = [
        {
            "name": column.name,
            "type": _FRICTIONLESS_TYPES[column.type],
            "description": column.description,
            "constraints": {"required": not column.nullable},
        }
        for column in declared(table).columns
    ]
    links = [
        {"fields": [link.column], "reference": {"resource": link.table, "fields": [link.target]}}
        for link in foreign_keys(table)
    ]
    schema: dict[str, Any] = {"fields": fields, "primaryKey": key(table)}
    return {**schema, "foreignKeys": links} if links else schema


def column_table(table: str) -> str:
    """The columns of a table as a Markdown table: name, type, whether null, description."""
    rows = [
        f"| `{field.name}` | {field.type} | {'yes' if field.nullable else 'no'} | {field.metadata[b'description'].decode()} |"
        for field in arrow_schema(table)
    ]
    return "\n".join(["| column | type | null | meaning |", "|---|---|---|---|", *rows])
