"""What the page shows of documents: their texts, appearances, parties and evidence, column by column, for some documents at a time.

A column that says nothing in a part is left out. Of what appearances print only that stands here which is otherwise than their documents say.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.explore.packing import Numbers, lengths, packed_smallest

DOCUMENT_COLUMNS = [
    "document_id", "title", "summary", "date_text", "date_edtf", "date_precision", "genre", "number", "number_kind", "language_hint",
    "url", "page_count", "event_date_text", "event_date_edtf", "event_time",
]  # fmt: skip
PRINTED = ["date_text", "title", "summary"]
ENTRY_COLUMNS = [
    "entry_id", "page_id", "document_id", "position", "section", "line_first", "line_last", *PRINTED, "url", "number",
    "is_representative", "is_possibly_cut",
]  # fmt: skip
PARTY_COLUMNS = [
    "document_id",
    "party_index",
    "role",
    "name",
    "alias",
    "name_normalized",
    "party_kind",
    "office",
    "wikidata_id",
]
READING_COLUMNS = ["document_id", "field", "value_index", "rule", "character_first", "character_last"]
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
    readings: pa.Table
    pages: pa.Table


def records_of(part: Part) -> dict[str, Any]:
    """All that the page shows of these documents."""
    count = part.documents.num_rows
    entries = part.entries.sort_by([("document", "ascending"), ("page", "ascending"), ("line_first", "ascending")])
    owners = entries.column("document").to_numpy() - part.first
    parties = part.parties.sort_by([("document", "ascending"), ("party_index", "ascending")])
    return {
        **_columns(part.documents, DOCUMENT_COLUMNS),
        "entries": {"lengths": lengths(owners, count), **_entries(entries, owners, part)},
        "parties": {
            "lengths": lengths(parties.column("document").to_numpy() - part.first, count),
            **_columns(parties, PARTY_COLUMNS[2:]),
        },
        "readings": _readings(part),
        "matches": _matches(part, entries, owners),
    }


def _columns(table: pa.Table, names: Sequence[str]) -> dict[str, list[Any]]:
    """The columns that say something."""
    return {name: table.column(name).to_pylist() for name in names if table.column(name).null_count < table.num_rows}


def _entries(entries: pa.Table, owners: Numbers, part: Part) -> dict[str, Any]:
    used, pages = np.unique(entries.column("page").to_numpy(), return_inverse=True)
    told = {
        "pages": _columns(part.pages.take(pa.array(used)), ["source_path", "heading", "url", "collection"]),
        "page": packed_smallest(pages),
        **{name: packed_smallest(entries.column(name).to_numpy()) for name in ("line_first", "line_last")},
        **{
            name: np.flatnonzero(entries.column(name).to_numpy()).tolist()
            for name in ("is_representative", "is_possibly_cut")
        },
        **_columns(entries, ["section", "url", "number"]),
    }
    rows = pa.array(owners)
    return {
        **told,
        "printed": {name: _differing(entries.column(name), part.documents.column(name).take(rows)) for name in PRINTED},
    }


def _readings(part: Part) -> dict[str, Any]:
    """What was read from titles, by document: which value, by which rule, from which characters of the title, from 1, the last inclusive."""
    readings = part.readings.sort_by(
        [(name, "ascending") for name in ("document", "character_first", "field", "value_index")]
    )
    told: dict[str, Any] = {
        "lengths": lengths(readings.column("document").to_numpy() - part.first, part.documents.num_rows)
    }
    for name in ("field", "rule"):
        names = sorted(set(readings.column(name).to_pylist()))
        places = pc.index_in(readings.column(name), value_set=pa.array(names, pa.string()))
        told[name] = {"names": names, "codes": packed_smallest(places.to_numpy())}
    return {
        **told,
        **{name: packed_smallest(readings.column(name).to_numpy()) for name in READING_COLUMNS[2:] if name != "rule"},
    }


def _differing(texts: pa.ChunkedArray, of_documents: pa.ChunkedArray) -> dict[str, Any]:
    """The rows whose text is not that of their document, and those texts."""
    is_same = pc.fill_null(pc.equal(texts, of_documents), fill_value=False)
    is_same = pc.or_(is_same, pc.and_(pc.is_null(texts), pc.is_null(of_documents)))
    rows = np.flatnonzero(~is_same.to_numpy())
    return {"rows": packed_smallest(rows), "texts": texts.take(pa.array(rows)).to_pylist()}


def _matches(part: Part, entries: pa.Table, owners: Numbers) -> dict[str, Any]:
    """Pairs by document: which appearance of it, from 0, is compared with which, or with an entry of which other document."""
    matches = part.matches.sort_by([(name, "ascending") for name in ("document", *MATCH_COLUMNS[:2])])
    numbers = matches.column("document").to_numpy() - part.first
    starts = np.concatenate(([0], np.cumsum(np.bincount(owners, minlength=part.documents.num_rows))))
    told: dict[str, Any] = {"lengths": lengths(numbers, part.documents.num_rows)}
    for side in ("left", "right"):
        rows = (
            pc.index_in(matches.column(f"{side}_entry_id"), value_set=entries.column("entry_id"))
            .fill_null(-1)
            .to_numpy()
        )
        of_document = (rows >= starts[numbers]) & (rows < starts[numbers + 1])
        told[side] = [
            int(row) if is_own else None for row, is_own in zip(rows - starts[numbers], of_document, strict=True)
        ]
    return {**told, **_columns(matches, ["other", *MATCH_COLUMNS[2:]])}
