"""The differences between two releases as one table: a row for each thing that differs."""

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.compare.links import Links
from pipelines.compare.memberships import changed_memberships
from pipelines.compare.side import Side
from schemas.derive import arrow_schema, key

TABLE = "differences"
# What `field` says of an id that leads elsewhere than before.
REDIRECT = "new_document_id"


def find_changes(before: Side, after: Side, links: Links) -> pa.Table:
    """The table of `differences`: what is declared under that name, sorted by its key."""
    rows = pa.concat_tables(
        [
            _rows("new", links.new, None),
            _rows("gone", None, links.gone),
            _rows("merged", links.merged.column("after"), links.merged.column("before")),
            _rows("split", links.split.column("after"), links.split.column("before")),
            *_changed_fields(before, after, links.same),
            _redirected(before, after),
            *(
                _rows(
                    kind, ids if kind == "joined" else None, ids if kind == "left" else None, collection_id=collections
                )
                for kind, ids, collections in changed_memberships(before, after, links)
            ),
        ],
    )
    rows = _with_titles(_with_titles(rows, "before", before.documents), "after", after.documents)
    return rows.sort_by([(column, "ascending") for column in key(TABLE)])


def _with_titles(rows: pa.Table, side: str, documents: pa.Table) -> pa.Table:
    """The rows with the titles of one release: of the documents they speak of, or that the ids they speak of lead to."""
    is_redirect = pc.equal(rows.column("kind"), "redirected")
    ids = pc.if_else(is_redirect, rows.column(f"value_{side}"), rows.column(f"document_id_{side}"))
    titles = documents.column("title").take(pc.index_in(ids, value_set=documents.column("document_id")))
    at = rows.schema.get_field_index(f"title_{side}")
    return rows.set_column(at, rows.schema.field(at), titles)


def _rows(kind: str, after: pa.Array | None, before: pa.Array | None, **columns: pa.Array | str) -> pa.Table:
    """Rows of one kind; a column that is not given holds nothing, a text stands in every row."""
    given = {"document_id_after": after, "document_id_before": before, "kind": kind, **columns}
    ids = before if after is None else after
    count = 0 if ids is None else len(ids)
    arrays = []
    for field in arrow_schema(TABLE):
        value = given.get(field.name)
        is_constant = value is None or isinstance(value, str)
        arrays.append(pa.repeat(pa.scalar(value, field.type), count) if is_constant else value)
    return pa.Table.from_arrays(arrays, schema=arrow_schema(TABLE))


def _changed_fields(before: Side, after: Side, same: pa.Table) -> Iterator[pa.Table]:
    """For each column of documents the rows whose documents differ in it; a column that one side lacks is not compared."""
    old, new = (
        side.documents.take(pc.index_in(same.column(name), value_set=side.documents.column("document_id")))
        for side, name in ((before, "before"), (after, "after"))
    )
    for field in old.column_names:
        if field in new.column_names:
            differs = _differ(old.column(field), new.column(field))
            ids = same.filter(differs)
            values = {
                f"value_{side}": table.column(field).filter(differs).cast(pa.string())
                for side, table in (("before", old), ("after", new))
            }
            yield _rows("changed", ids.column("after"), ids.column("before"), field=field, **values)


def _redirected(before: Side, after: Side) -> pa.Table:
    """Ids that lead elsewhere than they did: to another id, no longer, or for the first time."""
    old, new = (side.id_redirects.column("old_document_id") for side in (before, after))
    ids = pa.chunked_array([*old.chunks, *new.chunks], pa.string()).unique()
    was, now = (
        side.id_redirects.column("new_document_id").take(pc.index_in(ids, value_set=known))
        for side, known in ((before, old), (after, new))
    )
    differs = _differ(was, now)
    ids, was, now = ids.filter(differs), was.filter(differs), now.filter(differs)
    return _rows("redirected", ids, ids, field=REDIRECT, value_before=was, value_after=now)


def _differ(one: pa.ChunkedArray, other: pa.ChunkedArray) -> pa.ChunkedArray:
    """For each row whether two values differ; nothing differs from something, and not from nothing."""
    unlike = pc.fill_null(pc.not_equal(one, other), fill_value=False)
    return pc.or_(unlike, pc.xor(one.is_null(), other.is_null()))
