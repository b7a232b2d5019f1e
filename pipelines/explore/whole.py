"""A release as one part: its documents with every row about them, each row under the number of its document."""

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.explore.columns import places_of
from pipelines.explore.packing import Numbers
from pipelines.explore.records import (
    DOCUMENT_COLUMNS,
    ENTRY_COLUMNS,
    MATCH_COLUMNS,
    PAGE_COLUMNS,
    PARTY_COLUMNS,
    READING_COLUMNS,
    Part,
)

Tables = Mapping[str, pa.Table]


def whole_release(tables: Tables) -> Part:
    """Every document of a release, as the page shows it."""
    documents = tables["documents"].select(DOCUMENT_COLUMNS)
    ids = documents.column("document_id")
    pages = ordered_pages(tables["pages"], tables["collections"])
    entries = placed(tables["entries"].select(ENTRY_COLUMNS), ids, pages)
    matches = at_documents(
        tables["matches"].select(MATCH_COLUMNS), entries.column("entry_id"), entries.column("document").to_numpy()
    )
    parties = numbered(tables["document_parties"].select(PARTY_COLUMNS), ids)
    readings = numbered(tables["title_evidence"].select(READING_COLUMNS), ids)
    return Part(0, documents, entries, matches, parties, readings, pages)


def ordered_pages(pages: pa.Table, collections: pa.Table) -> pa.Table:
    """Pages by their paths, with the row of the collection that each is about."""
    pages = pages.select(PAGE_COLUMNS).sort_by("source_path")
    about = pc.index_in(pages.column("collection_id"), value_set=collections.column("collection_id"))
    return pages.append_column("collection", about)


def placed(entries: pa.Table, ids: pa.ChunkedArray, pages: pa.Table) -> pa.Table:
    """Entries with the numbers of their documents and the rows of their pages."""
    entries = numbered(entries, ids)
    page = pa.array(places_of(entries.column("page_id"), pages.column("page_id")), pa.int32())
    return _known(entries.append_column("page", page), "page")


def numbered(rows: pa.Table, ids: pa.ChunkedArray) -> pa.Table:
    """Rows with the number of the document that each is about."""
    numbers = pa.array(places_of(rows.column("document_id"), ids), pa.int32())
    return _known(rows.append_column("document", numbers), "document")


def at_documents(matches: pa.Table, entry_ids: pa.ChunkedArray, numbers: Numbers) -> pa.Table:
    """Pairs at the documents of their entries: once where both are of one, else at each with the number of the other."""
    at = pa.array(numbers, pa.int32())
    left, right = (at.take(pc.index_in(matches.column(side), value_set=entry_ids)) for side in MATCH_COLUMNS[:2])
    is_of_two = pc.not_equal(left, right)
    nothing = pa.nulls(matches.num_rows, pa.int32())
    here = matches.append_column("document", left).append_column("other", pc.if_else(is_of_two, right, nothing))
    there = matches.append_column("document", right).append_column("other", left).filter(is_of_two)
    return pa.concat_tables([here.filter(pc.is_valid(left)), there])


def _known(rows: pa.Table, column: str) -> pa.Table:
    """Rows that lead somewhere: all of them, in a release of a sound build."""
    is_known = rows.column(column).to_numpy() >= 0
    return rows if is_known.all() else rows.filter(pa.array(is_known))
