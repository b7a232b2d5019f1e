"""How tables become Parquet files: one set of options, the same bytes for the same table."""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.errors import ReleaseError
from schemas.derive import arrow_schema

ROWS_A_GROUP = 100_000
# Page checksums let `verify` find a flipped bit; the page index and statistics let readers skip what they do not ask for.
OPTIONS: dict[str, Any] = {
    "compression": "zstd",
    "row_group_size": ROWS_A_GROUP,
    "write_statistics": True,
    "write_page_index": True,
    "write_page_checksum": True,
}


def write_table(name: str, table: pa.Table, path: Path) -> None:
    """Write one table under the declared Arrow schema, which carries each column's description."""
    pq.write_table(table.cast(arrow_schema(name)), path, **OPTIONS)


def read_table(path: Path, columns: list[str] | None = None) -> pa.Table:
    """Read a table, each page against its checksum.

    Raises:
        pyarrow.ArrowException, OSError: the file is not whole.
    """
    return pq.read_table(path, columns=columns, page_checksum_verification=True)


def read_published(release: Path, name: str, columns: list[str] | None = None) -> pa.Table:
    """A table of a release in its folder, whole or a few of its columns.

    Raises:
        ReleaseError: it cannot be read, or is not the table that this version publishes.
    """
    path = release / f"{name}.parquet"
    try:
        table = read_table(path, columns)
    except (OSError, pa.ArrowException) as error:
        message = f"{path}: cannot be read: {error}"
        raise ReleaseError(message) from error
    declared = arrow_schema(name)
    if table.schema != (declared if columns is None else pa.schema([declared.field(column) for column in columns])):
        message = f"{path}: not the columns that this version publishes; build anew"
        raise ReleaseError(message)
    return table
