"""Records in, as one Arrow table of fixed columns: whatever frame they come in, and in whatever order."""

from collections.abc import Callable
from functools import partial
from typing import Any, Protocol, TypeVar

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.dates import read_date
from pipelines.errors import ListingsError
from pipelines.identifiers import identifier

# What deduplication looks at. `page_id` tells which entries stand on one page; null where that is not known.
COLUMNS = {
    "entry_id": pa.string(), "page_id": pa.string(), "position": pa.int32(),
    "date_edtf": pa.string(), "date_start": pa.date32(), "date_end": pa.date32(), "date_precision": pa.string(),
    "date_text": pa.string(), "title": pa.string(), "summary": pa.string(), "url": pa.string(),
    "is_possibly_cut": pa.bool_(),
}  # fmt: skip
T = TypeVar("T")
_TEXTS = ("title", "summary", "url")


class Frame(Protocol):
    """A table that speaks Arrow: a pandas or polars frame, a pyarrow table, a DuckDB relation."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """The Arrow PyCapsule interface."""
        ...


class FrameError(ListingsError):
    """A frame lacks what deduplication needs; the message names the column, and the row where there is one."""


def as_records(frame: Frame | pa.Table) -> pa.Table:
    """A frame as records: every column of `COLUMNS`, rows in the order given.

    A frame needs `title` or `summary`. `date` is a printed date (`January 05, 1950`), EDTF (`1950-01`), a year as a number, or
    a date; one that cannot be read counts as missing, and its text still tells undated entries apart. What a frame lacks
    is null; without `entry_id` each row gets one from its content.

    Raises:
        FrameError: neither title nor summary is there, a text column holds no text, or an entry id stands twice.
    """
    try:
        table = frame if isinstance(frame, pa.Table) else pa.table(frame)
    except (TypeError, ValueError, pa.ArrowException) as error:
        message = f"not a frame that speaks Arrow: {type(frame).__name__}"
        raise FrameError(message) from error
    twice = {name for name in table.column_names if table.column_names.count(name) > 1}
    if twice:
        message = f"columns that stand twice: {', '.join(sorted(twice))}"
        raise FrameError(message)
    if not {"title", "summary"} & set(table.column_names):
        message = f"neither `title` nor `summary` among the columns: {', '.join(table.column_names) or 'none'}"
        raise FrameError(message)
    columns = {name: table.column(name) for name in COLUMNS if name in table.column_names}
    if "date_edtf" in columns and not {"date_start", "date_end"} <= columns.keys():
        columns |= _cast("date_edtf", lambda: _dates(table.column("date_edtf")))
    elif "date" in table.column_names and "date_edtf" not in columns:
        columns |= _cast("date", lambda: _dates(table.column("date")))
    for name in _TEXTS:
        columns[name] = _text(name, columns[name]) if name in columns else pa.nulls(table.num_rows, pa.string())
    arrays = [
        _cast(name, partial(columns[name].cast, kind)) if name in columns else pa.nulls(table.num_rows, kind)
        for name, kind in COLUMNS.items()
    ]
    records = pa.table(dict(zip(COLUMNS, arrays, strict=True)))
    return _with_ids(records)


def _cast(name: str, work: Callable[[], T]) -> T:
    """What a conversion gives; its failure, named by the column."""
    try:
        return work()
    except (pa.ArrowException, TypeError, ValueError, AttributeError) as error:
        message = f"column `{name}` holds what cannot be read as it should be: {error}"
        raise FrameError(message) from error


def _text(name: str, values: pa.ChunkedArray) -> pa.ChunkedArray:
    kind = values.type.value_type if pa.types.is_dictionary(values.type) else values.type
    if not (
        pa.types.is_string(kind)
        or pa.types.is_large_string(kind)
        or pa.types.is_string_view(kind)
        or pa.types.is_null(kind)
    ):
        message = f"column `{name}` holds {kind}, not text"
        raise FrameError(message)
    return values.cast(pa.string())


def _dates(values: pa.ChunkedArray) -> dict[str, pa.Array]:
    """The columns of dates from one column in whatever form; each distinct value is read once."""
    kind = values.type
    if pa.types.is_timestamp(kind):
        values = values.cast(pa.date32(), safe=False)
    elif pa.types.is_floating(kind):  # what pandas makes of years where one is missing
        values = pc.if_else(pc.is_nan(values), None, values).cast(pa.int64())
    coded = values.cast(pa.string()).combine_chunks().dictionary_encode()
    spans = [reading.span if (reading := read_date(text.strip())) else None for text in coded.dictionary.to_pylist()]
    at = coded.indices

    def taken(part: int, kind: pa.DataType) -> pa.Array:
        return pa.array([span and span[part] for span in spans], kind).take(at)

    return {
        "date_text": coded.dictionary.take(at),
        "date_edtf": taken(0, pa.string()),
        "date_start": taken(1, pa.date32()),
        "date_end": taken(2, pa.date32()),
        "date_precision": taken(3, pa.string()),
    }


def _with_ids(records: pa.Table) -> pa.Table:
    """Records whose every row has an id of its own and a truth value for being cut."""
    ids = records.column("entry_id")
    if ids.null_count:
        ids = pc.coalesce(ids, pa.chunked_array([pa.array(_content_ids(records), pa.string())]))
    counts = pc.value_counts(ids)
    if len(counts) < records.num_rows:
        twice = counts.filter(pc.greater(counts.field("counts"), 1)).field("values")[0]
        message = f"entry_id {twice.as_py()!r} stands on several rows"
        raise FrameError(message)
    is_cut = pc.fill_null(records.column("is_possibly_cut"), fill_value=False)
    records = records.set_column(records.column_names.index("entry_id"), "entry_id", ids)
    return records.set_column(records.column_names.index("is_possibly_cut"), "is_possibly_cut", is_cut)


def _content_ids(records: pa.Table) -> list[str]:
    """An id from each row's content; rows that say the same are numbered, so that no order of rows matters."""
    said: dict[tuple[Any, ...], int] = {}
    ids = []
    names = ("page_id", "position", "date_edtf", "date_text", "title", "summary", "url")
    for row in zip(*(records.column(name).to_pylist() for name in names), strict=True):
        said[row] = number = said.get(row, 0) + 1
        ids.append(identifier("e", "record", *map(repr, row), number))
    return ids
