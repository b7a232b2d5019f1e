"""Each check can fail: a law that is broken is found, a bad row is left out and named, a fault of structure stops."""

import json
import shutil
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from pipelines.build import BuildSettings, Known, build, make_checked_tables
from pipelines.captures import merge_readings
from pipelines.engine import LocalEngine
from pipelines.errors import NoPagesError, QualityGateError, StructureError
from pipelines.laws import LAWS, check_foreign_keys, check_keys, check_laws
from pipelines.quality import guard
from pipelines.read import find_sources
from pipelines.shards import read_shard
from pipelines.validate import validate
from schemas import TABLES
from schemas.derive import foreign_keys, key

SAMPLE = Path(__file__).parents[1] / "raw" / "sample"


@pytest.fixture(scope="module")
def tables():
    sources, issues = find_sources(SAMPLE)
    return make_checked_tables(merge_readings([read_shard(sources)], issues), Known()).tables


def with_column(table, name, values):
    at = table.schema.get_field_index(name)
    return table.set_column(at, table.schema.field(name), pa.array(values, table.schema.field(name).type))


def changed(table, name, change):
    values = table.column(name).to_pylist()
    values[0] = change(values[0])
    return with_column(table, name, values)


BREAKS = {
    ("entry_count", "pages", "entry_count"): lambda t: {"pages": changed(t["pages"], "entry_count", lambda n: n + 1)},
    ("position_unique", "entries", "position"): lambda t: {"entries": changed(t["entries"], "position", lambda _: 2)},
    ("lines_in_order", "entries", "line_first"): lambda t: {"entries": changed(t["entries"], "line_last", lambda _: 9_999)},
    ("listed_once", "entries", "document_id"): lambda t: {"entries": with_column(t["entries"], "document_id", [t["documents"]["document_id"][0].as_py()] * t["entries"].num_rows)},
    ("one_representative", "documents", "document_id"): lambda t: {"entries": with_column(t["entries"], "is_representative", [False] * t["entries"].num_rows)},
    ("text_of_representative", "documents", "*"): lambda t: {"documents": changed(t["documents"], "title", lambda _: "Another")},
    ("entry_count", "documents", "entry_count"): lambda t: {"documents": changed(t["documents"], "entry_count", lambda n: n + 1)},
    ("page_count", "documents", "page_count"): lambda t: {"documents": changed(t["documents"], "page_count", lambda n: n + 1)},
    ("collection_count", "documents", "collection_count"): lambda t: {"documents": changed(t["documents"], "collection_count", lambda n: n + 1)},
    ("page_count", "collections", "page_count"): lambda t: {"collections": changed(t["collections"], "page_count", lambda n: n + 1)},
    ("document_count", "collections", "document_count"): lambda t: {"collections": changed(t["collections"], "document_count", lambda n: n + 1)},
    ("memberships", "document_collections", "*"): lambda t: {"document_collections": t["document_collections"].slice(1)},
    ("out_of_use", "id_redirects", "old_document_id"): lambda t: {
        "id_redirects": pa.table([t["documents"]["document_id"].slice(0, 1)] * 2, schema=t["id_redirects"].schema),
    },
    ("characters_of_title", "title_evidence", "matched_text"): lambda t: {"title_evidence": changed(t["title_evidence"], "character_first", lambda n: n + 1)},
    ("has_evidence", "document_parties", "party_index"): lambda t: {"document_parties": t["document_parties"].slice(1)},
    ("has_evidence", "documents", "genre"): lambda t: {"documents": with_column(t["documents"], "genre", ["letter"] * t["documents"].num_rows)},
    ("has_evidence", "documents", "number"): lambda t: {"documents": with_column(t["documents"], "number", ["1"] * t["documents"].num_rows)},
    ("has_evidence", "documents", "event_date_edtf"): lambda t: {"documents": with_column(t["documents"], "event_date_edtf", ["1950"] * t["documents"].num_rows)},
}  # fmt: skip


def test_every_law_has_a_way_to_break_it():
    assert set(BREAKS) == set(LAWS)


def test_all_laws_hold_on_the_sample(tables):
    assert [result for result in check_laws(tables) if not result.passed] == []
    assert [result for result in check_foreign_keys(tables) if not result.passed] == []


@pytest.mark.parametrize("law", LAWS, ids=" ".join)
def test_a_broken_law_is_found(tables, law):
    broken = {**tables, **BREAKS[law](tables)}
    assert law in {(result.check_id, result.table, result.column) for result in check_laws(broken) if not result.passed}


@pytest.mark.parametrize(("name", "link"), [(name, link) for name in TABLES for link in foreign_keys(name)], ids=str)
def test_a_dangling_foreign_key_is_found(tables, name, link):
    table = tables[name]
    if not table.num_rows:
        rows = {
            field.name: pa.array(["d1-0000000000000000" if field.type == pa.string() else 1], field.type)
            for field in table.schema
        }
        table = pa.table(rows, schema=table.schema)
    dangling = with_column(table, link.column, ["x1-0000000000000000"] * table.num_rows)
    failed = {
        (result.table, result.column) for result in check_foreign_keys({**tables, name: dangling}) if not result.passed
    }
    assert (name, link.column) in failed


@pytest.mark.parametrize("name", [name for name in TABLES if len(key(name)) > 1 and name != "quality"])
def test_a_key_of_several_columns_that_stands_twice_is_found(tables, name):
    row = {field.name: pa.array(["a" if field.type == pa.string() else 1], field.type) for field in tables[name].schema}
    twice = pa.concat_tables([tables[name], *[pa.table(row, schema=tables[name].schema)] * 2])
    assert [result for result in check_keys(tables) if not result.passed] == []
    found = [(r.table, r.rows_failed) for r in check_keys({**tables, name: twice}) if not r.passed]
    assert found == [(name, 1)]


def test_the_gate_names_what_failed(tables):
    broken = {**tables, "pages": changed(tables["pages"], "entry_count", lambda n: n + 1)}
    with pytest.raises(QualityGateError, match=r"pages\.entry_count: entry_count: 1 of 14 failed"):
        guard(list(check_laws(broken)))


@pytest.mark.parametrize(
    ("name", "column", "value", "check"),
    [
        ("entries", "title", "x" * 2_001, "str_length"),
        ("entries", "date_edtf", "1950-1-1", "str_matches"),
        ("entries", "position", 0, "greater_than_or_equal_to"),
        ("entries", "line_first", 9_999, "line_order"),
        ("entries", "date_start", None, "date_order"),
        ("pages", "line_count", 9_999, "ledger"),
        ("pages", "kind", "shop", "isin"),
        ("pages", "source_path", None, "not_nullable"),
        ("matches", "score", 1.5, "in_range"),
        ("issues", "severity", "fatal", "isin"),
    ],
)
def test_a_bad_value_is_refused_by_its_check_in_its_row(tables, name, column, value, check):
    bad = changed(tables[name], column, lambda _: value)
    found = validate(name, bad)
    assert {(refusal.row, refusal.check_id) for refusal in found.refusals} == {(0, check)}
    assert sum(result.rows_failed for result in found.results) == 1


def test_a_table_with_other_columns_stops_the_release(tables):
    with pytest.raises(StructureError, match="pages"):
        validate("pages", tables["pages"].drop_columns(["layout"]))


def test_a_table_of_other_types_stops_the_release(tables):
    at = tables["pages"].schema.get_field_index("line_count")
    with pytest.raises(StructureError, match="line_count"):
        validate("pages", tables["pages"].set_column(at, "line_count", tables["pages"]["line_count"].cast(pa.int64())))


def test_a_key_that_stands_twice_stops_the_release(tables):
    with pytest.raises(StructureError, match="page_id"):
        validate("pages", pa.concat_tables([tables["pages"]] * 2))


def publish(raw, processed):
    return build(BuildSettings(raw, processed), LocalEngine()).published.path


def test_a_bad_row_is_left_out_and_its_lines_are_accounted_for(tmp_path):
    shutil.copytree(SAMPLE, tmp_path / "raw")
    page = f"  • May 01, 1950\n\n    Letter, A to B\n\n    One.\n\n  • May 02, 1950\n\n    {'x' * 2_001}\n\n    Two.\n"
    (tmp_path / "raw" / "long.txt").write_text(page, encoding="utf-8")
    release = publish(tmp_path / "raw", tmp_path / "processed")
    issues = pq.read_table(release / "issues.parquet").to_pylist()
    refused = [issue for issue in issues if issue["problem"] == "row_refused"]
    assert [(issue["source_path"], issue["line_first"], issue["line_last"], issue["column"]) for issue in refused] == [
        ("long.txt", 7, 11, "title")
    ]
    row = pq.read_table(release / "pages.parquet", filters=pc.field("source_path") == "long.txt").to_pylist()[0]
    assert (row["entry_count"], row["entry_line_count"], row["issue_line_count"], row["blank_line_count"]) == (
        1,
        3,
        3,
        5,
    )
    titles = pq.read_table(release / "documents.parquet")["title"].to_pylist()
    assert "Letter, A to B" in titles
    assert not any(title and title.startswith("xx") for title in titles)


def test_the_check_that_refused_a_row_says_so_in_quality(tmp_path):
    (tmp_path / "raw").mkdir()
    page = f"  • May 01, 1950\n\n    Letter\n\n    One.\n\n  • May 02, 1950\n\n    {'x' * 2_001}\n"
    (tmp_path / "raw" / "long.txt").write_text(page, encoding="utf-8")
    quality = pq.read_table(publish(tmp_path / "raw", tmp_path / "processed") / "quality.parquet").to_pylist()
    row = next(r for r in quality if (r["table"], r["column"], r["check_id"]) == ("entries", "title", "str_length"))
    assert (row["rows_checked"], row["rows_failed"], row["passed"], row["severity"]) == (2, 1, False, "warning")


def test_raw_in_which_nothing_is_found_does_not_replace_a_release(tmp_path):
    before = publish(SAMPLE, tmp_path / "processed")
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "note.txt").write_text("Nothing here is a listing.\n", encoding="utf-8")
    with pytest.raises(QualityGateError, match="entries_exist"):
        publish(tmp_path / "raw", tmp_path / "processed")
    assert (tmp_path / "processed" / "current").resolve() == before.resolve()


def test_raw_without_a_file_is_said(tmp_path):
    with pytest.raises(NoPagesError):
        publish(tmp_path, tmp_path / "processed")


def test_a_topic_page_alone_is_a_release_without_entries(tmp_path):
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "topic.txt").write_text(
        "Skip to content\n\nHerring\n\nOne.\n\nTwo.\n\nTimeline\n", encoding="utf-8"
    )
    release = publish(tmp_path / "raw", tmp_path / "processed")
    assert pq.read_table(release / "entries.parquet").num_rows == 0
    assert pq.read_table(release / "pages.parquet")["layout"].to_pylist() == ["N6"]


def test_a_file_with_the_same_bytes_is_named_and_counts_once(tmp_path):
    shutil.copytree(SAMPLE, tmp_path / "raw")
    shutil.copy(SAMPLE / "new-search-korean-war.txt", tmp_path / "raw" / "z-copy.txt")
    release = publish(tmp_path / "raw", tmp_path / "processed")
    issues = pq.read_table(release / "issues.parquet", filters=pc.field("problem") == "capture_repeated").to_pylist()
    assert [(issue["source_path"], issue["value"]) for issue in issues] == [("z-copy.txt", "new-search-korean-war.txt")]
    assert pq.read_table(release / "pages.parquet").num_rows == 14


def test_every_number_of_the_report_equals_the_tables(tmp_path):
    release = publish(SAMPLE, tmp_path / "processed")
    report = json.loads((release / "report.json").read_text(encoding="utf-8"))

    def ask(query):
        return duckdb.sql(query.replace("FROM ", f"FROM '{release}/").replace(" --", ".parquet'")).fetchall()[0][0]

    lines = report["reconciliation"]["lines"]
    for column, value in lines.items():
        assert ask(f"SELECT sum({column}) FROM pages --") == value
    assert lines["line_count"] == sum(value for name, value in lines.items() if name != "line_count")
    for name, value in report["counts"].items():
        assert ask(f"SELECT count(*) FROM {name} --") == value
    entries = report["reconciliation"]["entries"]
    assert entries["entry_count"] == entries["document_count"] + entries["merged_entry_count"]
    assert report["documents"]["on_several_pages"] == ask("SELECT count_if(page_count > 1) FROM documents --")
    assert report["documents"]["with_variants"] == ask("SELECT count_if(has_variants) FROM documents --")
    for problem, value in report["issues"]["by_problem"].items():
        assert ask(f"SELECT count_if(problem = '{problem}') FROM issues --") == value
    for layout, value in report["pages"]["by_layout"].items():
        assert ask(f"SELECT count_if(coalesce(layout, 'none') = '{layout}') FROM pages --") == value
    assert report["checks"]["failed_check_count"] == ask("SELECT count_if(NOT passed) FROM quality --")
