"""The contract: names, order and types of every column, and what follows from the declarations."""

import pyarrow as pa
import pytest

from schemas import TABLES
from schemas.derive import arrow_schema, foreign_keys, grain, key, table_schema

CONTRACT = {
    "pages": "page_id source_path source_sha256 source_bytes media_type encoding layout kind url captured_at heading collection_id "
    "pager_first pager_last pager_total line_count entry_line_count furniture_line_count issue_line_count blank_line_count "
    "entry_count is_cut note",
    "entries": "entry_id page_id position section line_first line_last date_text title summary date_edtf date_start date_end "
    "date_precision url document_id is_representative is_possibly_cut number",
    "documents": "document_id title summary date_text date_edtf date_start date_end date_precision year_start year_end genre number "
    "language_hint url entry_count page_count collection_count has_variants "
    "number_kind event_date_text event_date_edtf event_date_start event_date_end event_date_precision event_time",
    "page_filters": "page_id field value",
    "collections": "collection_id title year_start year_end description image_caption page_count document_count",
    "collection_links": "collection_id relation target_title target_collection_id",
    "document_collections": "document_id collection_id entry_count",
    "document_parties": "document_id party_index role name alias name_normalized party_kind office wikidata_id",
    "title_evidence": "document_id field value_index rule character_first character_last matched_text",
    "matches": "left_entry_id right_entry_id rule score decision decided_by evidence",
    "id_redirects": "old_document_id new_document_id",
    "issues": "issue_id problem severity source_path page_id line_first line_last raw_text table column value message",
    "quality": "check_id table column description severity rows_checked rows_failed threshold passed",
}
PLAIN = {pa.string(), pa.int32(), pa.int64(), pa.bool_(), pa.float64(), pa.date32(), pa.timestamp("us", "UTC")}


def test_the_tables_are_those_of_the_contract():
    assert set(TABLES) == set(CONTRACT)


@pytest.mark.parametrize("name", CONTRACT)
def test_the_columns_are_those_of_the_contract_in_order(name):
    assert arrow_schema(name).names == CONTRACT[name].split()


@pytest.mark.parametrize("name", CONTRACT)
def test_every_column_has_a_plain_type_and_a_description(name):
    for field in arrow_schema(name):
        assert field.type in PLAIN
        assert len(field.metadata[b"description"]) > 10


@pytest.mark.parametrize("name", CONTRACT)
def test_a_table_says_what_one_row_is_and_what_identifies_it(name):
    assert grain(name).startswith("One row per ")
    assert set(key(name)) <= set(arrow_schema(name).names)
    assert not any(arrow_schema(name).field(column).nullable for column in key(name))


@pytest.mark.parametrize("name", CONTRACT)
def test_foreign_keys_lead_to_a_key(name):
    for link in foreign_keys(name):
        assert key(link.table) == [link.target]
        assert link.column in arrow_schema(name).names


def test_a_column_means_one_thing_in_every_table():
    types = {}
    for name in CONTRACT:
        for field in arrow_schema(name):
            assert types.setdefault(field.name, field.type) == field.type, field.name


def test_the_descriptor_of_a_table_names_key_types_and_links():
    described = table_schema("document_collections")
    assert described["primaryKey"] == ["document_id", "collection_id"]
    assert [field["type"] for field in described["fields"]] == ["string", "string", "integer"]
    assert described["foreignKeys"][0] == {
        "fields": ["document_id"],
        "reference": {"resource": "documents", "fields": ["document_id"]},
    }
