import csv
import errno
import io
import os
import re
from hashlib import sha256

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import csv as arrow_csv

from pipelines.export.neutral import neutralised
from schemas.declared import table_names

# What a spreadsheet would take for a formula, and what the file has in its place.
FORMULAS = {
    "=1+1": "'=1+1",
    '=HYPERLINK("http://evil.example","x")': '\'=HYPERLINK("http://evil.example","x")',
    "=cmd|' /C calc'!A0": "'=cmd|' /C calc'!A0",
    "+1+1": "'+1+1",
    "-2+3+cmd|' /C calc'!D2": "'-2+3+cmd|' /C calc'!D2",
    "@SUM(1+1)*cmd|' /C calc'!A0": "'@SUM(1+1)*cmd|' /C calc'!A0",
    "\t=1+1": "'\t=1+1",
    "\r=1+1": "'\\r=1+1",
    "\n=1+1": "'\n=1+1",
    "  =1+1": "'  =1+1",
    "＝1+1": "'＝1+1",
    "\x00=1+1": "'\\x00=1+1",
    "\ufeff=1+1": "'\ufeff=1+1",
    "'=1+1": "''=1+1",
}
# What would steer the terminal on which the file is looked at, and what the file has in its place.
STEERING = {
    "\x1b[2J\x1b[H": "\\x1b[2J\\x1b[H",
    "\x1b]0;owned\x07": "\\x1b]0;owned\\x07",
    "\x1b]52;c;cm0gLXJmIH4=\x07": "\\x1b]52;c;cm0gLXJmIH4=\\x07",
    "\x9b31m": "\\x9b31m",
    "before\rafter": "before\\rafter",
    "gone\b\b\b\b": "gone\\x08\\x08\\x08\\x08",
    "\u202eetirw\u202c": "\\u202eetirw\\u202c",
    "a\x7f\x85b": "a\\x7f\\x85b",
}
INERT = [
    "",
    "Cable, Mao to Stalin",
    "a=b",
    "1 - 2",
    "it's",
    "'quoted'",
    "tab\tinside",
    "two\nlines",
    "Łódź 中文 שלום",
    "—dash",
    "\u200fשלום",
]


def cell(text):
    table = neutralised(pa.table({"text": pa.array([text], pa.string())}))
    return table.column("text")[0].as_py()


def read_rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(("text", "expected"), [*FORMULAS.items(), *STEERING.items()])
def test_a_hostile_text_is_written_so_that_it_does_nothing(text, expected):
    assert cell(text) == expected


@pytest.mark.parametrize("text", INERT)
def test_other_texts_stay_as_they_are(text):
    assert cell(text) == text


@given(st.text(alphabet="'=+-@\t ＝ab\n1", max_size=12))
def test_the_apostrophe_can_be_taken_away_again(text):
    written = cell(text)
    restored = written[1:] if re.match(r"'+(?:\s*[=+\-@＝]|[\t\n])", written) else written
    assert restored == text


@given(st.text(max_size=20))
def test_no_text_begins_a_formula_or_steers_a_terminal(text):
    written = cell(text)
    assert not re.match(r"\s*[=+\-@＝＋－＠]|[\t\r\n]", written)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", written)


def test_every_hostile_text_goes_through_the_command_and_parquet_keeps_it(library, run, tmp_path):
    hostile = {**FORMULAS, **STEERING}
    rows = [{"old_document_id": text, "new_document_id": f"d1-{0:016x}"} for text in hostile]
    processed = library(id_redirects=rows)
    path = processed / "current" / "id_redirects.parquet"
    before = sha256(path.read_bytes()).hexdigest()
    assert run(processed, "--csv", tmp_path / "out").code == 0
    written = [row["old_document_id"] for row in read_rows(tmp_path / "out" / "id_redirects.csv")]
    assert written == list(hostile.values())
    assert sha256(path.read_bytes()).hexdigest() == before


def test_a_null_is_told_from_an_empty_text_and_values_are_plain(filled, run, tmp_path):
    run(filled, "--csv", tmp_path / "out", "--table", "documents")
    lines = (tmp_path / "out" / "documents.csv").read_bytes().decode().split("\n")
    assert lines[1].startswith(
        '"d1-0000000000000001","Cable, Mao to Stalin","",,"0999-12-31",0999-12-31,0999-12-31,,999,,'
    )
    assert lines[2].startswith('"d1-0000000000000002","\'=1+1",,,,,,,,,')
    assert lines[1].split(",")[-8] == "false"
    run(filled, "--csv", tmp_path / "out", "--table", "pages")
    assert '1099511627776,"text/plain","utf-8",,"search",,2024-02-29 23:59:00.000000Z,' in (
        tmp_path / "out" / "pages.csv"
    ).read_text(encoding="utf-8")


def test_a_file_for_each_table_with_its_columns_and_rows(filled, run, tmp_path):
    told = run(filled, "--csv", tmp_path / "out")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(f"{name}.csv" for name in table_names())
    rows = {name: count for file in told.said["files"] for name, count in file["rows"].items()}
    for name in table_names():
        table = pl.read_parquet(filled / "current" / f"{name}.parquet")
        assert rows[name] == table.height == len(read_rows(tmp_path / "out" / f"{name}.csv"))
        head = (tmp_path / "out" / f"{name}.csv").read_text(encoding="utf-8").split("\n")[0]
        assert next(csv.reader(io.StringIO(head))) == table.columns


def test_pandas_and_polars_read_it(filled, run, tmp_path):
    run(filled, "--csv", tmp_path / "out")
    path = tmp_path / "out" / "documents.csv"
    assert pd.read_csv(path)["title"].tolist() == ["Cable, Mao to Stalin", "'=1+1"]
    assert pl.read_csv(path)["entry_count"].to_list() == [1, 1]


def test_arrow_and_duckdb_can_keep_a_null_and_an_empty_text_apart(filled, run, tmp_path):
    run(filled, "--csv", tmp_path / "out")
    path = tmp_path / "out" / "documents.csv"
    options = arrow_csv.ConvertOptions(strings_can_be_null=True, quoted_strings_can_be_null=False)
    assert arrow_csv.read_csv(path, convert_options=options)["summary"].to_pylist() == ["", None]
    found = duckdb.sql(
        f"SELECT summary FROM read_csv('{path}', all_varchar = true, allow_quoted_nulls = false)"
    ).fetchall()
    assert found == [("",), (None,)]


def test_excel_is_told_that_it_is_utf_8(filled, run, tmp_path):
    run(filled, "--csv", tmp_path / "with", "--excel")
    run(filled, "--csv", tmp_path / "without")
    with_mark, without = ((tmp_path / name / "documents.csv").read_bytes() for name in ("with", "without"))
    assert with_mark == b"\xef\xbb\xbf" + without
    assert without.startswith(b'"document_id"')


def test_nothing_is_replaced_unless_it_is_asked_for_and_nothing_else_is_touched(filled, run, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    (out / "notes.txt").write_text("mine")
    (out / "documents.csv").write_text("mine")
    refused = run(filled, "--csv", out)
    assert (refused.code, refused.said["message"]) == (
        2,
        f"{out / 'documents.csv'}: is there already; --force replaces it",
    )
    assert sorted(path.name for path in out.iterdir()) == ["documents.csv", "notes.txt"]
    assert (out / "documents.csv").read_text() == "mine"
    assert run(filled, "--csv", out, "--force").code == 0
    assert (out / "notes.txt").read_text() == "mine"
    assert len(list(out.iterdir())) == len(table_names()) + 1
    assert len(read_rows(out / "documents.csv")) == 2


@pytest.mark.parametrize("is_there", [False, True])
def test_an_export_that_fails_leaves_what_was_there(is_there, filled, run, tmp_path):
    out = tmp_path / "out"
    if is_there:
        out.mkdir()
        (out / "documents.csv").write_text("before")
    torn = filled / "current" / "quality.parquet"
    torn.write_bytes(torn.read_bytes()[:100])
    failed = run(filled, "--csv", out, "--force")
    assert failed.code == 1
    assert "quality.parquet: cannot be read" in failed.said["message"]
    assert [path.name for path in tmp_path.iterdir() if path.name != "processed"] == (["out"] if is_there else [])
    if is_there:
        assert [(path.name, path.read_text()) for path in out.iterdir()] == [("documents.csv", "before")]


def test_a_full_disk_is_told_and_nothing_is_left_of_the_export(filled, run, tmp_path, monkeypatch):
    def write(_table, file, _options):
        file.write(b"half")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("pipelines.export.csv_files.csv.write_csv", write)
    failed = run(filled, "--csv", tmp_path / "out")
    assert (failed.code, failed.said["message"]) == (
        1,
        f"{tmp_path / 'out'}: cannot be written: No space left on device",
    )
    assert [path.name for path in tmp_path.iterdir()] == ["processed"]


def test_a_folder_that_cannot_be_is_told(filled, run, tmp_path):
    (tmp_path / "file").write_text("")
    failed = run(filled, "--csv", tmp_path / "file" / "out")
    assert (failed.code, failed.said["message"].endswith("cannot be written: Not a directory")) == (1, True)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (
            ["--csv", "out", "--table", "letters"],
            "--table 'letters': no such table; there are: collections, pages, documents",
        ),
        (["--csv", "out", "r1-ffffffffffffffff"], "'r1-ffffffffffffffff': no such release"),
        (["--csv", "file"], "file: is no folder; --csv names the folder that the files go to"),
        (
            ["--csv", "processed/csv"],
            "processed/csv: lies in the folder of releases, in which only releases are written",
        ),
        (["--csv", "processed/current"], "processed/current: lies in the folder of releases"),
        (["--duckdb", "out.duckdb", "--excel"], "--excel belongs to --csv"),
        (["--duckdb", "processed"], "processed: lies in the folder of releases"),
        (["--duckdb", "folder"], "folder: is a folder; --duckdb names the file that is written"),
    ],
)
def test_what_cannot_be_exported_is_said_in_one_line(arguments, told, filled, run, monkeypatch):
    tmp_path = filled.parent
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_text("")
    (tmp_path / "folder").mkdir()
    failed = run(filled.relative_to(tmp_path), *arguments)
    assert (failed.code, told in failed.said["message"]) == (2, True), failed.said["message"]


def test_a_person_is_told_what_was_written(filled, tmp_path, capsys):
    from pipelines.cli import main

    assert main(["export", "--csv", str(tmp_path / "out"), "--processed", str(filled), "--table", "documents"]) == 0
    size = (tmp_path / "out" / "documents.csv").stat().st_size
    assert capsys.readouterr().out == (
        f"Release r1-0123456789abcdef is exported to {tmp_path / 'out'}: 1 tables, 2 rows, {size:,} bytes\n"
    )
