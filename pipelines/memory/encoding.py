"""Readings as JSON and back: lists in the order of the fields, all of them numbers and texts."""

import json
from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from operator import attrgetter
from typing import Any

import pyarrow as pa

from pipelines.listed import ListedEntries, links_in, outline_of
from pipelines.records import Frame, Issue, Ledger, Page, Pager, PageReading, RawReading

_CAPTURED_AT = [field.name for field in fields(Page)].index("captured_at")
_PAGER = [field.name for field in fields(Frame)].index("pager")
_page_fields = attrgetter(*(field.name for field in fields(Page)))
_frame_fields = attrgetter(*(field.name for field in fields(Frame)))
_issue_fields = attrgetter(*(field.name for field in fields(Issue)))
_ledger_fields = attrgetter(*(field.name for field in fields(Ledger)))


def encode(reading: RawReading) -> bytes:
    """A file's reading as one line, without its entries, which are rows of a table, and its furniture, which is only counted."""
    pages = [_encode_page(page) for page in reading.pages]
    said = [pages, list(map(_issue_fields, reading.issues))]
    return json.dumps(said, separators=(",", ":")).encode("ascii")


def _encode_page(reading: PageReading) -> list[Any]:
    page = list(_page_fields(reading.page))
    page[_CAPTURED_AT] = page[_CAPTURED_AT] and page[_CAPTURED_AT].isoformat()
    return [
        page, reading.layout, _frame_fields(reading.frame),
        list(map(_issue_fields, reading.issues)), _ledger_fields(reading.ledger), reading.is_cut,
        [len(reading.entries), links_in(reading.entries), outline_of(reading.entries)],
    ]  # fmt: skip


def decode(line: bytes, entries: pa.Table, first: int) -> RawReading:
    """What `encode` made; the entries are rows of a table from the first on."""
    pages, issues = json.loads(line)
    decoded: list[PageReading] = []
    for page in pages:
        decoded.append(_decode_page(page, entries, first))
        first += len(decoded[-1].entries)
    return RawReading(tuple(decoded), _issues(issues))


def _decode_page(said: Sequence[Any], entries: pa.Table, first: int) -> PageReading:
    page, layout, frame, issues, ledger, is_cut, (count, links, outline) = said
    page[_CAPTURED_AT] = page[_CAPTURED_AT] and datetime.fromisoformat(page[_CAPTURED_AT])
    frame[_PAGER] = frame[_PAGER] and Pager(*frame[_PAGER])
    return PageReading(
        Page(*page),
        layout,
        Frame(*frame),
        ListedEntries(entries, first, count, links, outline),
        (),
        _issues(issues),
        Ledger(*ledger),
        is_cut,
    )


def _issues(issues: Sequence[Sequence[Any]]) -> tuple[Issue, ...]:
    return tuple([Issue(*issue) for issue in issues])
