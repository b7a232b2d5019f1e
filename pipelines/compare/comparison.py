"""Two releases compared: a pure function of their tables."""

from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.compare.changes import find_changes
from pipelines.compare.links import Links, link_documents
from pipelines.compare.memberships import count_by_collection
from pipelines.compare.side import Side


class Comparison(NamedTuple):
    """What differs between two releases.

    `counts`: documents before and after, of each kind, and those that are as they were; `collections`: the same for each collection;
    `changes`: the table of `differences`.
    """

    before: Side
    after: Side
    counts: dict[str, int]
    collections: list[dict[str, Any]]
    changes: pa.Table


def compare(before: Side, after: Side) -> Comparison:
    """Compare two releases; comparing them the other way round says the same the other way round."""
    links = link_documents(before, after)
    changes = find_changes(before, after, links)
    return Comparison(
        before,
        after,
        _counts(before, after, links, changes),
        count_by_collection(before, after, links, changes),
        changes,
    )


def _counts(before: Side, after: Side, links: Links, changes: pa.Table) -> dict[str, int]:
    """Documents by what became of them; one that is merged or split may be changed as well."""
    changed = changes.filter(pc.equal(changes.column("kind"), "changed"))
    changed_ids = changed.column("document_id_after").unique()
    same = links.same.column("after")
    merged, split = links.merged.column("after").unique(), links.split.column("before").unique()
    apart = links.pairs.filter(
        pc.and_(pc.equal(links.pairs.column("before_count"), 1), pc.equal(links.pairs.column("after_count"), 1))
    ).column("after")
    unchanged = len(apart) - len(changed_ids.filter(pc.is_in(changed_ids, value_set=apart)))
    kinds = changes.column("kind")
    return {
        "documents_before": before.documents.num_rows,
        "documents_after": after.documents.num_rows,
        "unchanged": unchanged,
        "new": len(links.new),
        "gone": len(links.gone),
        "changed": len(changed_ids.filter(pc.is_in(changed_ids, value_set=same))),
        "merged": len(merged),
        "split": len(split),
        **{kind: pc.sum(pc.equal(kinds, kind)).as_py() or 0 for kind in ("joined", "left", "redirected")},
    }
