"""One side of a comparison: the tables of a release, as far as two releases are compared."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.errors import ReleaseError
from pipelines.parquet import read_table
from schemas.declared import table_names
from schemas.derive import arrow_schema

# What is compared, and of what: all columns of documents, of the other tables those that say where documents went.
_COLUMNS: dict[str, list[str]] = {
    "entries": ["entry_id", "document_id"],
    "document_collections": ["document_id", "collection_id"],
    "collections": ["collection_id", "title"],
    "id_redirects": ["old_document_id", "new_document_id"],
}


class Side(NamedTuple):
    """A release that is compared: its tables, and how many rows each table of it has."""

    release_id: str
    documents: pa.Table
    entries: pa.Table
    document_collections: pa.Table
    collections: pa.Table
    id_redirects: pa.Table
    counts: Mapping[str, int]


def side_of(release_id: str, tables: Mapping[str, pa.Table]) -> Side:
    """Tables that are at hand as a side."""
    selected = {name: tables[name].select(columns) for name, columns in _COLUMNS.items()}
    counts = {name: table.num_rows for name, table in sorted(tables.items())}
    return Side(release_id, tables["documents"], **selected, counts=counts)


def load_side(path: Path, columns: list[str] | None = None) -> Side:
    """A release of a folder as a side, each Parquet page against its checksum; of documents these columns, else all that are declared and counts.

    A column that an earlier version did not publish is left out, a table that it did not have is not counted.

    Raises:
        ReleaseError: the folder holds no release, or one that cannot be read.
    """
    documents = _load(path, "documents", columns)
    selected = {name: _load(path, name, names) for name, names in _COLUMNS.items()}
    counts = (
        {}
        if columns
        else {name: count for name in sorted(table_names()) if (count := _count(path / f"{name}.parquet")) is not None}
    )
    return Side(path.name, documents, **selected, counts=counts)


def _load(path: Path, name: str, columns: list[str] | None) -> pa.Table:
    file = path / f"{name}.parquet"
    try:
        present = pq.read_schema(file)
        declared = [field for field in arrow_schema(name) if columns is None or field.name in columns]
        known = [
            field for field in declared if field.name in present.names and present.field(field.name).type == field.type
        ]
        if columns and len(known) < len(columns):
            message = f"{file}: not the columns that this version compares: {', '.join(columns)}"
            raise ReleaseError(message)
        return read_table(file, [field.name for field in known])
    except (OSError, pa.ArrowException) as error:
        message = f"{file}: cannot be read: {error}"
        raise ReleaseError(message) from error


def _count(file: Path) -> int | None:
    try:
        return int(pq.read_metadata(file).num_rows)
    except FileNotFoundError:
        return None
    except (OSError, pa.ArrowException) as error:
        message = f"{file}: cannot be read: {error}"
        raise ReleaseError(message) from error
