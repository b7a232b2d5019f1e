"""Five releases that a reader must not stumble over, each table written as a release writes it."""

import datetime as dt
import shutil
from pathlib import Path

import pyarrow as pa
import pytest

from pipelines.build import BuildSettings, build
from pipelines.engine import LocalEngine
from pipelines.parquet import write_table
from schemas.declared import table_names
from schemas.derive import arrow_schema

SAMPLE = Path(__file__).parents[2] / "raw" / "sample"
# Days that a calendar may stumble over: before year 1000, a 29 February that the Julian calendar alone has (so it is no day here),
# the days that the Gregorian reform skipped, the first that nanoseconds since 1970 can tell, and both ends.
OLD_DAYS = [
    dt.date(1, 1, 1),
    dt.date(999, 12, 31),
    dt.date(1000, 2, 28),
    dt.date(1000, 3, 1),
    dt.date(1582, 10, 4),
    dt.date(1582, 10, 5),
    dt.date(1582, 10, 14),
    dt.date(1582, 10, 15),
    dt.date(1677, 9, 21),
    dt.date(1969, 12, 31),
    dt.date(9999, 12, 31),
]
TEXTS = [
    "Cable, Mao Zedong to ‘Filippov’ [Stalin]",
    "",
    "=1+1",
    'quotes " and, commas;\ttabs\nlines',
    "Łódź 中文 שלום \U0001f4dc",
    "NULL",
]
MOMENT = dt.datetime(2024, 2, 29, 23, 59, 59, 999_999, tzinfo=dt.UTC)


def value_of(kind, at):
    """A value of a type, another one for each row."""
    if kind == pa.string():
        return TEXTS[at % len(TEXTS)] + (str(at) if at >= len(TEXTS) else "")
    if kind == pa.bool_():
        return at % 2 == 0
    if kind == pa.date32():
        return dt.date(1949, 10, 1) + dt.timedelta(days=at)
    if kind == pa.timestamp("us", "UTC"):
        return MOMENT - dt.timedelta(days=at)
    if kind == pa.float64():
        return 1 / (at + 3)
    return {pa.int32(): 2**31 - 1, pa.int64(): 2**53}[kind] - at


def made(name, count, value=value_of):
    """A table of so many rows, filled to the last cell."""
    schema = arrow_schema(name)
    return pa.table(
        [pa.array([value(field.type, at) for at in range(count)], field.type) for field in schema], schema=schema
    )


def all_null(name):
    """Three rows in which everything is null that may be."""
    schema = arrow_schema(name)
    columns = made(name, 3)
    return pa.table(
        [pa.nulls(3, field.type) if field.nullable else columns.column(field.name) for field in schema], schema=schema
    )


def old(name):
    """Rows with days long before the Gregorian calendar, and captures on the same days."""

    def value(kind, at):
        if kind == pa.date32():
            return OLD_DAYS[at]
        if kind == pa.timestamp("us", "UTC"):
            return dt.datetime.combine(OLD_DAYS[at], dt.time(12), dt.UTC)
        return value_of(kind, at)

    return made(name, len(OLD_DAYS), value)


MADE = {
    "empty": lambda name: arrow_schema(name).empty_table(),
    "one row": lambda name: made(name, 1),
    "all null": all_null,
    "before 1582": old,
}
TABLES = table_names()


@pytest.fixture(scope="session")
def releases(tmp_path_factory):
    """The folder of each release."""
    folder = tmp_path_factory.mktemp("readers")
    for release, make in MADE.items():
        (folder / release).mkdir()
        for name in TABLES:
            write_table(name, make(name), folder / release / f"{name}.parquet")
    build(BuildSettings(SAMPLE, folder / "processed"), LocalEngine())
    shutil.copytree(folder / "processed" / "current", folder / "sample")
    return folder
