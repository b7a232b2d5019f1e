"""A release in which every text is a payload, and a full report of it."""

from itertools import cycle

import pyarrow as pa

from schemas.derive import arrow_schema
from tests.report.made import with_column
from tests.report.payloads import PAYLOADS

# Ids and codes that lead from table to table, or that words are looked up by.
KEPT = {
    "collection_id", "page_id", "document_id", "entry_id", "left_entry_id", "right_entry_id", "target_collection_id", "issue_id",
    "decision", "severity", "problem", "date_precision", "role", "relation", "old_document_id", "new_document_id",
}  # fmt: skip


def hostile_tables(tables):
    """The tables with another payload in every text, and rows where the sample has none."""
    payloads = cycle(PAYLOADS)
    tables = dict(tables) | {
        name: pa.Table.from_pylist(rows, schema=arrow_schema(name)) for name, rows in _rows(tables)
    }
    for name, table in tables.items():
        for field in table.schema:
            if pa.types.is_string(field.type) and field.name not in KEPT:
                values = [next(payloads) for _ in range(table.num_rows)]
                tables[name] = table = with_column(table, field.name, values)  # noqa: PLW2901 column after column
    return tables


def _rows(tables):
    ids = tables["documents"].column("document_id").to_pylist()
    schema = arrow_schema("document_parties")
    yield (
        "document_parties",
        [
            {field.name: None for field in schema}
            | {"document_id": name, "party_index": index, "role": role, "name": "x"}
            for name in ids
            for index, role in enumerate(["from", "to"], 1)
        ],
    )
    pages = tables["pages"].column("page_id").to_pylist()
    yield "page_filters", [{"page_id": page, "field": "x", "value": "x"} for page in pages[:6]]
    # A pair for each payload waits for a person, an issue of each stands on a page.
    entries = tables["entries"].column("entry_id").to_pylist()
    yield "matches", [
        {
            "left_entry_id": left, "right_entry_id": right, "rule": "x", "score": 0.5, "decision": decision, "decided_by": "x", "evidence": "x",
        }
        for left, right, decision in zip(entries, entries[1:], cycle(["review", "same", "different"]), strict=False)
    ]  # fmt: skip
    issue = tables["issues"].to_pylist()[0]
    yield (
        "issues",
        [
            issue | {"issue_id": f"i1-{number:016x}", "severity": severity, "table": "x", "column": "x"}
            for number, (_, severity) in enumerate(zip(PAYLOADS * 2, cycle(["error", "warning", "info"]), strict=False))
        ],
    )


def hostile_context(release):
    """What the full report adds, with a payload in every text of it."""
    payloads = cycle(PAYLOADS)
    check = {
        "check_id": "x",
        "table": "x",
        "column": "x",
        "severity": "error",
        "rows_checked": 1,
        "rows_failed": 1,
        "threshold": 0.5,
        "passed": False,
    }
    item = lambda: {"document_id": next(payloads), "title": next(payloads)}  # noqa: E731 short
    fields = lambda: {"title": {"before": next(payloads), "after": f"{next(payloads)} {next(payloads)}"}}  # noqa: E731 short
    rows = dict.fromkeys(
        ("documents_before", "documents_after", "new", "gone", "changed", "merged", "split", "joined", "left"), 1
    )
    counts = dict.fromkeys(("new", "gone", "changed", "merged", "split", "unchanged", "redirected"), 99)
    return {
        "release": {"release_id": release.name, "state": "current", "published_at": next(payloads)},
        "gate": {
            "passed": False, "release_before": next(payloads), "is_judged_again": True, "doubt": None,
            "checks": [check | {"description": text, "check_id": text} for text in PAYLOADS],
        },
        "changes": {
            "release_before": next(payloads), "doubt": None, "rows_before": {}, "counts": counts, "moved_collection_count": 99,
            "collections": [rows | {"collection_id": "x", "title": text} for text in PAYLOADS],
            "items": {
                "new": [item() for _ in PAYLOADS],
                "merged": [item() | {"parts": [item()]} for _ in PAYLOADS],
                "changed": [item() | {"fields": fields()} for _ in PAYLOADS],
                "redirected": [item() | {"before": next(payloads), "after": next(payloads)} for _ in PAYLOADS],
                "gone": [], "split": [],
            },
        },
        "history": [
            {"release_id": text, "published_at": text, "document_count": 1, "entry_count": 1, "issue_count": 1, "review_pair_count": 1, "failed_check_count": 1}
            for text in PAYLOADS
        ],
    }  # fmt: skip
