"""A release written from rows, for tests of what reads releases."""

import pyarrow as pa

from pipelines.parquet import write_table
from schemas.declared import table_names
from schemas.derive import arrow_schema


def write_release(processed, release_id, rows):
    """Write a release of rows by table, what a row does not say being null, and let `current` lead to it."""
    release = processed / "releases" / release_id
    release.mkdir(parents=True)
    for name in table_names():
        schema = arrow_schema(name)
        said = [dict.fromkeys(schema.names) | row for row in rows.get(name, [])]
        write_table(name, pa.Table.from_pylist(said, schema), release / f"{name}.parquet")
    (processed / "current").symlink_to(f"releases/{release_id}")
    return processed
