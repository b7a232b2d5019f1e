"""`datapackage.json`: the Frictionless Data Package v2 descriptor of the tables (https://datapackage.org)."""

from collections.abc import Mapping
from typing import Any

from pipelines.descriptors.about import DESCRIPTION, KEYWORDS, NAME, TITLE, tables_of
from pipelines.descriptors.constraints import constraints_of
from pipelines.descriptors.vocabulary import CLOSE, EXACT, class_of, terms_of
from schemas import TABLE_VERSION
from schemas.declared import Column, declared
from schemas.derive import grain, table_schema


def make_data_package(files: Mapping[str, Mapping[str, Any]], code_version: str) -> dict[str, Any]:
    """The descriptor of the tables among these files.

    It names no size and no hash, which `manifest.json` and `croissant.json` do: frictionless cannot count the bytes of a Parquet
    file, and calls a table damaged whose descriptor has them.
    """
    resources = [
        {
            "name": name, "type": "table", "path": file_name, "format": "parquet", "mediatype": "application/vnd.apache.parquet",
            "description": grain(name), "schema": _schema(name),
        }
        for name, file_name, _ in tables_of(files)
    ]  # fmt: skip
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": NAME,
        "title": TITLE,
        "description": DESCRIPTION,
        "keywords": list(KEYWORDS),
        "version": TABLE_VERSION,
        "code_version": code_version,
        "resources": resources,
    }


def _schema(table: str) -> dict[str, Any]:
    """The Table Schema of a table, with what its declaration demands of values and the terms that its columns stand for."""
    schema = table_schema(table)
    fields = [
        {**field, "constraints": constraints_of(table, column), **_missing(column), **_matches(table, column.name)}
        for field, column in zip(schema["fields"], declared(table).columns, strict=True)
    ]
    head: dict[str, Any] = {"$schema": "https://datapackage.org/profiles/2.0/tableschema.json"}
    kind = class_of(table)
    about = {"rdfType": kind} if kind else {}
    # An empty text is a text: nulls are nulls in Parquet.
    return {**head, **about, "missingValues": [], **schema, "fields": fields}


def _missing(column: Column) -> dict[str, Any]:
    """A null number is `nan` to whoever reads Parquet by way of pandas, as frictionless does."""
    is_number = column.type in ("int32", "int64", "double")
    return {"missingValues": ["nan"]} if is_number and column.nullable else {}


def _matches(table: str, column: str) -> dict[str, Any]:
    """The terms that a column stands for, by SKOS's names for how close they are."""
    terms = terms_of(table, column)
    found = {
        name: [term.url for term in terms if term.relation == relation]
        for name, relation in (("exactMatch", EXACT), ("closeMatch", CLOSE))
    }
    return {name: urls for name, urls in found.items() if urls}
