"""One page, read: which grammar claims it, then its entries, furniture and issues."""

import re
from collections.abc import Sequence
from functools import lru_cache, partial

from pipelines.addresses import is_document
from pipelines.dates import read_date
from pipelines.errors import LedgerError
from pipelines.extract.catalogue import LAYOUTS
from pipelines.extract.checks import check_page
from pipelines.extract.cut import ends_in_cut, is_cut_file, with_cut_mark
from pipelines.extract.declared import DeclaredLayout, claims_of, read_claimed
from pipelines.extract.html import read_html_page
from pipelines.extract.kinds import (
    BLANK,
    BULLET_DATE,
    BULLET_OTHER,
    CUT_BULLET,
    CUT_DATE,
    DATE,
    bullet_text,
    kinds_of,
)
from pipelines.extract.layout import Layout
from pipelines.extract.ledger import balance
from pipelines.extract.pager import read_pager
from pipelines.extract.region import read_region
from pipelines.records import DateSpan, Entry, Frame, Issue, Pager, PageReading, PageText, Span
from pipelines.text import capped, one_line

# Groups of a grammar that are not furniture under their own name.
_PARTS = frozenset({"region", "body", "head"})
# Lines between two entries each of which has an issue of its own; more of them have one together.
_MOST_SINGLE_LINES = 100
_RUN = re.compile(r"(.)\1*")


def read_page(text: PageText, declared: Sequence[DeclaredLayout] = ()) -> PageReading:
    """Read one page by the one layout that claims it, or refuse it whole with the reason; never raises for its text.

    Returns entries in the order of the page, and every other line as furniture, issue or blank.
    """
    if text.page.url is not None and is_document(text.page.url):
        return _refuse(text, kinds_of(text.lines), "page_of_document", f"by its address: {one_line(text.page.url)}")
    if text.marks is not None:
        try:
            return read_html_page(text, text.marks, partial(read_page, declared=declared))
        except LedgerError as error:
            return _refuse(text, kinds_of(text.lines), "ledger_unbalanced", f"HTML: {error}")
    kinds = kinds_of(text.lines)
    claims = [(layout, match) for layout in LAYOUTS if (match := layout.page.fullmatch(kinds))]
    others = claims_of(text, declared)
    names = [layout.name for layout, _ in claims] + [found.layout.name for found in others]
    if len(names) != 1:
        return _refused(text, kinds, names)
    try:
        return read_claimed(text, others[0]) if others else _read(text, kinds, *claims[0])
    except LedgerError as error:
        return _refuse(text, kinds, "ledger_unbalanced", f"{names[0]}: {error}")


def _read(text: PageText, kinds: str, layout: Layout, match: re.Match[str]) -> PageReading:
    page, lines = text.page, text.lines
    parts = {name.rstrip("_"): match.span(name) for name, part in match.groupdict().items() if part is not None}
    frame, furniture = _frame(lines, kinds, layout, parts)
    section_at = parts.get("section")
    section = lines[section_at[0]].strip() if section_at else None
    entries, strays = _entries(lines, kinds, layout, parts["body"], section)
    between, doubted = _strays(text, kinds, layout, strays, frame.pager)
    furniture += between
    if frame.pager and frame.pager.expected == 0 and all(entry.date_text is None for entry in entries):
        # `No results found.` is no document.
        furniture += [Span("no_results", line, line) for line in _lines_of(entries, kinds)]
        entries = []
    is_cut = is_cut_file(text) or (bool(doubted) and ends_in_cut(doubted[-1], kinds))
    if frame.pager and len(entries) < frame.pager.expected:
        is_cut = True
    if entries:
        entries[-1] = with_cut_mark(entries[-1], kinds)
    ledger = balance(
        kinds,
        [(entry.line_first, entry.line_last) for entry in entries],
        [(span.line_first, span.line_last) for span in furniture],
        [(issue.line_first or 0, issue.line_last or 0) for issue in doubted],
    )
    pager_line = parts["pager"][0] + 1 if "pager" in parts else 1
    issues = [*text.issues, *doubted, *check_page(page, layout, frame, entries, pager_line)]
    return PageReading(page, layout.name, frame, tuple(entries), tuple(furniture), tuple(issues), ledger, is_cut)


def _lines_of(entries: Sequence[Entry], kinds: str) -> list[int]:
    """The lines of entries that hold something."""
    spans = [range(entry.line_first, entry.line_last + 1) for entry in entries]
    return [line for span in spans for line in span if kinds[line - 1] != BLANK]


def _frame(
    lines: Sequence[str], kinds: str, layout: Layout, parts: dict[str, tuple[int, int]]
) -> tuple[Frame, list[Span]]:
    """What stands around the list, and the furniture that it is made of."""
    named = [(rule, at) for rule, span in parts.items() if rule not in _PARTS for at in range(*span)]
    named += [(layout.head[kinds[at]], at) for at in range(*parts.get("head", (0, 0))) if kinds[at] != BLANK]
    furniture = [Span(rule, at + 1, at + 1) for rule, at in named if kinds[at] != BLANK]
    pager = read_pager(lines[parts["pager"][0]]) if "pager" in parts else None
    if "region" not in parts:
        return Frame(layout.kind or "unknown", pager=pager), furniture
    frame, spans = read_region(lines, kinds, *parts["region"], kind=layout.kind_with_region or layout.kind)
    return frame, furniture + spans


def _entries(
    lines: Sequence[str], kinds: str, layout: Layout, body: tuple[int, int], section: str | None
) -> tuple[list[Entry], list[tuple[int, int]]]:
    """The entries of a body, and what lies between them and holds text (0-based, end exclusive)."""
    start, end = body
    text = kinds[start:end]
    entries: list[Entry] = []
    date, title, title_else, summary, summary_else = layout.entry_groups
    found = [match.regs for match in layout.entry.finditer(text)]
    for position, spans in enumerate(found, 1):
        first, last = spans[title]
        if first < 0:
            first, last = spans[title_else]
        date_at = spans[date][0]
        if date_at < 0:  # what the match begins with is the blank line where the date was
            date_at, date_text, day = first, None, None
        else:
            date_text, day = _date_of(lines[start + date_at])
        title_text = lines[start + first].strip() if last - first == 1 else _text(lines, start + first, start + last)
        first, last = spans[summary]
        if first < 0:
            first, last = spans[summary_else]
        said = lines[start + first].strip() if last - first == 1 else _text(lines, start + first, start + last)
        entries.append(
            Entry(position, section, start + date_at + 1, start + spans[0][1], date_text, title_text, said, day)
        )
    if not layout.entry.sub("", text).strip(BLANK):
        return entries, []
    edges = [start, *(start + edge for spans in found for edge in spans[0]), end]
    return entries, list(zip(edges[::2], edges[1::2], strict=True))


def _text(lines: Sequence[str], first: int, end: int) -> str | None:
    """Lines as one text, each trimmed; None where the grammar found none."""
    return "\n".join([line.strip() for line in lines[first:end]]) if end > first else None


@lru_cache(maxsize=1 << 15)
def _date_of(line: str) -> tuple[str | None, DateSpan | None]:
    """The date as printed, without its bullet, and as read; None for a bullet with nothing behind it."""
    bulleted = bullet_text(line)
    date_text = line.strip() if bulleted is None else bulleted
    reading = read_date(date_text)
    return date_text or None, reading.span if reading else None


def _strays(
    text: PageText, kinds: str, layout: Layout, gaps: list[tuple[int, int]], pager: Pager | None
) -> tuple[list[Span], list[Issue]]:
    """What stands between entries: furniture that the layout names, and otherwise issues."""
    furniture: list[Span] = []
    issues: list[Issue] = []
    for first, end in gaps:
        filled = end - first - kinds.count(BLANK, first, end)
        if filled > _MOST_SINGLE_LINES:
            start, stop = _without_blanks(kinds, first, end)
            problem, message = _doubt(kinds[start])
            issues.append(
                _doubt_about(text, problem, f"{message} (as for the lines below it, {filled} in all)", start, stop)
            )
        if not 0 < filled <= _MOST_SINGLE_LINES:
            continue
        for run in _RUN.finditer(kinds, first, end):
            kind, (start, stop) = run[1], run.span()
            if kind == BLANK:
                continue
            rule = layout.between.get(kind)
            if rule and (kind != "p" or (pager and read_pager(text.lines[start]) == pager)):
                furniture += [Span(rule, at + 1, at + 1) for at in range(start, stop)]
            else:
                issues += [_doubt_about(text, *_doubt(kind), at, at + 1) for at in range(start, stop)]
    return furniture, issues


def _without_blanks(kinds: str, first: int, end: int) -> tuple[int, int]:
    """A run of lines without the blank ones at its ends."""
    stretch = kinds[first:end]
    return first + len(stretch) - len(stretch.lstrip(BLANK)), end - (len(stretch) - len(stretch.rstrip(BLANK)))


def _doubt(kind: str) -> tuple[str, str]:
    """What is wrong with a line of a kind that no entry and no rule takes, as problem and message."""
    if kind in (CUT_DATE, CUT_BULLET):
        return "cut_fragment", "the page ends within a date"
    if kind in (DATE, BULLET_DATE):
        return "date_without_title", "nothing follows that this date belongs to"
    return (
        "text_unclaimed",
        "a bullet that no date follows" if kind == BULLET_OTHER else "the grammar has no place for this line",
    )


def _doubt_about(text: PageText, problem: str, message: str, start: int, stop: int) -> Issue:
    page, said = text.page, one_line(text.lines[start].strip())
    return Issue(
        problem, f"{page.source_path}:{start + 1}: {message}: {said}",
        source_path=page.source_path, page_id=page.page_id, line_first=start + 1, line_last=stop,
        raw_text=capped("\n".join(text.lines[start:stop])), value=said,
    )  # fmt: skip


def _refused(text: PageText, kinds: str, claims: list[str]) -> PageReading:
    if kinds.count(BLANK) == len(kinds):
        return _refuse(text, kinds, "page_empty", "no line holds anything")
    if claims:
        return _refuse(text, kinds, "layout_ambiguous", f"claimed by {' and '.join(claims)}")
    dates, entries = kinds.count(DATE), kinds.count(BULLET_DATE)
    return _refuse(
        text, kinds, "layout_unknown", f"no grammar claims it; {dates + entries} of its {len(kinds)} lines are dates"
    )


def _refuse(text: PageText, kinds: str, problem: str, reason: str) -> PageReading:
    """A page none of which is read: all its lines are one issue, so that nothing of it is lost."""
    page = text.page
    filled = [at for at, kind in enumerate(kinds, 1) if kind != BLANK]
    first = one_line(text.lines[filled[0] - 1], 60) if filled else ""
    place = f"{page.source_path}:{filled[0]}" if filled else page.source_path
    message = f"{place}: page refused: {reason}" + (f": {first}" if first else "")
    issue = Issue(
        problem, message, source_path=page.source_path, page_id=page.page_id, line_first=filled[0] if filled else None,
        line_last=filled[-1] if filled else None, raw_text=capped("\n".join(text.lines)) or None, value=first or None,
    )  # fmt: skip
    doubted = [(filled[0], filled[-1])] if filled else []
    return PageReading(page, None, Frame("unknown"), (), (), (*text.issues, issue), balance(kinds, [], [], doubted))
