import builtins
import subprocess
import sys

import duckdb
import pyarrow.parquet as pq
import pytest

from pipelines.errors import UsageError
from pipelines.export.database import require_duckdb
from pipelines.export.views import VIEWS
from schemas.declared import table_names
from schemas.derive import grain


@pytest.fixture
def database(filled, run, tmp_path):
    path = tmp_path / "archive.duckdb"
    assert run(filled, "--duckdb", path).code == 0
    with duckdb.connect(str(path), read_only=True) as opened:
        yield opened


def rows(database, query):
    return database.execute(query).fetchall()


@pytest.mark.parametrize("table", table_names())
def test_a_table_has_every_cell_of_the_release(table, database, filled):
    expected = pq.read_table(filled / "current" / f"{table}.parquet")
    found = database.sql(f'SELECT * FROM "{table}"').to_arrow_table()
    assert found.to_pylist() == expected.to_pylist()
    assert found.schema.names == expected.schema.names


def test_types_are_those_of_the_columns(database):
    types = dict(rows(database, "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = 'pages'"))
    assert [types[name] for name in ("page_id", "source_bytes", "line_count", "is_cut", "captured_at")] == [
        "VARCHAR",
        "BIGINT",
        "INTEGER",
        "BOOLEAN",
        "TIMESTAMP WITH TIME ZONE",
    ]


def test_tables_and_columns_say_what_they_mean_and_where_they_lead(database):
    comments = dict(rows(database, "SELECT table_name, comment FROM duckdb_tables()"))
    assert comments["document_collections"] == f"{grain('document_collections')} Key: document_id, collection_id."
    columns = dict(
        rows(database, "SELECT column_name, comment FROM duckdb_columns() WHERE table_name = 'document_collections'")
    )
    assert columns["collection_id"] == "The collection that lists it. Leads to collections.collection_id."


def test_views_answer_what_is_asked_again_and_again(database):
    assert rows(database, "SELECT sender, receiver, date_edtf FROM correspondence") == [
        ("Mao Zedong", "Stalin", "0999-12-31")
    ]
    assert rows(database, "SELECT collections FROM documents_with_collections ORDER BY document_id") == [
        ("First; Second",),
        (None,),
    ]
    assert rows(
        database, "SELECT document_title, printed_title, source_path, line_first, line_last FROM document_lines"
    ) == [("Cable, Mao to Stalin", "CABLE", "a.txt", 3, 5)]
    assert rows(database, "SELECT source_path, problem, issue_count, line_first FROM issues_by_file") == [
        ("a.txt", "date_impossible", 2, 4)
    ]
    told = dict(rows(database, "SELECT view_name, comment FROM duckdb_views() WHERE NOT internal"))
    assert told == {name: view.comment for name, view in VIEWS.items()}


def test_only_the_tables_that_are_asked_for_and_the_views_that_they_are_enough_for(filled, run, tmp_path):
    run(filled, "--duckdb", tmp_path / "some.duckdb", "--table", "issues", "--table", "documents")
    with duckdb.connect(str(tmp_path / "some.duckdb"), read_only=True) as database:
        assert rows(database, "SELECT name FROM (SHOW TABLES) ORDER BY name") == [
            ("documents",),
            ("issues",),
            ("issues_by_file",),
        ]


def test_a_file_that_is_there_stays_unless_it_is_to_be_replaced(filled, run, tmp_path):
    path = tmp_path / "archive.duckdb"
    path.write_text("mine")
    refused = run(filled, "--duckdb", path)
    assert (refused.code, path.read_text()) == (2, "mine")
    assert run(filled, "--duckdb", path, "--force").code == 0
    assert path.read_bytes()[8:12] == b"DUCK"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["archive.duckdb", "processed"]


def test_without_duckdb_it_is_said_how_to_get_it(monkeypatch):
    real = builtins.__import__

    def without(name, *arguments):
        if name == "duckdb":
            raise ImportError(name)
        return real(name, *arguments)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(UsageError, match=r"pip install 'duckdb>=2'"):
        require_duckdb()


def test_csv_needs_neither_duckdb_nor_pandas(filled, tmp_path):
    code = (
        "import sys; from pipelines.cli import main\n"
        f"assert main(['export', '--csv', {str(tmp_path / 'out')!r}, '--processed', {str(filled)!r}]) == 0\n"
        "assert not {'duckdb', 'pandas', 'pandera', 'prefect'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
