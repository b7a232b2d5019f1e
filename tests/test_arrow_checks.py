"""What Arrow says of a table's checks is what Pandera says; and what the models declare is what is read of them."""

import datetime as dt
import random

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipelines.arrow_checks import is_as_declared
from pipelines.build import BuildSettings, build
from pipelines.engine import LocalEngine
from pipelines.errors import StructureError
from pipelines.pandera_checks import find_refusals
from pipelines.validate import validate
from schemas import declared as room
from schemas.declared import declared, table_names
from schemas.derive import arrow_schema
from tests.memory.conftest import SAMPLE

# Values at which checks are passed and failed, of each type.
ODD = {
    "string": [None, "", "x", "d1-0123456789abcdef", "d1-0123456789abcdef\n", "D1-0123456789ABCDEF", "day", "hour", "1950", "195X",
               "1950-01/1951", "1950-01\n", "error", "text/plain", "text/html ", "a_code", "A code", "y" * 2_001, "z" * 50_001],
    "int32": [None, -1, 0, 1, 2, 2**31 - 1], "int64": [None, -1, 0, 1, 2**40],
    "double": [None, -0.01, 0.0, 0.5, 1.0, 1.01, float("nan")], "bool": [None, True, False],
    "date32[day]": [None, dt.date(1950, 1, 1), dt.date(1950, 1, 2), dt.date(1, 1, 1)],
    "timestamp[us, tz=UTC]": [None, dt.datetime(1950, 1, 1, tzinfo=dt.UTC)],
}  # fmt: skip


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    """The tables of a release; of one that is empty there, a row of nothing but the first odd values."""
    processed = tmp_path_factory.mktemp("processed")
    build(BuildSettings(SAMPLE, processed), LocalEngine())
    found = {name: pq.read_table(processed / "current" / f"{name}.parquet") for name in table_names()}
    return {name: table.cast(arrow_schema(name)) for name, table in found.items()}


def damaged(chance, table):
    """Some values of a table replaced by odd ones; they are of the declared types still."""
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(table.num_columns)
        field = table.schema.field(at)
        values = table.column(at).to_pylist() or [None]
        values[chance.randrange(len(values))] = chance.choice([*ODD[str(field.type)], chance.choice(values)])
        if table.num_rows:
            table = table.set_column(at, field, pa.array(values, field.type))
    return table


def is_refused_by_pandera(name, table):
    try:
        return bool(find_refusals(name, table))
    except StructureError:
        return True


@pytest.mark.parametrize("name", table_names())
def test_a_release_is_as_declared_to_both(name, tables):
    assert is_as_declared(name, tables[name])
    assert not is_refused_by_pandera(name, tables[name])


@pytest.mark.parametrize("name", table_names())
def test_what_is_damaged_is_found_by_both_or_by_neither(name, tables):
    chance = random.Random(name)
    told = [(is_as_declared(name, table), not is_refused_by_pandera(name, table)) for table in (
        damaged(chance, tables[name].slice(0, 12)) for _ in range(40)
    )]  # fmt: skip
    assert all(arrow == pandera for arrow, pandera in told)
    if tables[name].num_rows:
        assert {arrow for arrow, _ in told} == {True, False}


@pytest.mark.parametrize("name", table_names())
def test_other_columns_are_found(name, tables):
    table = tables[name]
    first = table.column_names[0]
    for other in (
        table.drop_columns([first]),
        table.select(table.column_names[::-1]),
        table.append_column("more", pa.nulls(table.num_rows, pa.string())),
        table.set_column(0, first, table.column(0).cast(pa.large_string())),
    ):
        assert not is_as_declared(name, other)


def test_a_check_that_arrow_does_not_know_is_asked_of_pandera(tables, monkeypatch):
    monkeypatch.setattr("pipelines.arrow_checks._ROW_CHECKS", {})
    assert not is_as_declared("entries", tables["entries"])
    assert validate("entries", tables["entries"]).refusals == []


def test_declarations_of_other_models_than_these_are_derived_anew(tmp_path, monkeypatch):
    known = {name: declared(name) for name in [*table_names(), "differences"]}
    stale = tmp_path / "declared.json"
    for text in ('{"sha256": "of others", "tables": {}}', "{", ""):
        stale.write_text(text, encoding="utf-8")
        monkeypatch.setattr(room, "_FILE", stale)
        room._all.cache_clear()  # noqa: SLF001
        assert {name: declared(name) for name in known} == known
    room._all.cache_clear()  # noqa: SLF001
