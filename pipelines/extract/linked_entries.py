"""Entries by their links: a title is what links to a document, its date stands beside it, its summary behind it.

Nothing here depends on how a site names its classes. What belongs to one entry is told by the largest element around its link
that links to no other document (`Marks.records`), and by where the next entry begins.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from pipelines.addresses import document_link
from pipelines.dates import read_date
from pipelines.extract.kinds import BULLET_DATE, BULLET_OTHER, DATE, FIXED, INDENTED, TEXT, YEARS
from pipelines.extract.linked_lines import DATES, Lines, Listed

_TEXTS = frozenset((TEXT, INDENTED, BULLET_OTHER, YEARS, "-", "c"))
# What a site prints on every page ends an entry; its pager too.
_ENDS = frozenset(FIXED.values()) - {"b", "-", "H"} | {"p"}
# A second link to the same document: `Read more`, `PDF`; with more words it is text.
_MOST_WORDS_OF_A_CALL = 8
# Where no element tells what belongs to the last entry, it is sought among so many lines.
_LINES_OF_AN_ENTRY = 6
_SENTENCE_ENDS = (".", "!", "?", "…", "”", '"')
# A shorter date line (a year) among other lines may be anything.
_SHORTEST_DATE = 5


def find_entries(page: Lines, documents: Sequence[int]) -> list[Listed]:
    """The entries whose titles are among the lines that link to documents, and those between them that nothing links."""
    titles = list(_titles(page, documents))
    owners = {line: title[0] for title in titles for line in range(*page.marks.records.get(title[0], (0, 0)))}
    is_date_first = _dates_stand_first(page, titles)
    found = [_dated(page, title, owners, is_date_first=is_date_first) for title in titles]
    _forget_dates_of_groups(page, found, owners)
    tails = [_tail(page, found, at) for at in range(len(found))]
    most = max([len(lines) for lines, _ in tails[:-1]], default=1) or 1
    listed: list[Listed] = []
    for entry, (lines, is_bounded) in zip(found, tails, strict=True):
        is_last_and_open = entry is found[-1] and not is_bounded
        own = lines[:most] if is_last_and_open else lines
        listed += _with_tail(page, entry, own, is_date_first=is_date_first)
        listed += _unlinked_behind(page, listed[-1], _next_first(page, found, entry), is_date_first=is_date_first)
    return _without_neighbours(page, listed)


def _next_first(page: Lines, found: Sequence[Listed], entry: Listed) -> int:
    """Where the next linked entry begins, or the list ends."""
    at = bisect_left(found, entry.title[0] + 1, key=lambda each: each.title[0])
    return found[at].first if at < len(found) else page.marks.list_end or entry.last + 1


def _unlinked_behind(page: Lines, entry: Listed, end: int, *, is_date_first: bool) -> list[Listed]:
    """Entries that nothing links, between an entry and the next: each a date with text behind it."""
    listed: list[Listed] = []
    lines = page.filled[page.place(entry.last + 1) : page.place(end)] if is_date_first else []
    for line, following in pairwise([*lines, end]):
        if listed and line in listed[-1].title:
            continue
        if listed and (page.kinds[line] in _ENDS or line in page.marks.headings or line in page.marks.links):
            break
        if _opens_unlinked(page, line, following if following < end else None):
            listed.append(Listed([following], line, []))
        elif listed:
            listed[-1].summary = [*(listed[-1].summary or []), line]
    return listed


def _forget_dates_of_groups(page: Lines, found: Sequence[Listed], owners: Mapping[int, int]) -> None:
    """A mere year outside of the records that stands with half of them or fewer heads a group, and dates not its first entry."""
    recorded = [entry for entry in found if entry.is_in_record(owners)]
    outside = [entry for entry in recorded if entry.date is not None and entry.date not in owners]
    if 2 * len(outside) <= len(recorded) and all(len(page.text(entry.date or 0)) < _SHORTEST_DATE for entry in outside):
        for entry in outside:
            entry.date = None


def _without_neighbours(page: Lines, listed: list[Listed]) -> list[Listed]:
    """The entries without bare titles before or behind them under a heading of their own: `Most viewed documents`."""
    told = [at for at, entry in enumerate(listed) if entry.date is not None or entry.summary]
    if not told:
        return listed
    first, end = told[0], told[-1] + 1
    if first and not _has_heading_between(page, listed[first - 1].last, listed[first].first):
        first = 0
    if end < len(listed) and not _has_heading_between(page, listed[end - 1].last, listed[end].first):
        end = len(listed)
    return listed[first:end]


def _has_heading_between(page: Lines, first: int, end: int) -> bool:
    return any(first < line < end for line in page.marks.headings)


def without_recurring(page: Lines, documents: Sequence[int]) -> Lines:
    """The page without what stands with most entries and is no sentence: labels (`Date`), `Add to my collection`."""
    ranges = [page.marks.records.get(line, (line, line + 1)) for line in documents]
    end = page.place(max(end for _, end in ranges)) + _LINES_OF_AN_ENTRY
    listed = page.filled[page.place(min(first for first, _ in ranges)) : end]
    counts = Counter(
        page.text(line) for line in listed if page.kinds[line] not in DATES and line not in page.marks.links
    )
    fewest = max(2, (len({document_link(page.marks.links[line]) for line in documents}) + 1) // 2)
    recurring = {text for text, count in counts.items() if count >= fewest and not text.endswith(_SENTENCE_ENDS)}
    if not recurring:
        return page
    return page._replace(
        filled=[line for line in page.filled if page.text(line) not in recurring or line in page.marks.links]
    )


def without_linked_dates(page: Lines, documents: Sequence[int]) -> tuple[Lines, list[int]]:
    """The page, and its lines that link to documents, without dates that link to the document whose title is beside them."""
    dated = {line for line in documents if read_date(page.text(line))}
    dates = {
        date
        for one, other in pairwise(documents)
        if _is_same_document(page, one, other) and len({one, other} & dated) == 1
        for date in {one, other} & dated
    }
    if not dates:
        return page, list(documents)
    links = {line: url for line, url in page.marks.links.items() if line not in dates}
    return page._replace(marks=replace(page.marks, links=links)), [line for line in documents if line not in dates]


def _titles(page: Lines, documents: Sequence[int]) -> Iterator[list[int]]:
    """Lines that open an entry, each with the lines that continue it; further links to the same document open none."""
    title: list[int] = []
    for line in documents:
        if title and _is_same_document(page, title[0], line) and not _is_dated_anew(page, title[-1], line):
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


def _is_dated_anew(page: Lines, title: int, line: int) -> bool:
    """Whether a further link to the document of a title has a date of its own before it, so that it is listed once more."""
    before = page.neighbour(line, -1)
    return before is not None and before > title and before != page.neighbour(title, 1) and _is_date(page, before)


def _dates_stand_first(page: Lines, titles: Sequence[list[int]]) -> bool:
    """Whether this page prints dates before titles: the first entry with a date on one side tells, unless most say otherwise."""
    before = [_is_date(page, page.neighbour(title[0], -1)) for title in titles]
    behind = [_is_date(page, page.neighbour(title[-1], 1)) for title in titles]
    first = next(
        (is_behind for is_before, is_behind in zip(before, behind, strict=True) if is_before != is_behind), False
    )
    return not (first and sum(behind) >= sum(before))


def _is_date(page: Lines, line: int | None) -> bool:
    return line is not None and page.date_text(line) is not None


def _dated(page: Lines, title: list[int], owners: Mapping[int, int], *, is_date_first: bool) -> Listed:
    """The entry of a title with its date: beside it, but within no other record; else the one date of its own record."""
    before, behind = page.neighbour(title[0], -1), page.neighbour(title[-1], 1)
    ours = [
        line
        for line in ((before, behind) if is_date_first else (behind, before))
        if line is not None and _is_date(page, line) and owners.get(line, title[0]) == title[0]
    ]
    within = [line for line in ours if line in owners]
    beside = within or ours[:1] if ours and (ours[0] == (before if is_date_first else behind) or within) else []
    return Listed(title, beside[0] if beside else _only_date(page, title), url=page.marks.links[title[0]])


def _only_date(page: Lines, title: list[int]) -> int | None:
    """The one date of a record, wherever it stands behind the title: at the foot of a card."""
    first, end = page.marks.records.get(title[0], (0, 0))
    lines = page.filled[page.place(title[-1] + 1) : page.place(end)] if first <= title[0] else []
    dates = [line for line in lines if _is_date(page, line)]
    return (
        dates[0] if len(dates) == 1 and (len(page.text(dates[0])) >= _SHORTEST_DATE or dates[0] == lines[-1]) else None
    )


def _tail(page: Lines, found: Sequence[Listed], at: int) -> tuple[list[int], bool]:
    """The filled lines that may be an entry's summary, and whether something tells where they end."""
    entry = found[at]
    behind = page.neighbour(entry.title[-1], 1)
    first = max(entry.title[-1], entry.date if entry.date is not None and entry.date == behind else -1)
    end = found[at + 1].first if at + 1 < len(found) else page.marks.list_end or len(page.lines)
    inside, outside = page.marks.records.get(entry.title[0], (0, 0))
    holds_more = outside > entry.title[-1] + 1 and (outside > first + 1 or inside <= entry.first < entry.title[0])
    if holds_more:
        end = min(end, outside)
    lines: list[int] = []
    for line in page.filled[page.place(first + 1) : page.place(end)]:
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
        if line == entry.date:
            continue
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
    if not any(map(str.isalpha, page.lines[line])):
        return False  # a rank, dots between pages
    if url is None:
        return True
    is_same = entry.url is not None and document_link(url) == document_link(entry.url)
    return is_same and len(page.lines[line].split()) > _MOST_WORDS_OF_A_CALL
