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

# Columns that follow from the document or from the place among its rows, and from no title.
_PARTY_COLUMNS = ("role", "name", "alias", "name_normalized", "party_kind", "office", "wikidata_id")
_EVIDENCE_COLUMNS = ("field", "value_index", "rule", "character_first", "character_last", "matched_text")


class Said(NamedTuple):
    """What the titles of documents say: columns of `documents`, in their order, and the two tables in the order of their keys."""

    columns: dict[str, pa.Array]
    parties: pa.Table
    evidence: pa.Table


def read_titles(document_ids: pa.ChunkedArray, titles: pa.ChunkedArray, authority: Authority | None = None) -> Said:
    """Read the title of each document; `authority` says what names stand for, by default the one of this package."""
    encoded = titles.combine_chunks().dictionary_encode()
    distinct = encoded.dictionary.to_pylist()
    reader = TitleReader(authority)
    facts = [reader.read(title) for title in distinct]
    columns = {
        name: _array("documents", name, values).take(encoded.indices) for name, values in _document_columns(facts)
    }
    order = pc.sort_indices(document_ids)
    codes = encoded.indices.take(order)
    owned = document_ids.take(order).filter(codes.is_valid())
    found = codes.drop_null().to_numpy()
    parties = _rows("document_parties", owned, found, [_parties_of(each) for each in facts], _PARTY_COLUMNS)
    evidence = [_evidence_of(title, each) for title, each in zip(distinct, facts, strict=True)]
    return Said(columns, parties, _rows("title_evidence", owned, found, evidence, _EVIDENCE_COLUMNS))


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


def _rows(
    table: str,
    document_ids: pa.ChunkedArray,
    codes: npt.NDArray[np.int32],
    rows_of: Sequence[Sequence[tuple[Any, ...]]],
    columns: Sequence[str],
) -> pa.Table:
    """Rows of distinct titles, repeated for each document that bears the title, whose number (`codes`) is given."""
    lengths = np.array([len(rows) for rows in rows_of], np.int64)
    starts = np.concatenate((np.zeros(1, np.int64), np.cumsum(lengths)))[:-1]
    counts = lengths[codes] if len(codes) else np.zeros(0, np.int64)
    of_document = np.repeat(np.arange(len(codes)), counts)
    within = np.arange(len(of_document)) - np.repeat(np.cumsum(counts) - counts, counts)
    places = pa.array(np.repeat(starts[codes], counts) + within if len(codes) else within)
    values = [*zip(*chain.from_iterable(rows_of), strict=True)] or [()] * len(columns)
    made = {name: _array(table, name, column).take(places) for name, column in zip(columns, values, strict=True)}
    made["document_id"] = document_ids.take(pa.array(of_document))
    made["party_index"] = pa.array(within + 1, pa.int32())
    schema = arrow_schema(table)
    return pa.Table.from_arrays([_chunked(made[field.name], field.type) for field in schema], schema=schema)


def _chunked(values: pa.Array | pa.ChunkedArray, kind: pa.DataType) -> pa.ChunkedArray:
    chunks = values.chunks if isinstance(values, pa.ChunkedArray) else [values]
    return pa.chunked_array(chunks, kind)


def _array(table: str, column: str, values: Iterable[Any]) -> pa.Array:
    return pa.array(values, arrow_schema(table).field(column).type)
