"""Any frame in, of whatever library; what it lacks is null, and what is wrong with it is said."""

import datetime as dt

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.deduplicate import FrameError, deduplicate
from pipelines.deduplicate.frame import COLUMNS, as_records
from tests.deduplicate.corpora import CABLE, FISH, SALT

ROWS = {
    "date": ["January 05, 1950", "January 5, 1950", "January 5, 1950", None],
    "title": [CABLE, CABLE, "Note on Salt", None],
    "summary": [FISH, FISH, None, SALT],
}
TWO = {"title": [CABLE, CABLE], "summary": [FISH, FISH]}
KINDS = {
    "pyarrow": pa.table,
    "pandas": pd.DataFrame,
    "pandas, Arrow types": lambda rows: pa.table(rows).to_pandas(types_mapper=pd.ArrowDtype),
    "pandas, objects": lambda rows: pd.DataFrame(rows, dtype=object),
    "pandas, other index": lambda rows: pd.DataFrame(rows, index=[7, 7, 3, 1]),
    "polars": pl.DataFrame,
    "pandas, categories": lambda rows: pd.DataFrame(rows).astype({"title": "category", "date": "category"}),
    "duckdb": lambda rows: duckdb.from_arrow(pa.table(rows)),
    "pyarrow, several chunks": lambda rows: pa.concat_tables([pa.table(rows).slice(0, 1), pa.table(rows).slice(1)]),
    "pyarrow, dictionaries": lambda rows: pa.table({name: pa.array(values).dictionary_encode() for name, values in rows.items()}),
    "pyarrow, large strings": lambda rows: pa.table({name: pa.array(values, pa.large_string()) for name, values in rows.items()}),
    "pyarrow, string views": lambda rows: pa.table({name: pa.array(values, pa.string_view()) for name, values in rows.items()}),
}  # fmt: skip


def groups(found):
    """For each row the number of the first row of its document."""
    ids = found.entries.column("document_id").to_pylist()
    return [ids.index(document_id) for document_id in ids]


def dates_of(values):
    records = as_records(pa.table({"title": pa.array([CABLE] * len(values), pa.string()), "date": values}))
    return [tuple(row.values()) for row in records.select(["date_text", "date_edtf", "date_precision"]).to_pylist()]


@pytest.mark.parametrize("kind", KINDS)
def test_a_frame_of_any_library_gives_the_same_documents(kind):
    found = deduplicate(KINDS[kind](ROWS))
    assert groups(found) == [0, 0, 2, 3]
    assert found.entries.equals(deduplicate(pa.table(ROWS)).entries)


@pytest.mark.parametrize("order", [[3, 2, 1, 0], [1, 3, 0, 2]])
def test_the_result_has_the_rows_of_the_frame_in_its_order(order):
    table = pa.table(ROWS | {"entry_id": ["a", "b", "c", "d"], "page_id": ["q", "p", None, "p"]})
    whole = deduplicate(table)
    taken = deduplicate(table.take(order))
    assert taken.entries.column("entry_id").to_pylist() == ["abcd"[at] for at in order]
    assert taken.entries.equals(whole.entries.take(order))


def test_a_frame_has_every_column_of_records_in_their_order():
    records = as_records(pa.table({"title": [CABLE]}))
    assert records.column_names == list(COLUMNS)
    assert [field.type for field in records.schema] == list(COLUMNS.values())


def test_columns_that_deduplication_does_not_know_are_left_alone():
    assert groups(deduplicate(pa.table(ROWS | {"shelf": [1, 2, 3, 4], "": [None] * 4}))) == [0, 0, 2, 3]


@pytest.mark.parametrize(
    "rows",
    [{"title": [CABLE, CABLE]}, {"summary": [FISH, FISH]}, {"title": [CABLE] * 2, "date": ["1950"] * 2}],
    ids=["title", "summary", "title and date"],
)
def test_title_or_summary_alone_is_enough_of_a_frame(rows):
    assert deduplicate(pa.table(rows)).entries.num_rows == 2


def test_a_frame_without_title_and_summary_is_refused_by_its_columns():
    with pytest.raises(FrameError, match=r"^neither `title` nor `summary` among the columns: name, year$"):
        deduplicate(pa.table({"name": ["a"], "year": [1950]}))


def test_a_frame_without_columns_is_refused():
    with pytest.raises(FrameError, match=r"^neither `title` nor `summary` among the columns: none$"):
        deduplicate(pa.table({}))


@pytest.mark.parametrize(
    ("name", "values", "kind"),
    [
        ("title", [1, 2], "int64"),
        ("summary", [0.5, None], "double"),
        ("url", [b"a", b"b"], "binary"),
        ("title", [["a"], ["b"]], r"list<item: string>"),
        ("summary", [True, False], "bool"),
        ("title", [dt.date(1950, 5, 1)] * 2, r"date32\[day\]"),
    ],
)
def test_a_text_column_that_holds_no_text_is_refused_by_name_and_type(name, values, kind):
    with pytest.raises(FrameError, match=rf"^column `{name}` holds {kind}, not text$"):
        deduplicate(pa.table(TWO | {name: values}))


def test_an_entry_id_that_stands_twice_is_refused_by_its_value():
    with pytest.raises(FrameError, match=r"^entry_id 'a' stands on several rows$"):
        deduplicate(pa.table(TWO | {"entry_id": ["a", "a"]}))


def test_entry_ids_that_are_numbers_become_text():
    found = deduplicate(pa.table(TWO | {"entry_id": [7, 12]}))
    assert found.entries.column("entry_id").to_pylist() == ["7", "12"]


def test_without_entry_ids_each_row_gets_one_from_its_content():
    ids = deduplicate(pa.table(ROWS)).entries.column("entry_id").to_pylist()
    turned = deduplicate(pa.table(ROWS).take([3, 2, 1, 0])).entries.column("entry_id").to_pylist()
    assert turned == ids[::-1]
    assert len(set(ids)) == 4
    assert all(entry_id.startswith("e1-") for entry_id in ids)


def test_rows_that_say_the_same_get_an_id_each():
    ids = deduplicate(pa.table(TWO)).entries.column("entry_id").to_pylist()
    assert len(set(ids)) == 2


def test_rows_whose_page_is_not_known_stand_on_a_page_each():
    assert groups(deduplicate(pa.table(TWO))) == [0, 0]
    assert groups(deduplicate(pa.table(TWO | {"page_id": ["p", "p"]}))) == [0, 1]
    assert groups(deduplicate(pa.table(TWO | {"page_id": pa.nulls(2, pa.string())}))) == [0, 0]


def test_years_as_whole_numbers_are_years():
    assert dates_of(pa.array([1950, None, 1948], pa.int64())) == [
        ("1950", "1950", "year"),
        (None, None, None),
        ("1948", "1948", "year"),
    ]


@pytest.mark.parametrize("kind", [pa.int16(), pa.int32(), pa.uint16(), pa.float64(), pa.float32()])
def test_years_of_any_numeric_type_are_years(kind):
    assert dates_of(pa.array([1950, None], kind)) == [("1950", "1950", "year"), (None, None, None)]


def test_years_that_pandas_made_fractions_for_want_of_one_are_years():
    frame = pd.DataFrame(TWO | {"date": [1950, None]})
    assert as_records(frame).column("date_edtf").to_pylist() == ["1950", None]


@pytest.mark.parametrize(
    "kind",
    [pa.date32(), pa.date64(), pa.timestamp("s"), pa.timestamp("ms"), pa.timestamp("us"), pa.timestamp("ns")],
    ids=str,
)
def test_dates_and_times_of_day_are_days(kind):
    values = pa.array([dt.datetime(1950, 5, 1, 0, 0), None], pa.timestamp("us")).cast(kind)  # noqa: DTZ001 an archive's day has no zone
    assert dates_of(values) == [("1950-05-01", "1950-05-01", "day"), (None, None, None)]


def test_a_time_of_day_is_left_out():
    assert dates_of(pa.array([dt.datetime(1950, 5, 1, 23, 59)])) == [("1950-05-01", "1950-05-01", "day")]  # noqa: DTZ001


@pytest.mark.parametrize("frame", [pd.DataFrame, pl.DataFrame], ids=["pandas", "polars"])
def test_dates_of_a_frame_as_datetimes_are_days(frame):
    rows = TWO | {"date": [dt.datetime(1950, 5, 1), dt.datetime(1950, 5, 2)]}  # noqa: DTZ001
    assert as_records(frame(rows)).column("date_edtf").to_pylist() == ["1950-05-01", "1950-05-02"]


def test_printed_dates_and_edtf_are_read():
    assert dates_of(pa.array(["January 05, 1950", "1950-01", " 1950 ", "a while ago", None])) == [
        ("January 05, 1950", "1950-01-05", "day"),
        ("1950-01", "1950-01", "month"),
        (" 1950 ", "1950", "year"),
        ("a while ago", None, None),
        (None, None, None),
    ]


def test_the_bounds_of_a_date_are_read():
    records = as_records(pa.table({"title": [CABLE], "date": ["February, 1950"]}))
    assert records.select(["date_start", "date_end"]).to_pylist() == [
        {"date_start": dt.date(1950, 2, 1), "date_end": dt.date(1950, 2, 28)}
    ]


def test_the_text_of_a_date_that_cannot_be_read_tells_undated_entries_apart():
    rows = {"title": ["Letter"] * 3, "summary": ["Fish."] * 3, "date": ["soon after", "long before", "Soon after"]}
    assert len(set(as_records(pa.table(rows)).column("date_text").to_pylist())) == 3
    assert groups(deduplicate(pa.table(rows)))[2] == 0


def test_columns_of_dates_that_are_there_win_over_date():
    columns = {
        "date": ["1911"],
        "date_edtf": ["1950-05-01"],
        "date_start": [dt.date(1950, 5, 1)],
        "date_end": [dt.date(1950, 5, 1)],
        "date_precision": ["day"],
    }
    assert as_records(pa.table({"title": [CABLE]} | columns)).column("date_edtf").to_pylist() == ["1950-05-01"]


@pytest.mark.parametrize("missing", [None, "", " ", "\n\t"])
def test_white_space_is_no_text(missing):
    found = deduplicate(pa.table({"date": ["1950"] * 2, "title": [CABLE, CABLE], "summary": [missing, FISH]}))
    assert groups(found) == [0, 0]
    assert found.matches.column("rule").to_pylist() == ["summary_missing"]


def test_punctuation_alone_is_text_that_stands_for_itself():
    rows = {"date": ["1950-05-01"] * 3, "title": ["???", "!!!", "???"], "summary": [FISH, FISH, FISH]}
    assert groups(deduplicate(pa.table(rows)))[2] == 0


def test_a_column_of_nulls_alone_is_a_missing_column():
    assert groups(deduplicate(pa.table(TWO | {"date": pa.nulls(2), "url": pa.nulls(2), "page_id": pa.nulls(2)}))) == [
        0,
        0,
    ]


TEXT = st.one_of(
    st.none(), st.text(max_size=25), st.sampled_from([CABLE, FISH, "Cable, Orlov to Petrov", "??", "\x00", "½"])
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.fixed_dictionaries({"title": TEXT, "summary": TEXT, "date": TEXT, "url": TEXT, "page_id": TEXT}),
        min_size=1, max_size=6,
    )
)  # fmt: skip
def test_any_text_in_any_column_gives_each_row_a_document(rows):
    columns = {name: pa.array([row[name] for row in rows], pa.string()) for name in rows[0]}
    found = deduplicate(pa.table(columns | {"entry_id": [f"e{n}" for n in range(len(rows))]}))
    assert found.entries.column("entry_id").to_pylist() == [f"e{n}" for n in range(len(rows))]
    assert set(found.documents.column("document_id").to_pylist()) == set(
        found.entries.column("document_id").to_pylist()
    )
