"""The documents that answer a question, the best first, a page of them at a time."""

from dataclasses import dataclass
from math import ceil
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.errors import UsageError
from pipelines.search.filters import Wanted, let_through
from pipelines.search.known import Known
from pipelines.search.query import Term, read_query
from pipelines.search.ranking import rank
from pipelines.search.snippets import MOST_OF_SUMMARY, MOST_OF_TITLE, Snippet, make_snippet

ON_A_PAGE = 10
_ORDER = [("score", "descending"), ("date_start", "ascending"), ("date_end", "ascending"), ("document_id", "ascending")]


class Found(NamedTuple):
    """A document that answers: its row, its score, its collections (id and title), and what is shown of its texts."""

    row: dict[str, Any]
    score: float
    collections: tuple[tuple[str, str], ...]
    title: Snippet
    summary: Snippet


@dataclass(frozen=True, slots=True)
class Result:
    """One page of an answer; `first` is the number of the first document on it, 0 where nothing answers."""

    total: int
    page: int
    pages: int
    first: int
    found: tuple[Found, ...]

    @property
    def last(self) -> int:
        """The number of the last document on the page."""
        return self.first + len(self.found) - 1 if self.found else 0


def find(known: Known, wanted: Wanted, page: int = 1) -> Result:
    """The documents that have all the words and that all the options let through; where there are no words, by date.

    Raises:
        UsageError: nothing is asked, an option asks for what cannot be, or there is no such page.
        ReleaseError: a table cannot be read.
    """
    terms = read_query(wanted.text)
    if not terms and (wanted.text.strip() or wanted == Wanted()):
        message = (
            f"{wanted.text!r}: no word to look for"
            if wanted.text.strip()
            else "nothing to look for: words, or an option such as --from"
        )
        raise UsageError(message)
    documents = known.table("documents")
    passed = let_through(known, wanted)
    ranking = rank(documents, terms)
    answering = documents.append_column("score", pa.array(ranking.scores)).filter(pa.array(passed & ranking.has_all))
    total = answering.num_rows
    pages = ceil(total / ON_A_PAGE)
    if page > max(pages, 1):
        message = f"--page {page}: the result has {pages or 'no'} page{'' if pages == 1 else 's'}"
        raise UsageError(message)
    at = pc.sort_indices(answering.select([name for name, _ in _ORDER]), sort_keys=_ORDER)
    rows = answering.take(at.slice((page - 1) * ON_A_PAGE, ON_A_PAGE)).to_pylist()
    return Result(total, page, pages, (page - 1) * ON_A_PAGE + 1 if total else 0, _found(known, rows, terms))


def _found(known: Known, rows: list[dict[str, Any]], terms: tuple[Term, ...]) -> tuple[Found, ...]:
    listing = _collections_of(known, [row["document_id"] for row in rows])
    return tuple(
        Found(
            {name: value for name, value in row.items() if name != "score"},
            row["score"],
            listing.get(row["document_id"], ()),
            make_snippet(row["title"], terms, MOST_OF_TITLE),
            make_snippet(row["summary"], terms, MOST_OF_SUMMARY),
        )
        for row in rows
    )


def _collections_of(known: Known, ids: list[str]) -> dict[str, tuple[tuple[str, str], ...]]:
    """The collections of each of these documents, by title."""
    members, collections = known.table("document_collections"), known.table("collections")
    titles = dict(zip(*(collections.column(name).to_pylist() for name in ("collection_id", "title")), strict=True))
    listing: dict[str, list[tuple[str, str]]] = {}
    for row in members.filter(
        pc.is_in(members.column("document_id"), value_set=pa.array(ids, pa.string()))
    ).to_pylist():
        listing.setdefault(row["document_id"], []).append((row["collection_id"], titles[row["collection_id"]]))
    return {
        document_id: tuple(sorted(found, key=lambda each: (each[1], each[0]))) for document_id, found in listing.items()
    }
