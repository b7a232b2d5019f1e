"""The entries of pages as rows of one Arrow table: made once, kept by what a build remembers, and Python values only where asked for."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from hashlib import blake2b
from itertools import islice
from typing import Any, overload

import numpy as np
import pyarrow as pa

from pipelines.identifiers import identifier
from pipelines.records import DateSpan, Entry, PageReading, RawReading
from pipelines.text import fold

_NO_DATE = (None, None, None, None)
_DATES = {"date_edtf": pa.string(), "date_start": pa.date32(), "date_end": pa.date32(), "date_precision": pa.string()}
COLUMNS: dict[str, pa.DataType] = {
    "entry_id": pa.string(), "page_id": pa.string(), "position": pa.int32(), "section": pa.string(),
    "line_first": pa.int32(), "line_last": pa.int32(), "date_text": pa.string(), "title": pa.string(),
    "summary": pa.string(), **_DATES, "url": pa.string(), "is_possibly_cut": pa.bool_(), "number": pa.string(),
}  # fmt: skip


class ListedEntries(Sequence[Entry]):
    """The entries of one page: some rows of a table of `COLUMNS`.

    `links`: how many have an address. `outline`: a hash of the page's dates and its first title, equal where those are.
    """

    __slots__ = ("first", "links", "outline", "size", "table")

    def __init__(self, table: pa.Table, first: int, size: int, links: int, outline: str) -> None:
        """Take the table, the page's first row, how many it has, and what is known of them."""
        self.table, self.first, self.size, self.links, self.outline = table, first, size, links, outline

    def __len__(self) -> int:
        """How many entries the page has."""
        return self.size

    @overload
    def __getitem__(self, at: int) -> Entry: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[Entry, ...]: ...

    def __getitem__(self, at: int | slice) -> Entry | tuple[Entry, ...]:
        """One entry or several, as values."""
        return tuple(self)[at]

    def __iter__(self) -> Iterator[Entry]:
        """The entries as values, in their order on the page."""
        return map(_entry, self.table.slice(self.first, self.size).to_pylist())


def _entry(row: dict[str, Any]) -> Entry:
    said = [row[name] for name in _DATES]
    date = DateSpan(*said) if said[0] is not None else None
    return Entry._make(date if name == "date" else row[name] for name in Entry._fields)


def links_in(entries: Sequence[Entry]) -> int:
    """How many entries have an address."""
    return entries.links if isinstance(entries, ListedEntries) else sum(1 for entry in entries if entry.url)


def outline_of(entries: Sequence[Entry]) -> str:
    """A hash of a page's dates and its first title, typography aside: equal where those are."""
    if isinstance(entries, ListedEntries):
        return entries.outline
    said = [fold(entries[0].title or "") if entries else "-", *(entry.date_text or "" for entry in entries)]
    return blake2b("\n".join(said).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def as_listed(readings: Sequence[PageReading]) -> list[PageReading]:
    """The same readings, their entries in one table; a page's entries stand there one after another, by place."""
    pages = [(reading.page.page_id, sorted(reading.entries, key=_position)) for reading in readings]
    table = _table(pages)
    listed: list[PageReading] = []
    first = 0
    for reading, (_, entries) in zip(readings, pages, strict=True):
        rows = ListedEntries(table, first, len(entries), links_in(entries), outline_of(entries))
        listed.append(replace(reading, entries=rows))
        first += len(entries)
    return listed


def list_entries(readings: Sequence[RawReading]) -> list[RawReading]:
    """The readings of files, the entries of all of them in one table."""
    pages = iter(as_listed([page for reading in readings for page in reading.pages]))
    return [replace(reading, pages=tuple(islice(pages, len(reading.pages)))) for reading in readings]


def _position(entry: Entry) -> int:
    return entry.position


def gather(readings: Iterable[PageReading]) -> pa.Table:
    """Every entry of the readings as rows of `COLUMNS`, by page and place. No two readings are of one page."""
    readings = sorted(readings, key=lambda reading: reading.page.page_id)
    plain = [reading for reading in readings if not isinstance(reading.entries, ListedEntries)]
    converted = {reading.page.page_id: reading.entries for reading in as_listed(plain)}
    parts = [converted.get(reading.page.page_id, reading.entries) for reading in readings]
    return in_order([entries for entries in parts if isinstance(entries, ListedEntries)])


def in_order(rows: Sequence[ListedEntries]) -> pa.Table:
    """The rows of pages, one page after another, as one table in one piece."""
    tables = {id(entries.table): entries.table for entries in rows}
    start = dict(zip(tables, np.cumsum([0, *(table.num_rows for table in tables.values())]).tolist(), strict=False))
    at = _ranges([(start[id(entries.table)] + entries.first, entries.size) for entries in rows])
    table = pa.concat_tables(tables.values()) if tables else _table([])
    if not np.array_equal(at, np.arange(table.num_rows)):
        table = table.take(pa.array(at))
    return table.combine_chunks()  # how a table is cut into chunks shows in the bytes of its Parquet file


def _ranges(ranges: Sequence[tuple[int, int]]) -> "np.ndarray[Any, np.dtype[np.int64]]":
    """All numbers of ranges given by their first number and their length."""
    first, count = np.array(ranges or [(0, 0)], np.int64).T
    ends = np.cumsum(count)
    rows: np.ndarray[Any, np.dtype[np.int64]] = np.arange(ends[-1]) + np.repeat(first - (ends - count), count)
    return rows


def _table(pages: Sequence[tuple[str, Sequence[Entry]]]) -> pa.Table:
    """The entries of pages, one page after another. An entry's id follows from its page and its first line."""
    entries = [entry for _, listed in pages for entry in listed]
    page_ids = [page_id for page_id, listed in pages for _ in listed]
    printed = dict(
        zip(Entry._fields, zip(*entries, strict=True) if entries else [()] * len(Entry._fields), strict=True)
    )
    columns: dict[str, Any] = {
        **printed,
        **_date_columns(printed["date"]),
        "entry_id": list(map(partial(identifier, "e"), page_ids, printed["line_first"])),
        "page_id": page_ids,
    }
    arrays = [
        values if isinstance(values := columns[name], pa.Array) else pa.array(values, kind)
        for name, kind in COLUMNS.items()
    ]
    return pa.table(arrays, names=list(COLUMNS))


def _date_columns(dates: Sequence[DateSpan | None]) -> dict[str, pa.Array]:
    """The columns of dates. Few dates are distinct: each is converted once and taken as often as it stands."""
    number: dict[DateSpan | None, int] = {}
    at = pa.array([number.setdefault(date, len(number)) for date in dates], pa.int32())
    distinct = [date or _NO_DATE for date in number]
    columns = (pa.array([date[part] for date in distinct], kind).take(at) for part, kind in enumerate(_DATES.values()))
    return dict(zip(_DATES, columns, strict=True))
