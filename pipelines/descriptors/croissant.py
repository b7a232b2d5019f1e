"""`croissant.json`: the Croissant description of the tables (https://docs.mlcommons.org/croissant), as JSON-LD."""

from collections.abc import Mapping
from typing import Any

from pipelines.descriptors.about import DESCRIPTION, KEYWORDS, NAME, TITLE, tables_of
from pipelines.descriptors.vocabulary import EXACT, terms_of
from schemas import TABLE_VERSION
from schemas.declared import Column, declared
from schemas.derive import grain, key

# The context that the specification gives, word for word: https://docs.mlcommons.org/croissant/docs/croissant-spec.html
_CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileProperty": "cr:fileProperty",
    "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
_DATA_TYPES = {
    "string": "sc:Text", "int32": "sc:Integer", "int64": "sc:Integer", "double": "sc:Float", "bool": "sc:Boolean",
    "date32[day]": "sc:Date", "timestamp[us, tz=UTC]": "sc:DateTime",
}  # fmt: skip


def make_croissant(files: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The description of the tables among these files. It has no licence, no author and no day of publishing: none of them is known."""
    tables = list(tables_of(files))
    return {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "name": NAME,
        "alternateName": TITLE,
        "description": DESCRIPTION,
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "keywords": list(KEYWORDS),
        "version": f"{TABLE_VERSION}.0",
        "distribution": [_file_object(*table) for table in tables],
        "recordSet": [_record_set(name, file_name) for name, file_name, _ in tables],
    }


def _file_object(name: str, file_name: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": file_name,
        "name": file_name,
        "description": grain(name),
        "contentUrl": file_name,
        "contentSize": f"{facts['bytes']} B",
        "encodingFormat": "application/x-parquet",  # by this name the specification knows Parquet
        "sha256": facts["sha256"],
    }


def _record_set(table: str, file_name: str) -> dict[str, Any]:
    return {
        "@type": "cr:RecordSet",
        "@id": table,
        "name": table,
        "description": grain(table),
        "key": [{"@id": f"{table}/{column}"} for column in key(table)],
        "field": [_field(table, file_name, column) for column in declared(table).columns],
    }


def _field(table: str, file_name: str, column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {
        "@type": "cr:Field",
        "@id": f"{table}/{column.name}",
        "name": column.name,
        "description": column.description,
        "dataType": _DATA_TYPES[column.type],
        "source": {"fileObject": {"@id": file_name}, "extract": {"column": column.name}},
    }
    target = declared(table).foreign_keys.get(column.name)
    if target:
        table_to, _, column_to = target.partition(".")
        field["references"] = {"fileObject": {"@id": f"{table_to}.parquet"}, "extract": {"column": column_to}}
    exact = [term.url for term in terms_of(table, column.name) if term.relation == EXACT]
    return {**field, "equivalentProperty": exact} if exact else field
