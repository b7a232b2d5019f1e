"""Distinct texts: entries that say the same once typography is folded are one text, compared once however often it stands."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.addresses import document_link
from pipelines.text import fold
from pipelines.titles import read_title

Codes = npt.NDArray[np.int64]
NONE = -1
# Of date, title and summary an entry must have this many to be found again.
_FEWEST_FIELDS = 2
_VALUES_AT_ONCE = 50_000


@dataclass(frozen=True, slots=True)
class Coded:
    """A column of text as numbers: `codes` (one a row, -1 for null) point into `folded`.

    `ways` tells apart the ways of printing, one number a row, which point into `forms`; `first_form` is the form of each text that
    comes first by its letters.
    """

    codes: Codes
    folded: list[str]
    ways: Codes
    forms: pa.Array
    first_form: Codes

    def printed(self, codes: Codes) -> list[str]:
        """How texts are printed, given their codes."""
        printed: list[str] = self.forms.take(pa.array(self.first_form[codes])).to_pylist()
        return printed


@dataclass(frozen=True, slots=True)
class Texts:
    """Distinct texts, numbered from 0 in the order of their first entry.

    `date`, `title`, `summary` and `link` hold a code for each text, -1 for what is missing; `date_label` also tells apart the dates
    that cannot be read, which count as missing.
    `date_start` and `date_end` are days since 1970, and 0 where there is no date. `of_entry` leads from each entry to its
    text; `first_entry` back to the first entry of each.
    """

    of_entry: Codes
    first_entry: Codes
    date: Codes
    date_label: Codes
    title: Codes
    summary: Codes
    link: Codes
    date_start: Codes
    date_end: Codes
    is_day: npt.NDArray[np.bool_]
    dates: list[str]
    titles: Coded
    summaries: Coded
    links: list[str]

    def __len__(self) -> int:
        """How many texts there are."""
        return len(self.first_entry)

    def printed_of_entry(self) -> Codes:
        """A number for what each entry prints, typography aside, wherever it leads."""
        printed, _ = _numbered([self.date_label, self.title, self.summary])
        return printed[self.of_entry]


def narrowed(texts: Texts, is_kept: npt.NDArray[np.bool_]) -> Texts:
    """The texts of some entries, as they are among all: every entry of a text is kept, or none."""
    wanted, first, of_entry = np.unique(texts.of_entry[is_kept], return_index=True, return_inverse=True)
    titles, summaries = (
        replace(coded, codes=coded.codes[is_kept], ways=coded.ways[is_kept])
        for coded in (texts.titles, texts.summaries)
    )
    by_text = ("date", "date_label", "title", "summary", "link", "date_start", "date_end", "is_day")
    taken = {name: getattr(texts, name)[wanted] for name in by_text}
    return replace(texts, of_entry=of_entry, first_entry=first, titles=titles, summaries=summaries, **taken)


def distinct_texts(records: pa.Table) -> Texts:
    """The distinct texts of records that are in the order of their places."""
    titles, summaries = coded_text(records.column("title")), coded_text(records.column("summary"))
    dates, date_codes = _dates(records)
    links, link_codes = _links(records.column("url"))
    alone = np.where(_says_too_little(records, titles, summaries), np.arange(1, records.num_rows + 1), 0)
    of_entry, first = _numbered([date_codes, titles.codes, summaries.codes, link_codes, alone])
    edtf = records.column("date_edtf").is_valid().to_numpy(zero_copy_only=False)
    return Texts(
        of_entry,
        first,
        np.where(edtf, date_codes, NONE)[first],
        date_codes[first],
        titles.codes[first],
        summaries.codes[first],
        link_codes[first],
        _days(records.column("date_start"))[first],
        _days(records.column("date_end"))[first],
        pc.fill_null(pc.equal(records.column("date_precision"), "day"), fill_value=False).to_numpy(
            zero_copy_only=False
        )[first],
        dates,
        titles,
        summaries,
        links,
    )


def _says_too_little(records: pa.Table, titles: Coded, summaries: Coded) -> npt.NDArray[np.bool_]:
    """Which entries are only ever themselves: one field alone never makes two entries one, nor does a date with a mere `Letter`."""
    is_dated = records.column("date_edtf").is_valid().to_numpy(zero_copy_only=False)
    with_title, with_summary = titles.codes != NONE, summaries.codes != NONE
    too_little = is_dated.astype(int) + with_title + with_summary < _FEWEST_FIELDS
    bare = np.unique(titles.codes[with_title & ~with_summary])
    generic = [
        code for code, text in zip(bare.tolist(), titles.printed(bare), strict=True) if not read_title(text).words
    ]
    is_alone: npt.NDArray[np.bool_] = too_little | (~with_summary & np.isin(titles.codes, generic))
    return is_alone


def coded_text(values: pa.ChunkedArray) -> Coded:
    """A column of text by its folds; a text that folds to nothing stands for itself, one of white space is none."""
    encoded = _encoded(values)
    number: dict[str, int] = {}
    forms = encoded.dictionary
    codes = np.array([_code(text, number) for text in listed(forms)], np.int64)
    # Of several ways to print a text the first by its letters stands for it, in whatever order they come.
    order = np.arange(len(codes)) if len(number) == len(codes) else np.asarray(pc.sort_indices(forms), np.int64)
    present, first = np.unique(codes[order], return_index=True)
    rows = pc.fill_null(encoded.indices, NONE).to_numpy(zero_copy_only=False).astype(np.int64)
    return Coded(np.append(codes, NONE)[rows], list(number), rows, forms, order[first[present != NONE]])


def listed(values: pa.Array) -> Iterator[Any]:
    """The values of a column as Python's, some at a time."""
    for first in range(0, len(values), _VALUES_AT_ONCE):
        yield from values.slice(first, _VALUES_AT_ONCE).to_pylist()


def folded_text(text: str) -> str:
    """What a text is told by, typography aside; nothing for white space."""
    return fold(text) or text.strip()


def _code(text: str, number: dict[str, int]) -> int:
    folded = folded_text(text)
    return number.setdefault(folded, len(number)) if folded else NONE


def _dates(records: pa.Table) -> tuple[list[str], Codes]:
    """Dates by what they mean; an entry whose date cannot be read has the code of its text, and counts as undated."""
    texts = records.column("date_text").filter(pc.is_null(records.column("date_edtf"))).unique().to_pylist()
    unread = {text: f"? {fold(text)}" for text in texts if text is not None}
    labels = records.column("date_edtf")
    if unread:
        said = pa.array([unread.get(text) for text in records.column("date_text").to_pylist()], pa.string())
        labels = pc.coalesce(labels, said)
    encoded = _encoded(labels)
    return encoded.dictionary.to_pylist(), _take(np.arange(len(encoded.dictionary)), encoded.indices)


def _links(urls: pa.ChunkedArray) -> tuple[list[str], Codes]:
    encoded = _encoded(urls)
    number: dict[str, int] = {}
    codes = [
        number.setdefault(link, len(number)) if (link := document_link(url)) else NONE
        for url in encoded.dictionary.to_pylist()
    ]
    return list(number), _take(np.array(codes, np.int64), encoded.indices)


def _encoded(values: pa.ChunkedArray) -> Any:  # noqa: ANN401 pyarrow ships no types
    return pa.chunked_array(values).combine_chunks().dictionary_encode()


def _take(codes: Codes, indices: Any) -> Codes:  # noqa: ANN401
    """The code behind each index of a dictionary, -1 for null."""
    at = pc.fill_null(indices, NONE).to_numpy(zero_copy_only=False).astype(np.int64)
    taken: Codes = np.append(codes, NONE)[at]
    return taken


def _days(dates: pa.ChunkedArray) -> Codes:
    return np.asarray(pc.fill_null(dates.cast(pa.int32()), 0).to_numpy(), np.int64)


def _numbered(columns: list[Codes]) -> tuple[Codes, Codes]:
    """Rows by what they hold, numbered in the order of their first appearance; and where that is."""
    key = columns[0]
    for column in columns[1:]:  # each step leaves numbers below the count of rows, so nothing overflows
        _, key = np.unique(key * (column.max(initial=0) + 2) + column + 1, return_inverse=True)
    _, first, inverse = np.unique(key, return_index=True, return_inverse=True)
    order = np.argsort(first, kind="stable")
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    return rank[inverse], first[order]
