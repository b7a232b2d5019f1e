"""Columns and tables of what titles say: one reading a title, as many rows as documents bear it."""

import pyarrow as pa

from pipelines.title_tables import ReadBefore, read_titles
from schemas.derive import arrow_schema

IDS = ["d1-000000000000000b", "d1-000000000000000c", "d1-000000000000000a", "d1-000000000000000d"]
TITLES = [
    "Cable No. 5, Mao Zedong to Filippov [Stalin]",
    None,
    "Cable No. 5, Mao Zedong to Filippov [Stalin]",
    "Visit, 3-10 March 1964",
]


def said(ids=IDS, titles=TITLES):
    return read_titles(pa.chunked_array([ids], pa.string()), pa.chunked_array([titles], pa.string()))


def test_columns_follow_the_documents_and_a_missing_title_says_nothing():
    columns = {name: values.to_pylist() for name, values in said().columns.items()}
    assert columns["genre"] == ["telegram", None, "telegram", None]
    assert columns["number"] == ["5", None, "5", None]
    assert columns["number_kind"] == ["telegram", None, "telegram", None]
    assert columns["event_date_edtf"] == [None, None, None, "1964-03-03/1964-03-10"]


def test_parties_stand_in_the_order_of_their_key():
    parties = said().parties
    assert parties.schema == arrow_schema("document_parties")
    rows = [
        (row["document_id"][-1], row["party_index"], row["role"], row["name"], row["alias"])
        for row in parties.to_pylist()
    ]
    both = [(1, "from", "Mao Zedong", None), (2, "to", "Filippov", "Stalin")]
    assert rows == [("a", *row) for row in both] + [("b", *row) for row in both]


def test_evidence_stands_in_the_order_of_its_key_and_names_the_characters():
    evidence = said().evidence
    assert evidence.schema == arrow_schema("title_evidence")
    rows = [
        (row["document_id"][-1], row["field"], row["value_index"], row["character_first"], row["matched_text"])
        for row in evidence.to_pylist()
    ]
    assert rows[:4] == [
        ("a", "genre", 1, 1, "Cable"),
        ("a", "number", 1, 7, "No. 5"),
        ("a", "party", 1, 14, "Mao Zedong"),
        ("a", "party", 2, 28, "Filippov [Stalin]"),
    ]
    assert rows[-1] == ("d", "event_date", 1, 8, "3-10 March 1964")
    assert rows == sorted(rows)


def test_no_documents_give_empty_tables():
    empty = said([], [])
    assert (empty.parties.num_rows, empty.evidence.num_rows) == (0, 0)


def test_documents_without_titles_give_empty_tables():
    empty = said(IDS[:2], [None, None])
    assert (empty.parties.num_rows, empty.evidence.num_rows, empty.columns["genre"].null_count) == (0, 0, 2)


def test_titles_of_the_release_before_say_what_it_says_of_them_and_new_ones_are_read():
    ids = [f"d1-{number:016x}" for number in range(5)]
    titles = [
        "Letter No. 7, A. Petrov to B. Orlov",
        None,
        "Letter No. 7, A. Petrov to B. Orlov",
        "Minutes, CC CPSU",
        "Plain",
    ]
    before = said(ids, titles)
    documents = pa.table(
        {
            "document_id": pa.chunked_array([ids], pa.string()),
            "title": pa.chunked_array([titles], pa.string()),
            **before.columns,
        }
    )
    again = [titles[3], "Cable No. 9, C. Ivanov to D. Lebed", titles[0], titles[4], None]
    known = read_titles(
        pa.chunked_array([ids], pa.string()), pa.chunked_array([again], pa.string()),
        before=ReadBefore(documents, before.parties, before.evidence),
    )  # fmt: skip
    fresh = said(ids, again)
    assert {name: column.to_pylist() for name, column in known.columns.items()} == {
        name: column.to_pylist() for name, column in fresh.columns.items()
    }
    assert known.parties.equals(fresh.parties)
    assert known.evidence.equals(fresh.evidence)
    assert known.parties.column("name").to_pylist()[:2] == ["CC CPSU", "C. Ivanov"]


def test_a_number_that_a_page_listed_before_is_said_by_no_title():
    ids, titles = ["d1-0000000000000001"], ["Minutes, CC CPSU"]
    before = said(ids, titles)
    listed = {**before.columns, "number": pa.array(["12"]), "number_kind": pa.array(["listed"])}
    documents = pa.table({"document_id": ids, "title": titles, **listed})
    known = read_titles(
        pa.chunked_array([ids]),
        pa.chunked_array([titles]),
        before=ReadBefore(documents, before.parties, before.evidence),
    )
    assert (known.columns["number"].to_pylist(), known.columns["number_kind"].to_pylist()) == ([None], [None])
