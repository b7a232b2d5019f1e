import json
import warnings

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipelines.descriptors import make_descriptors
from pipelines.descriptors.constraints import constraints_of, pattern_of
from schemas.declared import declared, table_names
from schemas.derive import arrow_schema

with warnings.catch_warnings():  # its own use of what its libraries give up
    warnings.simplefilter("ignore")
    from frictionless import Package

FILES = {f"{name}.parquet": {"sha256": "0" * 64, "bytes": 1} for name in table_names()}
DOCUMENT = {
    "document_id": "d1-0000000000000001",
    "title": "Letter",
    "date_text": "May 1950",
    "date_edtf": "1950-05",
    "date_precision": "month",
    "entry_count": 1,
    "page_count": 1,
    "collection_count": 0,
    "has_variants": False,
}


def documents(**said):
    schema = arrow_schema("documents")
    return pa.Table.from_pylist([dict.fromkeys(schema.names) | DOCUMENT | said], schema)


def faults_of(folder):
    report = Package(str(folder / "datapackage.json")).validate()
    return sorted(
        (task.name, error.type, getattr(error, "field_name", "")) for task in report.tasks for error in task.errors
    ) + [("package", error.type, "") for error in report.errors]


def schema_of(table):
    package = make_descriptors(FILES, "0")["datapackage.json"]
    return next(resource["schema"] for resource in package["resources"] if resource["name"] == table)


def field_of(table, column):
    return next(field for field in schema_of(table)["fields"] if field["name"] == column)


def test_frictionless_finds_a_release_valid_with_every_row_and_key(release):
    assert faults_of(release) == []


def test_frictionless_reads_every_row(release):
    read = {
        resource.name: len(resource.read_rows()) for resource in Package(str(release / "datapackage.json")).resources
    }
    assert read == {name: pq.read_metadata(release / f"{name}.parquet").num_rows for name in table_names()}


def test_frictionless_finds_a_release_without_rows_valid(described):
    assert faults_of(described({})) == []


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({"document_id": "d1-1"}, ("documents", "constraint-error", "document_id")),
        ({"date_edtf": "May 1950"}, ("documents", "constraint-error", "date_edtf")),
        ({"date_precision": "week"}, ("documents", "constraint-error", "date_precision")),
        ({"entry_count": 0}, ("documents", "constraint-error", "entry_count")),
        ({"title": "x" * 2001}, ("documents", "constraint-error", "title")),
    ],
)
def test_frictionless_sees_what_the_declaration_forbids(said, fault, described):
    assert faults_of(described({"documents": documents(**said)})) == [fault]


def test_frictionless_sees_a_key_that_stands_twice(described):
    twice = pa.concat_tables([documents(), documents()])
    assert {kind for _, kind, _ in faults_of(described({"documents": twice}))} >= {"primary-key"}


def test_frictionless_sees_a_row_that_leads_nowhere(described):
    schema = arrow_schema("document_collections")
    row = {"document_id": DOCUMENT["document_id"], "collection_id": "c1-0000000000000001", "entry_count": 1}
    tables = {"documents": documents(), "document_collections": pa.Table.from_pylist([row], schema)}
    assert faults_of(described(tables)) == [("document_collections", "foreign-key", "")]


def test_a_text_that_is_empty_is_no_null(described):
    folder = described({"documents": documents(title="")})
    rows = Package(str(folder / "datapackage.json")).get_resource("documents").read_rows()
    assert (rows[0]["title"], rows[0]["summary"]) == ("", None)


def test_constraints_are_those_of_the_declaration():
    assert field_of("documents", "document_id")["constraints"] == {
        "required": True,
        "unique": True,
        "pattern": "d1-[0-9a-f]{16}",
    }
    assert field_of("documents", "date_precision")["constraints"] == {
        "required": False,
        "enum": ["day", "month", "year"],
    }
    assert field_of("matches", "score")["constraints"] == {"required": True, "minimum": 0, "maximum": 1}
    assert field_of("entries", "summary")["constraints"] == {"required": False, "maxLength": 50_000}


def test_every_declared_check_of_a_column_is_a_constraint():
    for table in table_names():
        for column in declared(table).columns:
            checks = [check for check in declared(table).checks if check.column == column.name]
            assert len(constraints_of(table, column)) >= 1 + len(checks), (table, column.name)


def test_a_pattern_is_of_the_whole_value_with_plain_groups():
    assert pattern_of(r"^Q\d+$") == r"Q\d+"
    assert pattern_of(r"^(?:a|b)$") == "(a|b)"
    for table in table_names():
        for column in declared(table).columns:
            assert "(?" not in constraints_of(table, column).get("pattern", "")


def test_it_names_title_description_and_keywords_and_no_licence():
    package = make_descriptors(FILES, "0.1.0")["datapackage.json"]
    assert package["title"] == "Documents found in saved listing pages"
    assert "archives" in package["keywords"]
    assert "states no licence" in package["description"]
    assert not {"licenses", "contributors", "created"} & set(package)
    assert package["code_version"] == "0.1.0"


def test_fields_carry_the_terms_that_they_stand_for():
    assert field_of("documents", "title")["exactMatch"] == ["http://purl.org/dc/terms/title", "https://schema.org/name"]
    assert field_of("documents", "date_edtf")["closeMatch"] == [
        "http://purl.org/dc/terms/date",
        "https://schema.org/dateCreated",
    ]
    assert not {"exactMatch", "closeMatch"} & set(field_of("documents", "has_variants"))
    assert schema_of("documents")["rdfType"] == "https://schema.org/ArchiveComponent"
    assert "rdfType" not in schema_of("quality")


def test_what_is_no_table_is_not_described():
    assert json.dumps(make_descriptors({**FILES, "report.html": {"sha256": "", "bytes": 1}}, "0")) == json.dumps(
        make_descriptors(FILES, "0")
    )
