"""A release as a DuckDB file: each table with its types, its meaning and its keys as comments, and views. duckdb is imported when it is asked for."""

from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa

from pipelines.errors import ExportError, UsageError
from pipelines.export.views import VIEWS
from schemas.derive import arrow_schema, foreign_keys, grain, key


def require_duckdb() -> None:
    """See that DuckDB is there, before anything is read.

    Raises:
        UsageError: it is not installed.
    """
    try:
        import duckdb  # noqa: F401, PLC0415 an extra, and it takes time
    except ImportError as error:
        message = "DuckDB is not installed: `pip install 'duckdb>=2'` (or the extra: `pip install 'archive-listings[duckdb]'`)"
        raise UsageError(message) from error


def write_database(tables: Mapping[str, pa.Table], path: Path) -> None:
    """Write tables, and the views for which all tables are there, into a file that is not there.

    Raises:
        ExportError: DuckDB cannot do it.
    """
    import duckdb  # noqa: PLC0415 an extra, and it takes time

    try:
        with duckdb.connect(str(path)) as database:
            for name, table in tables.items():
                database.register("arrow_table", table)
                database.execute(f'CREATE TABLE "{name}" AS SELECT * FROM arrow_table')  # noqa: S608 a declared name
                database.unregister("arrow_table")
                for statement in _comments(name):
                    database.execute(statement)
            for name, view in VIEWS.items():
                if view.tables <= tables.keys():
                    database.execute(f'CREATE VIEW "{name}" AS {view.query}')
                    database.execute(f'COMMENT ON VIEW "{name}" IS {_quoted(view.comment)}')
    except duckdb.Error as error:
        message = f"{path}: cannot be written: {' '.join(str(error).split())}"
        raise ExportError(message) from error


def _comments(table: str) -> list[str]:
    """What a table and its columns mean, and which of them are keys."""
    links = {link.column: f" Leads to {link.table}.{link.target}." for link in foreign_keys(table)}
    meanings = [
        (f'TABLE "{table}"', f"{grain(table)} Key: {', '.join(key(table))}."),
        *(
            (f'COLUMN "{table}"."{field.name}"', field.metadata[b"description"].decode() + links.get(field.name, ""))
            for field in arrow_schema(table)
        ),
    ]
    return [f"COMMENT ON {what} IS {_quoted(meaning)}" for what, meaning in meanings]


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
