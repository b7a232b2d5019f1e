import csv
import io
import json

import pytest
from rdflib.namespace import DCMITYPE, DCTERMS, SDO

from pipelines.descriptors.dictionary import dictionary_csv
from pipelines.descriptors.vocabulary import CLASSES, CLOSE, COLUMNS, EXACT, KINDS, PREFIXES, ROLES, terms_of
from schemas.declared import declared, table_names
from schemas.document_parties import PARTY_KINDS, PARTY_ROLES

KNOWN = {"dcterms": DCTERMS, "dcmitype": DCMITYPE, "schema": SDO}
MAPPINGS = {**COLUMNS, **ROLES}
NAMES = sorted(
    {name for mapping in MAPPINGS.values() for name in (mapping.dublin_core, mapping.schema_org) if name}
    | set(CLASSES.values())
    | set(KINDS.values())
)


@pytest.mark.parametrize("name", NAMES)
def test_every_term_is_one_of_its_vocabulary(name):
    prefix, _, local = name.partition(":")
    assert str(KNOWN[prefix]) == PREFIXES[prefix]
    assert local in KNOWN[prefix]


def test_every_column_that_is_mapped_is_declared():
    columns = {(table, column.name) for table in table_names() for column in declared(table).columns}
    assert set(COLUMNS) <= columns
    assert set(CLASSES) <= set(table_names())


def test_roles_and_kinds_are_all_mapped():
    assert list(ROLES) == PARTY_ROLES
    assert list(KINDS) == PARTY_KINDS


def test_a_term_that_is_only_close_says_what_differs():
    assert [what for what, mapping in MAPPINGS.items() if (mapping.relation == CLOSE) != bool(mapping.note)] == []
    assert {mapping.relation for mapping in MAPPINGS.values()} == {EXACT, CLOSE}
    assert all(mapping.dublin_core or mapping.schema_org for mapping in MAPPINGS.values())


def test_a_column_without_a_term_has_none():
    assert terms_of("quality", "passed") == []


def test_the_dictionary_has_a_row_for_every_column():
    rows = list(csv.DictReader(io.StringIO(dictionary_csv())))
    assert [(row["table"], row["column"]) for row in rows] == [
        (table, column.name) for table in table_names() for column in declared(table).columns
    ]
    title, collection_id = (
        next(row for row in rows if (row["table"], row["column"]) == where)
        for where in (("documents", "title"), ("document_collections", "collection_id"))
    )
    assert json.loads(title["constraints"]) == {"maxLength": 2000}
    assert (title["type"], title["nullable"], title["in_key"], title["exact_terms"]) == (
        "string",
        "true",
        "false",
        "dcterms:title schema:name",
    )
    assert (collection_id["in_key"], collection_id["references"]) == ("true", "collections.collection_id")
