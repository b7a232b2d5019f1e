"""What the page shows of documents: their texts, appearances, parties and evidence, column by column, for some documents at a time.

A column that says nothing in a part is left out. An appearance says only what it prints otherwise than its document: 0 stands for the same.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.explore.packing import Numbers

DOCUMENT_COLUMNS = [
    "document_id", "title", "summary", "date_text", "date_edtf", "date_precision", "genre", "number", "number_kind", "language_hint",
    "url", "page_count", "event_date_text", "event_date_edtf", "event_time",
]  # fmt: skip
PRINTED = ["date_text", "title", "summary"]
ENTRY_COLUMNS = [
    "entry_id", "page_id", "document_id", "position", "section", "line_first", "line_last", *PRINTED, "url", "number",
    "is_representative", "is_possibly_cut",
]  # fmt: skip
PARTY_COLUMNS = ["document_id", "party_index", "role", "name", "alias", "name_normalized", "party_kind", "office", "wikidata_id"]
PAGE_COLUMNS = ["page_id", "source_path", "heading", "url", "collection_id", "captured_at"]
MATCH_COLUMNS = ["left_entry_id", "right_entry_id", "rule", "decision", "decided_by", "evidence"]


class Part(NamedTuple):
    """Documents from one number on, and the rows about them.

    Every table but `documents` has the column `document`, the number of the document that a row is about. `entries` has also `page`, the row in
    `pages`, which are in the order of their paths; `matches` have `other`, the number of the other document, null where both entries are
    of one, and stand at each of the two.
    """

    first: int
    documents: pa.Table
    entries: pa.Table
    matches: pa.Table
    parties: pa.Table
    pages: pa.Table


def records_of(part: Part) -> dict[str, Any]:
    """All that the page shows of these documents."""
    count = part.documents.num_rows
    entries = part.entries.sort_by([("document", "ascending"), ("page", "ascending"), ("line_first", "ascending")])
    owners = entries.column("document").to_numpy() - part.first
    parties = part.parties.sort_by([("document", "ascending"), ("party_index", "ascending")])
    return {
        **_columns(part.documents, DOCUMENT_COLUMNS),
        "entries": {"lengths": _lengths(owners, count), **_entries(entries, owners, part)},
        "parties": {
            "lengths": _lengths(parties.column("document").to_numpy() - part.first, count),
            **_columns(parties, PARTY_COLUMNS[2:]),
        },
        "matches": _matches(part, entries, owners),
    }


def _columns(table: pa.Table, names: Sequence[str]) -> dict[str, list[Any]]:
    """The columns that say something."""
    return {name: table.column(name).to_pylist() for name in names if table.column(name).null_count < table.num_rows}


def _lengths(owners: Numbers, count: int) -> list[int]:
    found: list[int] = np.bincount(owners, minlength=count).tolist()
    return found


def _entries(entries: pa.Table, owners: Numbers, part: Part) -> dict[str, Any]:
    used, pages = np.unique(entries.column("page").to_numpy(), return_inverse=True)
    shown = part.pages.take(pa.array(used))
    told = {
        "pages": _columns(shown, ["source_path", "heading", "url", "collection"]),
        "page": pages.tolist(),
        "line_first": entries.column("line_first").to_pylist(),
        "line_last": entries.column("line_last").to_pylist(),
        "representative": np.flatnonzero(entries.column("is_representative").to_numpy()).tolist(),
        "possibly_cut": np.flatnonzero(entries.column("is_possibly_cut").to_numpy()).tolist(),
        **_columns(entries, ["section", "url", "number"]),
    }
    rows = pa.array(owners)
    for name in PRINTED:
        own = part.documents.column(name).take(rows).to_pylist()
        texts = [0 if text == of_document else text for text, of_document in zip(entries.column(name).to_pylist(), own, strict=True)]
        if any(text != 0 for text in texts):
            told[name] = texts
    return told


def _matches(part: Part, entries: pa.Table, owners: Numbers) -> dict[str, Any]:
    """Pairs by document: which appearance of it, from 0, is compared with which, or with an entry of which other document."""
    matches = part.matches.sort_by([(name, "ascending") for name in ("document", *MATCH_COLUMNS[:2])])
    numbers = matches.column("document").to_numpy() - part.first
    starts = np.concatenate(([0], np.cumsum(np.bincount(owners, minlength=part.documents.num_rows))))
    told: dict[str, Any] = {"lengths": _lengths(numbers, part.documents.num_rows)}
    for side in ("left", "right"):
        rows = pc.index_in(matches.column(f"{side}_entry_id"), value_set=entries.column("entry_id")).fill_null(-1).to_numpy()
        of_document = (rows >= starts[numbers]) & (rows < starts[numbers + 1])
        told[side] = [int(row) if is_own else None for row, is_own in zip(rows - starts[numbers], of_document, strict=True)]
    return {**told, **_columns(matches, ["other", *MATCH_COLUMNS[2:]])}
