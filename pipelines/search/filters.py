"""Which documents the options of a search let through: by collection, date, genre and party."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.errors import UsageError
from pipelines.search.folding import folded, words_of
from pipelines.search.known import Known
from pipelines.search.query import Term, read_day
from pipelines.text import one_line

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for, as a person writes it; what is None is not asked."""

    text: str = ""
    collection: str | None = None
    first: str | None = None
    last: str | None = None
    precision: str | None = None
    genre: str | None = None
    party: str | None = None


def let_through(known: Known, wanted: Wanted) -> Mask:
    """For each document whether every option lets it through.

    Raises:
        UsageError: an option asks for what cannot be, or for a collection or genre that the release does not have.
        ReleaseError: a table cannot be read.
    """
    passed = np.ones(known.table("documents").num_rows, dtype=np.bool_)
    for mask in _masks(known, wanted):
        passed &= np.asarray(pc.fill_null(mask, fill_value=False))
    return passed


def _masks(known: Known, wanted: Wanted) -> Iterator[pa.ChunkedArray]:
    documents = known.table("documents")
    first = read_day(wanted.first, is_last=False) if wanted.first else None
    last = read_day(wanted.last, is_last=True) if wanted.last else None
    if first and last and last < first:
        message = f"--from {wanted.first} is after --to {wanted.last}"
        raise UsageError(message)
    # A date can mean every day between its bounds: a document of 1950 may be of February 1950.
    if first:
        yield pc.greater_equal(documents.column("date_end"), pa.scalar(first))
    if last:
        yield pc.less_equal(documents.column("date_start"), pa.scalar(last))
    if wanted.precision:
        yield pc.equal(documents.column("date_precision"), wanted.precision)
    if wanted.genre:
        yield pc.equal(documents.column("genre"), _genre(documents, wanted.genre))
    if wanted.collection:
        members = known.table("document_collections")
        ids = members.filter(
            pc.is_in(members.column("collection_id"), value_set=_collections(known, wanted.collection))
        )
        yield pc.is_in(documents.column("document_id"), value_set=ids.column("document_id"))
    if wanted.party:
        yield pc.is_in(documents.column("document_id"), value_set=_of_party(known, wanted.party))


def _genre(documents: pa.Table, name: str) -> str:
    genres: dict[str, str] = {
        genre.casefold(): genre for genre in documents.column("genre").unique().drop_null().to_pylist()
    }
    if name.strip().casefold() not in genres:
        there = one_line(", ".join(sorted(genres.values())) or "none", 500)
        message = f"--genre {name!r}: no document has it; there are: {there}"
        raise UsageError(message)
    return genres[name.strip().casefold()]


def _collections(known: Known, name: str) -> pa.ChunkedArray:
    """The ids of the collections of this id, or with all these words in their titles."""
    collections = known.table("collections")
    ids = collections.column("collection_id")
    found = collections.filter(
        pc.or_(pc.equal(ids, name.strip()), _has_all(folded(collections.column("title")), words_of(name)))
    )
    if not found.num_rows:
        message = f"--collection {name!r}: no collection has this id, or these words in its title"
        raise UsageError(message)
    return found.column("collection_id")


def _of_party(known: Known, name: str) -> pa.ChunkedArray:
    """The documents that name a party with all these words in one of its names, or with this Wikidata id."""
    parties = known.table("document_parties")
    words = words_of(name)
    found = pc.fill_null(pc.equal(parties.column("wikidata_id"), name.strip()), fill_value=False)
    for column in ("name", "alias", "name_normalized"):
        found = pc.or_(found, _has_all(folded(parties.column(column)), words))
    return parties.filter(found).column("document_id")


def _has_all(texts: pa.ChunkedArray, words: Sequence[str]) -> pa.ChunkedArray:
    """For each folded text whether it has all of the words; none has no words."""
    has = pa.chunked_array([pa.repeat(pa.scalar(bool(words)), len(texts))])
    for word in words:
        has = pc.and_(has, pc.match_substring(texts, Term((word,)).pattern))
    return has
