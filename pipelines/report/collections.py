"""Collections, how many documents each has, and which documents several of them list."""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.report.counting import Row, Tables

MOST_COLLECTIONS = 100
# The overlap is told among the largest; the picture of more has too many columns to be read.
MOST_COMPARED = 8
MOST_SETS = 24


def describe_collections(tables: Tables) -> dict[str, Any]:
    """The collections, the largest first, and their overlaps: documents by the exact set of collections that list them.

    `with_others` says that a collection beside those compared lists them too.
    """
    columns = ["collection_id", "title", "year_start", "year_end", "page_count", "document_count"]
    order = [("document_count", "descending"), ("title", "ascending"), ("collection_id", "ascending")]
    items = tables["collections"].select(columns).sort_by(order)
    links = tables["document_collections"]
    compared = items.column("collection_id").slice(0, MOST_COMPARED)
    sets = _sets(links, compared)
    listed = pc.count_distinct(links.column("document_id")).as_py()
    return {
        "items": items.slice(0, MOST_COLLECTIONS).to_pylist(),
        "unlisted_document_count": tables["documents"].num_rows - listed,
        "compared": compared.to_pylist(),
        "set_count": len(sets),
        "sets": sets[:MOST_SETS],
    }


def _sets(links: pa.Table, compared: pa.ChunkedArray) -> list[Row]:
    """Each set of collections that some document stands in, the most frequent first; a bit a collection, one more for all others."""
    if not links.num_rows:
        return []
    at = pc.fill_null(pc.index_in(links.column("collection_id"), value_set=compared), len(compared))
    documents = links.column("document_id").combine_chunks().dictionary_encode()
    masks = np.zeros(len(documents.dictionary), dtype=np.int64)
    np.bitwise_or.at(masks, documents.indices.to_numpy(), np.left_shift(np.int64(1), at.to_numpy().astype(np.int64)))
    found = zip(*(part.tolist() for part in np.unique(masks, return_counts=True)), strict=True)
    ids = compared.to_pylist()
    return [
        {
            "collection_ids": [name for bit, name in enumerate(ids) if mask >> bit & 1],
            "with_others": bool(mask >> len(ids) & 1),
            "document_count": count,
        }
        for mask, count in sorted(found, key=lambda pair: (-pair[1], pair[0]))
    ]
