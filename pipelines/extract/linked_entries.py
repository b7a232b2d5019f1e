"""Entries by their links: a title is what links to a document, its date stands beside it, its summary behind it.

Nothing here depends on how a site names its classes. What belongs to one entry is told by the largest element around its link
that links to no other document (`Marks.records`), and by where the next entry begins.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pipelines.addresses import document_link
from pipelines.extract.kinds import BULLET_DATE, BULLET_OTHER, DATE, FIXED, INDENTED, TEXT, YEARS, bullet_text
from pipelines.records import Marks

DATES = frozenset((DATE, BULLET_DATE, YEARS))
_TEXTS = frozenset((TEXT, INDENTED, BULLET_OTHER, YEARS, "-", "c"))
# What a site prints on every page ends an entry; its pager too.
_ENDS = frozenset(FIXED.values()) - {"b", "-", "H"} | {"p"}
# A second link to the same document: `Read more`, `PDF`; with more words it is text.
_MOST_WORDS_OF_A_CALL = 8
# A shorter date line (a year) among other lines may be anything.
_SHORTEST_DATE = 5


@dataclass(slots=True)
class Listed:
    """One entry as lines of the page (0-based): `title` is empty where nothing links it and nothing is there."""

    title: list[int]
    date: int | None = None
    summary: list[int] | None = None
    url: str | None = None

    @property
    def first(self) -> int:
        """Its first line."""
        return min(self.title[0], self.title[0] if self.date is None else self.date)

    @property
    def last(self) -> int:
        """Its last line."""
        return max(self.title[-1], -1 if self.date is None else self.date, (self.summary or [-1])[-1])


class Lines(NamedTuple):
    """A page's content: letters of all lines, the lines that hold something (sorted), and what its markup tells."""

    lines: Sequence[str]
    kinds: str
    filled: Sequence[int]
    marks: Marks

    def index(self, line: int) -> int:
        """The place among the filled lines."""
        return bisect_left(self.filled, line)

    def neighbour(self, line: int, step: int) -> int | None:
        """The filled line before (-1) or behind (1) another."""
        at = self.index(line) + step
        return self.filled[at] if 0 <= at < len(self.filled) else None

    def text(self, line: int) -> str:
        """What a line prints, without bullet and indentation."""
        bulleted = bullet_text(self.lines[line]) if self.kinds[line] in (BULLET_DATE, BULLET_OTHER) else None
        return self.lines[line].strip() if bulleted is None else bulleted


def find_entries(page: Lines, documents: Sequence[int]) -> list[Listed]:
    """The entries whose titles are among the lines that link to documents, and those between them that nothing links."""
    titles = list(_titles(page, documents))
    is_date_first = _dates_stand_first(page, titles)
    found = [_dated(page, title, titles, is_date_first=is_date_first) for title in titles]
    tails = [_tail(page, found, at) for at in range(len(found))]
    most = max([len(lines) for lines, _ in tails[:-1]], default=1) or 1
    listed: list[Listed] = []
    for entry, (lines, is_bounded) in zip(found, tails, strict=True):
        is_last_and_open = entry is found[-1] and not is_bounded
        own = lines[:most] if is_last_and_open else lines
        listed += _with_tail(page, entry, own, is_date_first=is_date_first)
    return listed


def _titles(page: Lines, documents: Sequence[int]) -> Iterator[list[int]]:
    """Lines that open an entry, each with the lines that continue it; further links to the same document open none."""
    title: list[int] = []
    for line in documents:
        if title and _is_same_document(page, title[0], line) and not _has_date_between(page, title[-1], line):
            if line == title[-1] + 1:
                title.append(line)
            continue
        if title:
            yield title
        title = [line]
    if title:
        yield title


def _is_same_document(page: Lines, one: int, other: int) -> bool:
    return document_link(page.marks.links[one]) == document_link(page.marks.links[other])


def _has_date_between(page: Lines, first: int, end: int) -> bool:
    return any(page.kinds[line] in DATES for line in page.filled[page.index(first) + 1 : page.index(end)])


def _dates_stand_first(page: Lines, titles: Sequence[list[int]]) -> bool:
    """Whether this page prints dates before titles: the first entry tells, then the majority."""
    before = [_is_date(page, page.neighbour(title[0], -1)) for title in titles]
    behind = [_is_date(page, page.neighbour(title[-1], 1)) for title in titles]
    return not (behind[0] and not before[0] and sum(behind) >= sum(before))


def _is_date(page: Lines, line: int | None) -> bool:
    return line is not None and page.kinds[line] in DATES and line not in page.marks.links


def _dated(page: Lines, title: list[int], titles: Sequence[list[int]], *, is_date_first: bool) -> Listed:
    beside = page.neighbour(title[0], -1) if is_date_first else page.neighbour(title[-1], 1)
    return Listed(title, beside if _is_date(page, beside) else None, url=page.marks.links[title[0]])


def _tail(page: Lines, found: Sequence[Listed], at: int) -> tuple[list[int], bool]:
    """The filled lines that may be an entry's summary, and whether something tells where they end."""
    entry = found[at]
    first = max(entry.title[-1], -1 if entry.date is None else entry.date)
    end = found[at + 1].first if at + 1 < len(found) else len(page.lines)
    inside, outside = page.marks.records.get(entry.title[0], (0, 0))
    holds_more = outside > entry.title[-1] + 1 and (outside > first + 1 or inside <= entry.first < entry.title[0])
    if holds_more:
        end = min(end, outside)
    lines: list[int] = []
    for line in page.filled[page.index(first + 1) : page.index(end)]:
        if page.kinds[line] in _ENDS or line in page.marks.headings:
            return lines, True
        lines.append(line)
    return lines, holds_more or at + 1 < len(found)


def _with_tail(page: Lines, entry: Listed, lines: Sequence[int], *, is_date_first: bool) -> Iterator[Listed]:
    """An entry with its summary; a dated text among its lines that nothing links is an entry of its own."""
    here = entry
    summary: list[int] = []
    for number, line in enumerate(lines):
        following = lines[number + 1] if number + 1 < len(lines) else None
        if is_date_first and _opens_unlinked(page, line, following):
            here.summary = summary
            yield here
            here, summary = Listed([following or line], line), []
        elif line not in here.title and _is_text(page, here, line):
            summary.append(line)
    here.summary = summary
    yield here


def _opens_unlinked(page: Lines, line: int, following: int | None) -> bool:
    is_date = page.kinds[line] in (DATE, BULLET_DATE) and len(page.text(line)) >= _SHORTEST_DATE
    return is_date and following is not None and page.kinds[following] in _TEXTS and following not in page.marks.links


def _is_text(page: Lines, entry: Listed, line: int) -> bool:
    """Whether a line behind a title is of its summary; a line that is a link elsewhere, or again to the document, is not."""
    url = page.marks.links.get(line)
    if url is None:
        return True
    is_same = entry.url is not None and document_link(url) == document_link(entry.url)
    return is_same and len(page.lines[line].split()) > _MOST_WORDS_OF_A_CALL
