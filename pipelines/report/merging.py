"""Which documents were merged and why, the least certain first; and the pairs that wait for a person."""

from collections import defaultdict
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.report.counting import Row, Tables, rows_among, rows_with, total_of

MOST_PAIRS = 100
MOST_MERGED = 40
MOST_ENTRIES = 8
MOST_REASONS = 4
_LEAST_CERTAIN = ["is_typography", "score", "rule", "left_entry_id", "right_entry_id"]
_PRINTED = ["date_text", "title", "summary"]


def describe_review(tables: Tables) -> list[Row]:
    """Pairs that wait for a person, each with both texts and their places."""
    pairs: list[Row] = rows_with(tables["matches"], "decision", "review").slice(0, MOST_PAIRS).to_pylist()
    listed = _entries(tables, "entry_id", {pair[f"{side}_entry_id"] for pair in pairs for side in ("left", "right")})
    known = {entry["entry_id"]: entry for entry in listed}
    found = []
    for pair in pairs:
        sides = {side: known[pair[f"{side}_entry_id"]] for side in ("left", "right")}
        places = {f"{side}_place": f"{entry['source_path']}:{entry['line_first']}" for side, entry in sides.items()}
        found.append({**pair, **places, **sides})
    return found


def describe_merged(tables: Tables) -> dict[str, Any]:
    """Documents of several entries: how many, and the first of them, those with the least certain reason before the others.

    Entries that print the same text need no reason; documents of these alone come last, those of most entries first.
    """
    counts, matches = tables["documents"].column("entry_count"), tables["matches"]
    several = pc.greater(counts, 1)
    same = rows_with(matches, "decision", "same")
    at = pc.index_in(same.column("left_entry_id"), value_set=tables["entries"].column("entry_id"))
    reasons = same.append_column("document_id", tables["entries"].column("document_id").take(at))
    reasons = reasons.append_column("is_typography", pc.equal(same.column("rule"), "same_text"))
    reasons = reasons.sort_by([(column, "ascending") for column in _LEAST_CERTAIN])
    return {
        "document_count": total_of(several),
        "entry_count": total_of(pc.if_else(several, counts, 0)),
        "with_reasons_count": pc.count_distinct(reasons.column("document_id")).as_py(),
        "items": _items(tables, reasons),
    }


def _items(tables: Tables, reasons: pa.Table) -> list[Row]:
    """The documents of the first reasons, each with its entries and reasons."""
    chosen = _chosen(tables["documents"], reasons.column("document_id"))
    said: dict[str, list[Row]] = defaultdict(list)
    for row in rows_among(reasons, "document_id", set(chosen)).to_pylist():
        said[row["document_id"]].append({name: row[name] for name in ("rule", "score", "decided_by", "evidence")})
    entries: dict[str, list[Row]] = defaultdict(list)
    for entry in _entries(tables, "document_id", set(chosen)):
        entries[entry["document_id"]].append(entry)
    columns = ["document_id", "title", "date_text", "entry_count", "page_count"]
    documents = rows_among(tables["documents"].select(columns), "document_id", set(chosen)).to_pylist()
    known = {document["document_id"]: document for document in documents}
    return [
        {
            **known[document_id],
            "reason_count": len(said[document_id]),
            "reasons": said[document_id][:MOST_REASONS],
            "entries": entries[document_id][:MOST_ENTRIES],
        }
        for document_id in chosen
    ]


def _chosen(documents: pa.Table, reasoned: pa.ChunkedArray) -> list[str]:
    """The documents that are told of: first those with reasons, in the order of these, then others of several entries."""
    chosen: list[str] = reasoned.unique().slice(0, MOST_MERGED).to_pylist()
    several = documents.select(["document_id", "entry_count"]).filter(pc.greater(documents.column("entry_count"), 1))
    rest = several.filter(pc.invert(pc.is_in(several.column("document_id"), value_set=reasoned)))
    rest = rest.sort_by([("entry_count", "descending"), ("document_id", "ascending")])
    return [*chosen, *rest.column("document_id").slice(0, MOST_MERGED - len(chosen)).to_pylist()]


def _entries(tables: Tables, column: str, ids: set[str]) -> list[Row]:
    """The entries with one of these ids, as printed, with their places, in the order of these."""
    columns = ["entry_id", "document_id", "page_id", "line_first", "line_last", *_PRINTED]
    found = rows_among(tables["entries"].select(columns), column, ids).to_pylist()
    pages = rows_among(tables["pages"].select(["page_id", "source_path"]), "page_id", {row["page_id"] for row in found})
    paths = dict(zip(*(pages.column(name).to_pylist() for name in ("page_id", "source_path")), strict=True))
    listed = [{"source_path": paths[row.pop("page_id")], **row} for row in found]
    return sorted(listed, key=lambda row: (row["source_path"], row["line_first"]))
