"""A document and all that it was compared with, however far: what must be looked at again to say what would change."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.errors import ListingsError
from pipelines.published import Listed, Release, is_one_of

# Beyond this many entries only the documents that a match names are taken, and not what those are linked with in turn; to
# deduplicate so many again takes half a second.
MOST_ENTRIES = 1_000


class UnknownIdError(ListingsError):
    """No document, entry or redirect of the release has this id."""


class Asked(NamedTuple):
    """A document, and by which id it was asked for: its own, one of an entry, or one that was given up."""

    document_id: str
    entry_id: str | None = None
    old_document_id: str | None = None


class Neighbourhood(NamedTuple):
    """A document's entries, the rows of `matches` that name one of them, and the entries of all documents linked with it.

    `documents` has the row of each document that a match names, by id; `is_whole` tells whether nothing linked was left out.
    """

    document: Mapping[str, Any]
    entries: tuple[Listed, ...]
    matches: tuple[Mapping[str, Any], ...]
    documents: Mapping[str, Mapping[str, Any]]
    linked: pa.Table
    is_whole: bool


def find_asked(release: Release, asked: str) -> Asked:
    """The document that an id leads to.

    Raises:
        UnknownIdError: it leads to none.
        ReleaseError: a table cannot be read.
    """
    if release.rows("documents", "document_id", [asked]):
        return Asked(asked)
    for entry in release.rows("entries", "entry_id", [asked]):
        return Asked(entry["document_id"], entry_id=asked)
    for redirect in release.rows("id_redirects", "old_document_id", [asked]):
        return Asked(redirect["new_document_id"], old_document_id=asked)
    message = f"{asked!a}: no such document, entry or former document in release {release.release_id}"
    raise UnknownIdError(message)


def find_neighbourhood(release: Release, document_id: str, judged: Sequence[tuple[str, str]] = ()) -> Neighbourhood:
    """Everything about a document that an explanation needs; `judged` are pairs of documents that judgements link.

    Raises:
        ReleaseError: a table cannot be read.
    """
    entries = release.entries("document_id", [document_id])
    own = {entry.entry_id for entry in entries}
    matches = release.table("matches")
    named = matches.filter(
        pc.or_(is_one_of(matches, "left_entry_id", own), is_one_of(matches, "right_entry_id", own))
    ).to_pylist()
    others = {row[side] for row in named for side in ("left_entry_id", "right_entry_id")} - own
    documents = {row["document_id"] for row in release.rows("entries", "entry_id", others)} | {document_id}
    rows = {row["document_id"]: row for row in release.rows("documents", "document_id", documents)}
    linked, is_whole = _linked(release, document_id, judged)
    table = release.table("entries")
    return Neighbourhood(
        rows[document_id],
        tuple(entries),
        tuple(named),
        rows,
        table.filter(is_one_of(table, "document_id", linked)),
        is_whole,
    )


def _linked(release: Release, document_id: str, judged: Sequence[tuple[str, str]]) -> tuple[set[str], bool]:
    """The document and those that matches and judgements lead to from it, step by step; and whether all of them are there."""
    documents = release.table("documents")
    ids = documents.column("document_id")
    counts = documents.column("entry_count").to_numpy()
    left, right = (
        np.append(_document_numbers(release, f"{side}_entry_id", ids), _numbers([pair[at] for pair in judged], ids))
        for at, side in enumerate(("left", "right"))
    )
    reached = np.zeros(documents.num_rows, bool)
    frontier = _numbers([document_id], ids)
    reached[frontier] = True
    is_whole, is_first = True, True
    while len(frontier) and is_whole:
        beside = np.concatenate((right[np.isin(left, frontier)], left[np.isin(right, frontier)]))
        found = np.unique(beside[~reached[beside]])
        fits = (counts[reached].sum() + np.cumsum(counts[found]) <= MOST_ENTRIES) | is_first
        frontier, is_whole, is_first = found[fits], bool(fits.all()), False
        reached[frontier] = True
    return set(_at(ids, np.flatnonzero(reached))), is_whole


def _document_numbers(release: Release, side: str, ids: pa.ChunkedArray) -> npt.NDArray[np.int64]:
    """For each match the document of one of its entries, as a place among the ids of documents."""
    entries = release.table("entries")
    at = pc.index_in(release.table("matches").column(side), value_set=entries.column("entry_id"))
    return _numbers(entries.column("document_id").take(at), ids)


def _numbers(document_ids: Any, ids: pa.ChunkedArray) -> npt.NDArray[np.int64]:  # noqa: ANN401 a list or an array
    values = document_ids if isinstance(document_ids, pa.ChunkedArray) else pa.array(document_ids, pa.string())
    return np.asarray(pc.index_in(values, value_set=ids).to_numpy(zero_copy_only=False), np.int64)


def _at(values: pa.ChunkedArray, places: Iterable[int]) -> list[str]:
    taken: list[str] = values.take(pa.array(places, pa.int64())).to_pylist()
    return taken
