"""Every reader gives every cell of every table as pyarrow does, also of releases that are empty, all null, or older than the calendar."""

import datetime as dt
import math
import warnings

import duckdb
import fastparquet
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from schemas.declared import table_names
from schemas.derive import arrow_schema

RELEASES = ["sample", "empty", "one row", "all null", "before 1582"]
ROWS = {"empty": 0, "one row": 1, "all null": 3, "before 1582": 11}
# Days are nanoseconds since 1970 in 64 bits there, and turn over silently outside of these.
FASTPARQUET_FROM, FASTPARQUET_TO = dt.date(1677, 9, 22), dt.date(2262, 4, 11)


def with_pandas(path):
    return lists_of(pd.read_parquet(path, engine="pyarrow"))


def with_pandas_and_arrow_types(path):
    return lists_of(pd.read_parquet(path, engine="pyarrow", dtype_backend="pyarrow"))


def with_pandas_and_fastparquet(path):
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="The 'fastparquet' engine is deprecated")
        return lists_of(pd.read_parquet(path, engine="fastparquet"))


def with_fastparquet(path):
    return lists_of(fastparquet.ParquetFile(str(path)).to_pandas())


def with_polars(path):
    return pl.read_parquet(path).to_dict(as_series=False)


def with_polars_lazily(path):
    return pl.scan_parquet(path).collect().to_dict(as_series=False)


def with_duckdb(path):
    found = duckdb.connect().execute("SELECT * FROM read_parquet(?)", [str(path)])
    names, rows = [column[0] for column in found.description], found.fetchall()
    return {name: [row[at] for row in rows] for at, name in enumerate(names)}


def with_duckdb_to_arrow(path):
    return duckdb.connect().execute("SELECT * FROM read_parquet(?)", [str(path)]).to_arrow_table().to_pydict()


EXACT = [with_pandas, with_pandas_and_arrow_types, with_polars, with_polars_lazily, with_duckdb, with_duckdb_to_arrow]
OF_FASTPARQUET = [with_fastparquet, with_pandas_and_fastparquet]


def lists_of(frame):
    return {name: frame[name].tolist() for name in frame.columns}


def plain(value, kind):
    """A cell as Python has it: what a reader uses for null is None, and a number that had to become a float for it is whole again."""
    if value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, pd.Timestamp):
        value = value.to_pydatetime()
    if kind == pa.date32():
        return value.date() if isinstance(value, dt.datetime) else value
    if kind == pa.timestamp("us", "UTC"):  # one moment, whatever the zone that it is told in; without one it is UTC
        return value.replace(tzinfo=value.tzinfo or dt.UTC).astimezone(dt.UTC)
    if pa.types.is_integer(kind):
        assert value == int(value)
        return int(value)
    return value.item() if isinstance(value, np.generic) else value


def found_by(read, path, schema):
    cells = read(path)
    assert list(cells) == schema.names
    return {name: [plain(value, schema.field(name).type) for value in cells[name]] for name in schema.names}


def expected(path, schema):
    table = pq.read_table(path)
    assert table.schema.equals(schema, check_metadata=True)
    return {name: [plain(value, schema.field(name).type) for value in table[name].to_pylist()] for name in schema.names}


@pytest.mark.parametrize("release", RELEASES)
@pytest.mark.parametrize("read", EXACT)
def test_a_reader_gives_every_cell_as_pyarrow_does(read, release, releases):
    for name in table_names():
        path, schema = releases / release / f"{name}.parquet", arrow_schema(name)
        assert found_by(read, path, schema) == expected(path, schema), name


@pytest.mark.parametrize("release", RELEASES)
@pytest.mark.parametrize("read", OF_FASTPARQUET)
def test_fastparquet_gives_every_cell_but_days_that_nanoseconds_cannot_tell(read, release, releases):
    for name in table_names():
        path, schema = releases / release / f"{name}.parquet", arrow_schema(name)
        found, right = found_by(read, path, schema), expected(path, schema)
        for field in schema:
            if field.type == pa.date32():
                can = [day is None or FASTPARQUET_FROM <= day <= FASTPARQUET_TO for day in right[field.name]]
                found[field.name] = [day for day, is_told in zip(found[field.name], can, strict=True) if is_told]
                right[field.name] = [day for day, is_told in zip(right[field.name], can, strict=True) if is_told]
        assert found == right, name


def test_fastparquet_turns_a_day_before_1677_into_another_one(releases):
    # docs/loading.md tells it; when this fails it can be taken out there.
    days = with_fastparquet(releases / "before 1582" / "documents.parquet")["date_start"]
    assert [str(day.date()) for day in days[:2]] == ["1754-08-30", "2169-02-07"]


def test_pandas_makes_numbers_with_nulls_into_floats_unless_asked_for_arrow_types(releases):
    path = releases / "all null" / "documents.parquet"
    assert str(pd.read_parquet(path)["year_start"].dtype) == "float64"
    assert str(pd.read_parquet(path, dtype_backend="pyarrow")["year_start"].dtype) == "int32[pyarrow]"


@pytest.mark.parametrize("release", ROWS)
def test_the_releases_are_what_they_are_called(release, releases):
    for name in table_names():
        table = pq.read_table(releases / release / f"{name}.parquet")
        assert table.num_rows == ROWS[release]
        if release == "all null":
            assert {field.name for field in table.schema if table[field.name].null_count == 3} == {
                field.name for field in arrow_schema(name) if field.nullable
            }


def test_days_before_1970_are_negative_in_the_file(releases):
    days = pq.read_table(releases / "before 1582" / "documents.parquet")["date_start"].cast(pa.int32()).to_pylist()
    assert days[1] == -354286
    assert days[:9] == sorted(days[:9])
    assert days[8] < 0
