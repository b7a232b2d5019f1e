"""Which of a document's entries speaks for it."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.deduplicate.texts import Codes


def by_rank(records: pa.Table, document_of: Codes) -> Codes:
    """The entry of each document whose text the document takes; `records` are in the order of their places.

    In this order: complete before cut, with summary before without, with title, with date, a day before a month before a
    year; then the longest summary, for shortening loses and nothing adds; then the longest title; then the first place.
    """
    summary, title = records.column("summary"), records.column("title")
    span = pc.subtract(records.column("date_end").cast(pa.int32()), records.column("date_start").cast(pa.int32()))
    ranks = [
        records.column("is_possibly_cut").cast(pa.int8()),
        pc.is_null(summary).cast(pa.int8()),
        pc.is_null(title).cast(pa.int8()),
        pc.fill_null(span, np.iinfo(np.int32).max),
        pc.negate(pc.fill_null(pc.utf8_length(summary), 0)),
        pc.negate(pc.fill_null(pc.utf8_length(title), 0)),
    ]
    order = np.lexsort([rank.to_numpy() for rank in reversed(ranks)])
    order = order[np.argsort(document_of[order], kind="stable")]
    is_first = np.diff(document_of[order], prepend=-1) != 0
    chosen: Codes = order[is_first]
    return chosen
