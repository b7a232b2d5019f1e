"""What can be checked of one page for free: its pager, the order of its dates, and what is odd about its entries."""

from collections.abc import Iterator, Sequence

from pipelines.dates import read_date
from pipelines.extract.layout import Layout
from pipelines.records import Entry, Frame, Issue, Page
from pipelines.text import one_line

# Halves of a shorter title may be equal by chance ("Sing Sing").
_SHORTEST_REPEATED_TITLE = 20
_SAID = {
    "date_impossible": "a day that does not exist",
    "date_unclear": "a date that cannot be read in one way only",
    "date_undated": "the page says that there is no date",
    "date_approximate": "the page says about, or marks the date as uncertain",
}


def check_page(page: Page, layout: Layout, frame: Frame, entries: Sequence[Entry], pager_line: int) -> Iterator[Issue]:
    """Every doubt about a page that was read, each with its line."""
    is_said_empty = frame.pager is not None and frame.pager.expected == 0
    if not entries and not layout.may_be_empty and not is_said_empty:
        yield _doubt(page, "entries_missing", 1, f"layout {layout.name} without a single entry")
    if frame.pager:
        expected = frame.pager.expected
        if expected != len(entries):
            printed = "{} - {} of {}".format(*frame.pager)
            yield _doubt(
                page,
                "pager_mismatch",
                pager_line,
                f"the pager says {expected} entries, the page holds {len(entries)}",
                printed,
            )
    if layout.generation == "old":
        yield from _check_order(page, entries)
    for entry in entries:
        if _is_odd(entry):
            yield from _check_entry(page, entry, layout)


def _is_odd(entry: Entry) -> bool:
    """Whether there is anything to say about an entry; asked of each, so kept quick."""
    return (
        entry.is_possibly_cut
        or entry.date is None
        or entry.date.edtf[-1] in "~?%"
        or _is_repeated(entry.title or "")
        or "\n" in (entry.title or "")
    )


def _is_repeated(title: str) -> bool:
    half = len(title) // 2
    return half >= _SHORTEST_REPEATED_TITLE and title[:half] == title[half:]


def _check_order(page: Page, entries: Sequence[Entry]) -> Iterator[Issue]:
    """Old pages ascend by date, coarse dates first: so do the EDTF strings, a prefix before what it begins."""
    dated = [entry for entry in entries if entry.date]
    edtf = [entry.date.edtf for entry in dated if entry.date]
    for at, here in enumerate(edtf[1:], 1):
        if here < edtf[at - 1]:
            yield _doubt(
                page,
                "dates_not_ascending",
                dated[at].line_first,
                "earlier than the entry before it",
                dated[at].date_text,
            )


def _check_entry(page: Page, entry: Entry, layout: Layout) -> Iterator[Issue]:
    if entry.date_text is None:
        yield _doubt(page, "date_missing", entry.line_first, "no date is printed for this entry", entry.title)
    elif (reading := read_date(entry.date_text)) is None:
        yield _doubt(page, "date_unclear", entry.line_first, _SAID["date_unclear"], entry.date_text)
    elif reading.problem:
        yield _doubt(page, reading.problem, entry.line_first, _SAID[reading.problem], entry.date_text)
    if entry.is_possibly_cut:
        yield _doubt(
            page, "entry_possibly_cut", entry.line_first, "the page ends here, more may have followed", entry.title
        )
    title = entry.title
    if title is None:
        return
    if _is_repeated(title):
        yield _doubt(page, "title_repeated", entry.line_first, "the title stands twice on its line", title)
    if "\n" in title:
        yield _doubt(
            page, "title_of_several_lines", entry.line_first, f"in layout {layout.name} a title is one line", title
        )


def _doubt(page: Page, problem: str, line: int, message: str, value: str | None = None) -> Issue:
    shown = one_line(value) if value else None
    return Issue(
        problem, f"{page.source_path}:{line}: {message}" + (f": {shown}" if shown else ""),
        source_path=page.source_path, page_id=page.page_id, line_first=line, line_last=line,
        table="entries" if problem.startswith(("date_", "title_", "entry_")) else "pages", value=shown,
    )  # fmt: skip
