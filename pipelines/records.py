"""The values that travel between the rooms. All are immutable.

`Entry` and `Span` are named tuples, the others frozen dataclasses: there are as many entries as documents' appearances,
and a named tuple is made four times faster.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, NamedTuple

Severity = Literal["error", "warning", "info"]
PageKind = Literal["collection", "search", "topic", "place", "person", "unknown"]
Precision = Literal["day", "month", "year"]


class DateSpan(NamedTuple):
    """A printed date, read: `edtf` is ISO 8601-2 level 0/1, the bounds are inclusive.

    `precision` is None where the date is an interval or a decade: its bounds are known, one day, month or year is not.
    """

    edtf: str
    start: date
    end: date
    precision: Precision | None


class Span(NamedTuple):
    """Lines `line_first` to `line_last` of a page (1-based, inclusive), and the rule that says what they are."""

    rule: str
    line_first: int
    line_last: int


class Entry(NamedTuple):
    """One appearance of a document on a page, as printed (white space at the ends trimmed)."""

    position: int
    section: str | None
    line_first: int
    line_last: int
    date_text: str | None
    title: str | None
    summary: str | None
    date: DateSpan | None
    is_possibly_cut: bool = False
    url: str | None = None  # where the page links the title
    number: str | None = None  # as the page prints it, in layouts that print one


class Pager(NamedTuple):
    """`first - last of total`, as a search page prints it."""

    first: int
    last: int
    total: int

    @property
    def expected(self) -> int:
        """How many entries the page holds if the pager is right; `0 - 0 of 0` promises none."""
        return self.last - self.first + 1 if self.last else 0


@dataclass(frozen=True, slots=True)
class Issue:
    """Something refused or doubted, with where it stands in raw.

    `problem` is a code of `pipelines.problems`; `value` is the offending text or number as printed.
    """

    problem: str
    message: str
    source_path: str | None = None
    page_id: str | None = None
    line_first: int | None = None
    line_last: int | None = None
    raw_text: str | None = None
    table: str | None = None
    column: str | None = None
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One listing page: where it comes from, what its bytes are, and what is known of its address.

    The bytes are the page's own, unpacked: `source_sha256` of a page in an archive is not that of the archive.
    """

    page_id: str
    source_path: str
    source_sha256: str
    source_bytes: int
    encoding: str
    media_type: str = "text/plain"
    url: str | None = None
    captured_at: datetime | None = None  # with its time zone
    note: str | None = None  # what the side file says of it


@dataclass(frozen=True, slots=True)
class Marks:
    """What HTML tells of the lines that it was rendered to, beyond their text; lines are counted from 0.

    `links`: the address that most of a line is linked to, absolute where the page's own address is known. `aside`: the
    furniture rule of a line that stands in a landmark beside the content, such as `navigation`. `headings`: the level of
    a line that is a heading. `records`: for a line that links to a document, the lines (end exclusive) of the largest element
    around it that links to no other. `list_end`: where the element ends that lists the last of them with others.
    `is_closed`: the page ends as pages do, so that nothing of it was cut off.
    """

    links: Mapping[int, str] = field(default_factory=dict)
    aside: Mapping[int, str] = field(default_factory=dict)
    headings: Mapping[int, int] = field(default_factory=dict)
    records: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    list_end: int | None = None
    is_closed: bool = False


class PageText(NamedTuple):
    """A page and its lines, without their ends; let go once the page is read.

    `marks` is None where the page is plain text. `is_crawled`: one of many responses of a web archive, most of which are no
    listings.
    """

    page: Page
    lines: tuple[str, ...]
    issues: tuple["Issue", ...] = ()
    marks: Marks | None = None
    is_crawled: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """What a page says around its entries."""

    kind: PageKind
    heading: str | None = None
    description: str | None = None
    image_caption: str | None = None
    pager: Pager | None = None


@dataclass(frozen=True, slots=True)
class Ledger:
    """How many lines of a page met which fate; the five numbers satisfy entry + furniture + issue + blank = line."""

    line_count: int
    entry_line_count: int
    furniture_line_count: int
    issue_line_count: int
    blank_line_count: int


@dataclass(frozen=True, slots=True)
class PageReading:
    """A page, read: `layout` is None where it was refused whole, and an issue says why."""

    page: Page
    layout: str | None
    frame: Frame
    entries: Sequence[Entry]
    furniture: tuple[Span, ...]
    issues: tuple[Issue, ...]
    ledger: Ledger
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class RawReading:
    """Everything read from raw, or from a shard of it: the pages, and the issues that belong to no page."""

    pages: tuple[PageReading, ...] = ()
    issues: tuple[Issue, ...] = ()
