"""`docs/mapping.md`: which terms of Dublin Core and schema.org the tables stand for, from the declaration in `vocabulary`."""

from collections.abc import Iterator

from pipelines.descriptors.vocabulary import CLASSES, COLUMNS, KINDS, PREFIXES, ROLES, Mapping
from schemas.declared import table_names

_PAGE = """# What the columns are in other words

Generated from `pipelines/descriptors/vocabulary.py`: the terms of Dublin Core and schema.org that tables and columns stand for. **exact**: who knows the term understands every value of the
column. **close**: the nearest term; the note says what differs. What is not listed has no term, and none is invented for it.

`datapackage.json` has the same as `exactMatch` and `closeMatch` (SKOS's names) of a field, and as `rdfType` of a table; `croissant.json`
has the exact ones as `equivalentProperty`; `docs/data-dictionary.csv` has all of them beside type, key and constraints.

| prefix | stands for |
|---|---|
{prefixes}

## Tables

| one row of | is a |
|---|---|
{classes}

## Columns

| column | Dublin Core | schema.org | relation | note |
|---|---|---|---|---|
{columns}

## Roles of parties

What a document has to do with a person or body is told by `document_parties.role`:

| role | Dublin Core | schema.org | relation | note |
|---|---|---|---|---|
{roles}

What a party is, by `document_parties.party_kind`:

| kind | schema.org |
|---|---|
{kinds}
"""


def mapping_page() -> str:
    """The page about the mapping, in the order of the tables."""
    return _PAGE.format(
        prefixes="\n".join(f"| `{prefix}:` | {url} |" for prefix, url in PREFIXES.items()),
        classes="\n".join(f"| `{table}` | `{CLASSES[table]}` |" for table in table_names() if table in CLASSES),
        columns="\n".join(_columns()),
        roles="\n".join(_row(f"`{role}`", mapping) for role, mapping in ROLES.items()),
        kinds="\n".join(f"| {kind} | `{name}` |" for kind, name in KINDS.items()),
    )


def _columns() -> Iterator[str]:
    order = table_names()
    for (table, column), mapping in sorted(COLUMNS.items(), key=lambda item: order.index(item[0][0])):
        yield _row(f"`{table}.{column}`", mapping)


def _row(what: str, mapping: Mapping) -> str:
    terms = [f"`{name}`" if name else "" for name in (mapping.dublin_core, mapping.schema_org)]
    return f"| {what} | {terms[0]} | {terms[1]} | {mapping.relation} | {mapping.note} |"
