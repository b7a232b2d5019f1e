"""Which documents of one release are which documents of another."""

from collections.abc import Sequence
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.compare.side import Side


class Links(NamedTuple):
    """Documents of two releases that belong together, and those that have no counterpart.

    `pairs` has the columns `before` and `after`, document ids of either release, in their order, and how many counterparts each has:
    `before_count` of the one before, `after_count` of the one after.
    """

    pairs: pa.Table
    new: pa.Array
    gone: pa.Array

    @property
    def merged(self) -> pa.Table:
        """The pairs of documents that are made of several before."""
        return self.pairs.filter(pc.greater(self.pairs.column("after_count"), 1))

    @property
    def split(self) -> pa.Table:
        """The pairs of documents that became several."""
        return self.pairs.filter(pc.greater(self.pairs.column("before_count"), 1))

    @property
    def same(self) -> pa.Table:
        """The pairs that are one document: of one id, or each the only counterpart of the other."""
        pairs = self.pairs
        only = pc.and_(pc.equal(pairs.column("before_count"), 1), pc.equal(pairs.column("after_count"), 1))
        return pairs.filter(pc.or_(pc.equal(pairs.column("before"), pairs.column("after")), only))


def link_documents(before: Side, after: Side) -> Links:
    """Link documents by their id, by the entries that both releases have (their ids stay while a page's bytes do), and by redirects.

    Exchanging the two releases exchanges `before` and `after`, and nothing else.
    """
    old, new = before.documents.column("document_id"), after.documents.column("document_id")
    stayed = old.filter(pc.is_in(old, value_set=new))
    at = pc.index_in(before.entries.column("entry_id"), value_set=after.entries.column("entry_id"))
    found = [
        _pairs(stayed, stayed),
        _pairs(before.entries.column("document_id"), after.entries.column("document_id").take(at)),
        _pairs(*(after.id_redirects.column(name) for name in ("old_document_id", "new_document_id"))),
        _pairs(*(before.id_redirects.column(name) for name in ("new_document_id", "old_document_id"))),
    ]
    pairs = pa.concat_tables(found)
    is_known = pc.and_(pc.is_in(pairs.column("before"), value_set=old), pc.is_in(pairs.column("after"), value_set=new))
    pairs = pairs.filter(is_known).group_by(["before", "after"]).aggregate([])
    pairs = pairs.sort_by([("before", "ascending"), ("after", "ascending")])
    for side in ("before", "after"):
        pairs = pairs.append_column(f"{side}_count", _how_often(pairs.column(side)))
    return Links(
        pairs,
        new=_missing(new, pairs.column("after")),
        gone=_missing(old, pairs.column("before")),
    )


def _pairs(before: pa.ChunkedArray, after: pa.ChunkedArray) -> pa.Table:
    pairs = pa.table(
        {"before": before, "after": after}, schema=pa.schema({"before": pa.string(), "after": pa.string()})
    )
    return pairs.filter(pc.is_valid(pairs.column("after")))


def _how_often(values: pa.ChunkedArray) -> pa.ChunkedArray:
    """For each value how often it stands in the column."""
    counted = values.value_counts()
    return pc.take(counted.field("counts"), pc.index_in(values, value_set=counted.field("values")))


def _missing(ids: pa.ChunkedArray, known: pa.ChunkedArray) -> pa.Array:
    return joined([ids.filter(pc.invert(pc.is_in(ids, value_set=known))).sort()])


def joined(arrays: Sequence[pa.ChunkedArray]) -> pa.Array:
    """Columns one after another as one array of texts."""
    return pa.chunked_array([chunk for array in arrays for chunk in array.chunks], pa.string()).combine_chunks()
