"""The data dictionary for programs: `docs/data-dictionary.csv`, a row for each column of each table."""

import csv
import io
import json
from collections.abc import Iterator

from pipelines.descriptors.constraints import constraints_of
from pipelines.descriptors.vocabulary import terms_of
from schemas.declared import declared, table_names

COLUMNS = (
    "table", "column", "position", "type", "nullable", "in_key", "references", "constraints", "exact_terms", "close_terms", "description",
)  # fmt: skip


def dictionary_csv() -> str:
    """The dictionary as CSV; `constraints` is JSON, and terms of a cell stand apart by spaces."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(_rows())
    return text.getvalue()


def _rows() -> Iterator[tuple[object, ...]]:
    for table in table_names():
        facts = declared(table)
        for position, column in enumerate(facts.columns, 1):
            constraints = {name: limit for name, limit in constraints_of(table, column).items() if name != "required"}
            terms = terms_of(table, column.name)
            yield (
                table,
                column.name,
                position,
                column.type,
                str(column.nullable).lower(),
                str(column.name in facts.key).lower(),
                facts.foreign_keys.get(column.name, ""),
                json.dumps(constraints, ensure_ascii=False) if constraints else "",
                *(
                    " ".join(term.name for term in terms if term.relation == relation)
                    for relation in ("exact", "close")
                ),
                column.description,
            )
