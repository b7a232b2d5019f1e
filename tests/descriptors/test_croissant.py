import datetime as dt
import json
import logging
import math
import warnings

import pandas as pd
import pyarrow.parquet as pq
import pytest

from schemas.declared import declared, table_names

with warnings.catch_warnings():  # its own use of what its libraries give up
    warnings.simplefilter("ignore")
    import mlcroissant

logging.getLogger("absl").setLevel(logging.ERROR)
# What is not known is left out: no licence, no citation, no day of publishing.
NOT_SAID = ("http://mlcommons.org/croissant/citeAs", "https://schema.org/datePublished", "https://schema.org/license")


def plain(value):
    """A cell as Python has it."""
    if value is None or value is pd.NaT or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, bytes):
        return value.decode()
    return value.to_pydatetime() if isinstance(value, pd.Timestamp) else value


def moment(value):
    """A day as its midnight, which is how mlcroissant gives it."""
    is_day = isinstance(value, dt.date) and not isinstance(value, dt.datetime)
    return dt.datetime.combine(value, dt.time()) if is_day else value


def test_mlcroissant_finds_no_fault_and_misses_only_what_is_not_known(release):
    issues = mlcroissant.Dataset(str(release / "croissant.json")).metadata.ctx.issues
    assert issues.errors == set()
    told = sorted(name for name in NOT_SAID if any(name in warning for warning in issues.warnings))
    assert told == list(NOT_SAID)
    assert len(issues.warnings) == len(NOT_SAID)


@pytest.mark.parametrize("table", table_names())
def test_mlcroissant_reads_every_cell_as_pyarrow_does(table, release):
    records = mlcroissant.Dataset(str(release / "croissant.json")).records(table)
    found = [{name.removeprefix(f"{table}/"): plain(value) for name, value in record.items()} for record in records]
    rows = pq.read_table(release / f"{table}.parquet").to_pylist()
    assert found == [{name: moment(value) for name, value in row.items()} for row in rows]


def test_every_file_is_told_with_its_hash_and_every_column_with_its_type(release):
    said = json.loads((release / "croissant.json").read_bytes())
    manifest = json.loads((release / "manifest.json").read_bytes())["files"]
    assert {file["@id"]: file["sha256"] for file in said["distribution"]} == {
        f"{name}.parquet": manifest[f"{name}.parquet"]["sha256"] for name in table_names()
    }
    fields = {field["@id"]: field for records in said["recordSet"] for field in records["field"]}
    assert set(fields) == {f"{table}/{column.name}" for table in table_names() for column in declared(table).columns}
    assert [
        fields[f"documents/{name}"]["dataType"] for name in ("title", "date_start", "year_start", "has_variants")
    ] == [
        "sc:Text",
        "sc:Date",
        "sc:Integer",
        "sc:Boolean",
    ]


def test_keys_links_and_terms_are_told(release):
    said = json.loads((release / "croissant.json").read_bytes())
    records = {records["@id"]: records for records in said["recordSet"]}
    assert records["document_collections"]["key"] == [
        {"@id": "document_collections/document_id"},
        {"@id": "document_collections/collection_id"},
    ]
    fields = {field["name"]: field for field in records["document_collections"]["field"]}
    assert fields["collection_id"]["references"] == {
        "fileObject": {"@id": "collections.parquet"},
        "extract": {"column": "collection_id"},
    }
    assert fields["collection_id"]["equivalentProperty"] == [
        "http://purl.org/dc/terms/isPartOf",
        "https://schema.org/isPartOf",
    ]
    assert "equivalentProperty" not in fields["entry_count"]
    assert not {"license", "creator", "datePublished"} & set(said)
