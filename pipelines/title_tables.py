"""What titles say, as columns of documents and as tables of their own. A title is read once, however many documents bear it."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.titles.authority import Authority
from pipelines.titles.facts import TitleReader
from pipelines.titles.found import TitleFacts
from schemas.derive import arrow_schema

# The kind of a number that a page prints beside an entry.
LISTED = "listed"
# Columns that follow from the document or from the place among its rows, and from no title.
_PARTY_COLUMNS = ("role", "name", "alias", "name_normalized", "party_kind", "office", "wikidata_id")
_EVIDENCE_COLUMNS = ("field", "value_index", "rule", "character_first", "character_last", "matched_text")


class Said(NamedTuple):
    """What the titles of documents say: columns of `documents`, in their order, and the two tables in the order of their keys."""

    columns: dict[str, pa.Array]
    parties: pa.Table
    evidence: pa.Table


class ReadBefore(NamedTuple):
    """What the release before says of titles: its documents, parties and evidence, whole, by the same rules and the same names."""

    documents: pa.Table
    parties: pa.Table
    evidence: pa.Table


def read_titles(
    document_ids: pa.ChunkedArray,
    titles: pa.ChunkedArray,
    authority: Authority | None = None,
    before: ReadBefore | None = None,
) -> Said:
    """Read the title of each document; `authority` says what names stand for, by default the one of this package.

    Titles that the release before has are not read again where it is given: what is said of them is what it says.
    """
    encoded = titles.combine_chunks().dictionary_encode()
    row = _rows_before(encoded.dictionary, before)
    distinct = encoded.dictionary.filter(pa.array(row < 0)).to_pylist()
    reader = TitleReader(authority)
    facts = [reader.read(title) for title in distinct]
    # Each distinct title's place: among the documents of before, or behind them among those that are read now.
    place = row.copy()
    place[row < 0] = (before.documents.num_rows if before else 0) + np.arange(len(distinct))
    columns = {
        name: _both(_column_before(before, name), _array("documents", name, values))
        .take(pa.array(place))
        .take(encoded.indices)
        for name, values in _document_columns(facts)
    }
    order = pc.sort_indices(document_ids)
    codes = encoded.indices.take(order)
    owned = document_ids.take(order).filter(codes.is_valid())
    found = place[codes.drop_null().to_numpy()]
    parties = _runs("document_parties", [_parties_of(each) for each in facts], _PARTY_COLUMNS, before)
    said = [_evidence_of(title, each) for title, each in zip(distinct, facts, strict=True)]
    evidence = _runs("title_evidence", said, _EVIDENCE_COLUMNS, before)
    return Said(
        columns, _rows("document_parties", owned, found, parties), _rows("title_evidence", owned, found, evidence)
    )


def _rows_before(titles: pa.Array, before: ReadBefore | None) -> npt.NDArray[np.int64]:
    """For each title the row of a document of before that bears it; -1 where there is none."""
    if before is None:
        return np.full(len(titles), -1)
    found = pc.index_in(titles, value_set=before.documents.column("title").combine_chunks())
    return np.asarray(pc.fill_null(found, -1).to_numpy(zero_copy_only=False), np.int64)


def _column_before(before: ReadBefore | None, name: str) -> pa.ChunkedArray | None:
    """What the titles of before said; a number that a page lists is said by no title."""
    if before is None:
        return None
    column = before.documents.column(name)
    if name in {"number", "number_kind"}:
        is_listed = pc.fill_null(pc.equal(before.documents.column("number_kind"), LISTED), fill_value=False)
        column = pc.if_else(is_listed, pa.scalar(None, column.type), column)
    return column


def _both(before: pa.ChunkedArray | None, now: pa.Array) -> pa.Array:
    """What was said before, and what is said now behind it."""
    return now if before is None else pa.concat_arrays([*before.chunks, now])


class _Runs(NamedTuple):
    """Rows of a table, by columns; those of each place begin at its `starts` and are `lengths` many."""

    starts: npt.NDArray[np.int64]
    lengths: npt.NDArray[np.int64]
    columns: dict[str, pa.Array]


def _runs(
    table: str, rows_of: Sequence[Sequence[tuple[Any, ...]]], columns: Sequence[str], before: ReadBefore | None
) -> _Runs:
    """The rows that documents of before have, and behind them those of each title that is read now."""
    lengths = np.array([len(rows) for rows in rows_of], np.int64)
    values = [*zip(*chain.from_iterable(rows_of), strict=True)] or [()] * len(columns)
    now = {name: _array(table, name, column) for name, column in zip(columns, values, strict=True)}
    if before is None:
        return _Runs(_starts(lengths), lengths, now)
    old = before.parties if table == "document_parties" else before.evidence
    owner = pc.index_in(old.column("document_id"), value_set=before.documents.column("document_id").combine_chunks())
    place, first = np.unique(owner.to_numpy(), return_index=True)
    starts = np.zeros(before.documents.num_rows, np.int64)
    starts[place] = first  # rows are in the order of their key, so those of a document stand together
    counts = np.bincount(owner.to_numpy(), minlength=before.documents.num_rows)
    return _Runs(
        np.concatenate((starts, old.num_rows + _starts(lengths))),
        np.concatenate((counts, lengths)),
        {name: _both(old.column(name), column) for name, column in now.items()},
    )


def _starts(lengths: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Where each run begins, of runs that follow one another."""
    starts: npt.NDArray[np.int64] = np.cumsum(lengths) - lengths
    return starts


def _document_columns(facts: Sequence[TitleFacts]) -> Iterator[tuple[str, list[Any]]]:
    """The columns of distinct titles that each say one value or none."""
    yield "genre", [each.genre and each.genre.value for each in facts]
    yield "number", [each.number and each.number.value.text for each in facts]
    yield "number_kind", [each.number and each.number.value.kind for each in facts]
    for name in ("text", "edtf", "start", "end", "precision"):
        yield f"event_date_{name}", [each.event_date and getattr(each.event_date.value, name) for each in facts]
    yield "event_time", [each.event_time and each.event_time.value for each in facts]


def _parties_of(facts: TitleFacts) -> list[tuple[Any, ...]]:
    return [party.value for party in facts.parties]


def _evidence_of(title: str, facts: TitleFacts) -> list[tuple[Any, ...]]:
    """Each value's evidence, by field and index."""
    rows = []
    if found := facts.event_date:
        rows.append(("event_date", 1, *found[1:], title[found.first - 1 : found.last]))
    if clock := facts.event_time:
        rows.append(("event_time", 1, *clock[1:], title[clock.first - 1 : clock.last]))
    if genre := facts.genre:
        rows.append(("genre", 1, *genre[1:], title[genre.first - 1 : genre.last]))
    if number := facts.number:
        rows.append(("number", 1, *number[1:], title[number.first - 1 : number.last]))
    rows += [
        ("party", index, rule, first, last, title[first - 1 : last])
        for index, (_, rule, first, last) in enumerate(facts.parties, 1)
    ]
    return rows


def _rows(table: str, document_ids: pa.ChunkedArray, places: npt.NDArray[np.int64], runs: _Runs) -> pa.Table:
    """The rows of each document, whose title's place is given."""
    counts = runs.lengths[places]
    of_document = np.repeat(np.arange(len(places)), counts)
    within = np.arange(len(of_document)) - np.repeat(np.cumsum(counts) - counts, counts)
    rows = pa.array(np.repeat(runs.starts[places], counts) + within)
    made = {name: column.take(rows) for name, column in runs.columns.items()}
    made["document_id"] = document_ids.take(pa.array(of_document))
    made["party_index"] = pa.array(within + 1, pa.int32())
    schema = arrow_schema(table)
    return pa.Table.from_arrays([_chunked(made[field.name], field.type) for field in schema], schema=schema)


def _chunked(values: pa.Array | pa.ChunkedArray, kind: pa.DataType) -> pa.ChunkedArray:
    chunks = values.chunks if isinstance(values, pa.ChunkedArray) else [values]
    return pa.chunked_array(chunks, kind)


def _array(table: str, column: str, values: Iterable[Any]) -> pa.Array:
    return pa.array(values, arrow_schema(table).field(column).type)
