"""Which documents stand in which collections before and after, and how many of each kind a collection has."""

from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.compare.links import Links
from pipelines.compare.side import Side

# Stands for the lack of a collection: joins do not match nulls.
NONE = ""


def memberships(side: Side) -> pa.Table:
    """Each document with each collection that lists it, or with `NONE`: columns `document_id` and `collection_id`."""
    ids = side.documents.column("document_id")
    alone = ids.filter(pc.invert(pc.is_in(ids, value_set=side.document_collections.column("document_id"))))
    schema = pa.schema({"document_id": pa.string(), "collection_id": pa.string()})
    return pa.concat_tables(
        [
            pa.Table.from_arrays(side.document_collections.columns, schema=schema),
            pa.Table.from_arrays([alone, pa.repeat(NONE, len(alone))], schema=schema),
        ],
    )


def left_collections(before: Side, after: Side, links: Links) -> pa.Table:
    """The memberships before of documents of which no counterpart stands in that collection any more; those that are gone are among them."""
    return _lost(memberships(before), memberships(after), links.pairs.select(["before", "after"]))


def changed_memberships(
    before: Side, after: Side, links: Links
) -> Iterator[tuple[str, pa.ChunkedArray, pa.ChunkedArray]]:
    """Kind, documents and collections of those that joined a collection or left it, and are neither new nor gone."""
    backwards = links.pairs.select(["after", "before"]).rename_columns(["before", "after"])
    for kind, lost, known in (
        ("joined", _lost(memberships(after), memberships(before), backwards), links.new),
        ("left", left_collections(before, after, links), links.gone),
    ):
        is_other = pc.invert(pc.is_in(lost.column("document_id"), value_set=known))
        is_listed = pc.not_equal(lost.column("collection_id"), NONE)
        rows = lost.filter(pc.and_(is_other, is_listed))
        yield kind, rows.column("document_id"), rows.column("collection_id")


def _lost(old: pa.Table, new: pa.Table, pairs: pa.Table) -> pa.Table:
    reached = pairs.join(new, "after", "document_id").select(["before", "collection_id"])
    return old.join(reached, ["document_id", "collection_id"], ["before", "collection_id"], join_type="left anti")


def count_by_collection(before: Side, after: Side, links: Links, changes: pa.Table) -> list[dict[str, Any]]:
    """A row for each collection of either release, and one for documents in none; by title, the one of none last."""
    old, new = memberships(before), memberships(after)
    changed = changes.filter(pc.equal(changes.column("kind"), "changed"))
    kinds: dict[str, Mapping[str, int]] = {
        "documents_before": _tally(old),
        "documents_after": _tally(new),
        "new": _tally(_among(new, links.new)),
        "gone": _tally(_among(old, links.gone)),
        "changed": _tally(_with_collections(changed, old, new)),
        "merged": _tally(_among(new, links.merged.column("after"))),
        "split": _tally(_among(old, links.split.column("before"))),
        **{kind: _tally(changes.filter(pc.equal(changes.column("kind"), kind))) for kind in ("joined", "left")},
    }
    titles = {row["collection_id"]: row["title"] for side in (before, after) for row in side.collections.to_pylist()}
    ids = kinds["documents_before"].keys() | kinds["documents_after"].keys() | titles.keys()
    ordered = sorted(ids, key=lambda id_: (id_ == NONE, titles.get(id_, ""), id_))
    return [
        {
            "collection_id": id_ or None,
            "title": titles.get(id_),
            **{kind: counts.get(id_, 0) for kind, counts in kinds.items()},
        }
        for id_ in ordered
    ]


def _among(members: pa.Table, ids: pa.Array) -> pa.Table:
    return members.filter(pc.is_in(members.column("document_id"), value_set=ids))


def _with_collections(changed: pa.Table, old: pa.Table, new: pa.Table) -> pa.Table:
    """Each changed document once with each collection that lists it before or after."""
    pairs = changed.group_by(["document_id_before", "document_id_after"]).aggregate([])
    listed = [
        pairs.join(members, f"document_id_{side}", "document_id").select([*pairs.column_names, "collection_id"])
        for side, members in (("before", old), ("after", new))
    ]
    return pa.concat_tables(listed).group_by([*pairs.column_names, "collection_id"]).aggregate([])


def _tally(rows: pa.Table) -> dict[str, int]:
    return {row["values"]: row["counts"] for row in rows.column("collection_id").value_counts().to_pylist()}
