"""H1: a page of HTML whose list is told by its links to documents, whatever stands around it.

Heading, description, pager and section are read from before the list; what is beside it is furniture.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Literal

from pipelines.addresses import document_link, read_address
from pipelines.dates import read_date
from pipelines.extract.checks import check_page
from pipelines.extract.cut import is_cut_file, with_cut_mark
from pipelines.extract.kinds import BLANK, PAGER_LINE, kinds_of
from pipelines.extract.layout import Layout, entry_grammar, grammar
from pipelines.extract.ledger import balance
from pipelines.extract.linked_entries import find_entries, without_linked_dates, without_recurring
from pipelines.extract.linked_lines import Lines, Listed
from pipelines.extract.new_listing import N1
from pipelines.extract.new_topic import N6
from pipelines.extract.pager import read_pager
from pipelines.extract.region import has_years, read_region
from pipelines.records import Entry, Frame, Issue, Marks, PageKind, Pager, PageReading, PageText, Span
from pipelines.text import capped, one_line

# Named like a grammar; it matches no text, for a page is read by it only where HTML tells its links.
H1 = Layout(name="H1", generation="new", page=grammar("(?!)"), entry=entry_grammar("(?!)"))
_SECTION, _NO_IMAGE, _PORTRAIT, _TIMELINE = "P", "N", "H", "T"
_LISTS = frozenset("PpRQO")
# Signs of a search that no page about something has; the search form stands on every page of the old site.
_SEARCH_SIGNS, _SEARCH_FORM = frozenset("pRQO"), frozenset("SA")
# A page that neither dates what it links to nor says that it is a list must link to so many documents to be one.
_FEWEST_UNDATED = 3
# Fewer words among a page's head are no description but a button, a date of news, a choice of languages.
_FEWEST_WORDS = 5
# Rules of lines that the site prints, by letter.
_RULES = {
    "K": "skip_link", "p": "pager", "P": "section", "O": "documents_heading", "Q": "results_label", "R": "results_heading",
    "A": "filter_buttons", "S": "search_in", "N": "no_image", "T": "timeline_heading", "H": "portrait_placeholder",
}  # fmt: skip


def read_linked(text: PageText, marks: Marks, content: Sequence[int], documents: Sequence[int]) -> PageReading | None:
    """Read a page by its links to documents, of which there is one at least; None where nothing says that they are a list.

    Raises:
        LedgerError: two entries claim one line.
    """
    page, titles = without_linked_dates(_page(text, marks, content), documents)
    page = without_recurring(page, titles)
    listed = find_entries(page, titles)
    kinds = {page.kinds[line] for line in page.filled}
    is_dated = any(found.date is not None for found in listed)
    if not (is_dated or len(listed) >= _FEWEST_UNDATED or kinds & _LISTS or _known_kind(text.page.url)):
        return None
    sections = _sections(page)
    entries = [_entry(page, found, number, _section_of(sections, found)) for number, found in enumerate(listed, 1)]
    if not marks.is_closed:
        entries[-1] = with_cut_mark(entries[-1], page.kinds)
    return _reading(text, page, replace(H1, generation=_generation(page, titles)), entries, listed[0].first)


def read_without_list(text: PageText, marks: Marks, content: Sequence[int]) -> PageReading | None:
    """Read a page that rightly lists nothing: a topic page with a timeline, a search without results; None for any other."""
    page = _page(text, marks, content)
    pagers = [line for line in page.filled if page.kinds[line] == "p"]
    if pagers and (pager := _pager(page, pagers[0])) is not None and pager.expected == 0:
        return _reading(text, page, N1, [], pagers[0])
    timeline = next((line for line in page.filled if page.kinds[line] == _TIMELINE), None)
    if timeline is None or any(page.kinds[line] in _LISTS for line in page.filled):
        return None
    reading = _reading(text, page, N6, [], timeline)
    return reading if reading.frame.heading else None


def _known_kind(url: str | None) -> PageKind | None:
    """What the address says that the page is about."""
    return read_address(url).kind if url else None


def _page(text: PageText, marks: Marks, content: Sequence[int]) -> Lines:
    kinds = kinds_of(text.lines)
    return Lines(text.lines, kinds, [line for line in content if kinds[line] != BLANK], marks)


def _reading(text: PageText, page: Lines, layout: Layout, entries: Sequence[Entry], list_begins: int) -> PageReading:
    """A reading from its entries: what stands before the list, and the furniture around it."""
    frame, head, pager_line = _frame(page, list_begins, text.page.url, layout.kind)
    doubted = list(_unclaimed(page, text, entries))
    furniture = [
        *head,
        *_furniture(page, entries, {span.line_first for span in head} | {issue.line_first for issue in doubted}),
    ]
    ledger = balance(
        page.kinds,
        [(entry.line_first, entry.line_last) for entry in entries],
        [(span.line_first, span.line_last) for span in furniture],
        [(issue.line_first or 0, issue.line_last or 0) for issue in doubted],
    )
    issues = (*text.issues, *doubted, *check_page(text.page, layout, frame, entries, pager_line))
    is_cut = is_cut_file(text) or (frame.pager is not None and len(entries) < frame.pager.expected)
    return PageReading(text.page, layout.name, frame, tuple(entries), tuple(furniture), issues, ledger, is_cut)


def _generation(page: Lines, documents: Sequence[int]) -> Literal["old", "new"]:
    """The old site numbers its documents, the new one names them."""
    links = [document_link(page.marks.links[line]) or "" for line in documents]
    return "old" if 2 * sum(link.startswith("number ") for link in links) > len(links) else "new"


def _entry(page: Lines, found: Listed, position: int, section: str | None) -> Entry:
    date_text = None if found.date is None else page.date_text(found.date) or page.text(found.date)
    reading = read_date(date_text) if date_text else None
    return Entry(
        position,
        section,
        found.first + 1,
        found.last + 1,
        date_text,
        "\n".join(map(page.text, found.title)) or None,
        _paragraphs(page, found.summary or []) or None,
        reading.span if reading else None,
        url=found.url,
    )


def _paragraphs(page: Lines, lines: Sequence[int]) -> str:
    """Lines as one text; a blank line where the page has one."""
    said = ""
    for at, line in enumerate(lines):
        gap = "" if not at else "\n" if line == lines[at - 1] + 1 else "\n\n"
        said += gap + page.text(line)
    return said


def _frame(
    page: Lines, first_entry: int, url: str | None, layout_kind: PageKind | None
) -> tuple[Frame, list[Span], int]:
    """What stands before the list, the furniture it is made of, and the line of the pager (1-based)."""
    pagers = [(line, pager) for line in page.filled if page.kinds[line] == "p" and (pager := _pager(page, line))]
    pager = pagers[0][1] if pagers else None
    before = [line for line in page.filled if line < first_entry]
    letters = {page.kinds[line] for line in before} | ({"p"} if pager else set())
    pager_line = pagers[0][0] + 1 if pagers else 1
    known = layout_kind or _known_kind(url)
    is_about = bool(letters & {_SECTION, _NO_IMAGE}) or known not in (None, "search")
    region = _region(page, before)
    if known == "search" or (letters & _SEARCH_SIGNS and not is_about) or (letters & _SEARCH_FORM and not region):
        return Frame("search", pager=pager), [], pager_line
    if not region:
        return Frame(known or "unknown", pager=pager), [], pager_line
    lines = [part for line in region for part in (page.text(line), "")]
    letters_of = "".join("Hb" if page.kinds[line] == _PORTRAIT else "tb" for line in region)
    kind = layout_kind or ("collection" if _NO_IMAGE in letters else None)
    frame, spans = read_region(lines, letters_of, 0, len(lines), kind=kind)
    if frame.kind == "unknown" and known is not None:
        frame = replace(frame, kind=known)
    place = {2 * at + 1: line + 1 for at, line in enumerate(region)}
    furniture = [
        Span(span.rule, place[span.line_first], place[span.line_last]) for span in spans if span.line_first in place
    ]
    caption = frame.image_caption or _caption(page, region)
    return replace(frame, pager=pager, image_caption=caption), furniture, pager_line


def _pager(page: Lines, line: int) -> Pager | None:
    return read_pager(page.lines[line]) if PAGER_LINE.fullmatch(page.text(line)) else None


def _region(page: Lines, before: Sequence[int]) -> list[int]:
    """The lines of heading and description: from the first heading on, unlinked text before the list."""
    marks = page.marks
    heading = _heading(page, before)
    if heading is None and not any(page.kinds[line] in (_SECTION, _NO_IMAGE) for line in before):
        return []
    plain = [
        line
        for line in before
        if (heading is None or line > heading)
        and (page.kinds[line] not in _RULES or page.kinds[line] == _PORTRAIT)
        and not (line in marks.links or line in marks.aside or line in marks.headings)
    ]
    said = [line for line in plain if _is_said(page.text(line)) or page.kinds[line] == _PORTRAIT]
    if heading is None and plain:  # what is printed right above the description, or above the list
        heading = next((line for line in reversed(plain) if line not in said and (not said or line < said[0])), None)
    return sorted({*said, *([] if heading is None else [heading])})


def _is_said(text: str) -> bool:
    """Whether a paragraph is of a description: several words, or a sentence, or a caption in brackets."""
    words = sum(any(map(str.isalnum, word)) for word in text.split())
    return words >= _FEWEST_WORDS or (words > 1 and text.endswith((".", "!", "?", ")", "]")))


def _heading(page: Lines, before: Sequence[int]) -> int | None:
    """The heading that says what the page is about: one with years, as collections and persons have; else the first.

    A site's name may stand above it as a heading of its own.
    """
    headings = [line for line in before if line in page.marks.headings and page.kinds[line] not in _RULES]
    if not headings:
        return None
    with_years = [line for line in headings if has_years(page.text(line))]
    if with_years:
        return with_years[0]
    first = min(headings, key=lambda line: (page.marks.headings[line], line))
    below = page.neighbour(first, 1)
    return below if below in headings else first


def _caption(page: Lines, region: Sequence[int]) -> str | None:
    """The text of the first image of the region that has one."""
    first, last = region[0] - 2, region[-1] + 2
    shown = [
        line
        for line, rule in sorted(page.marks.aside.items())
        if rule in ("image_caption", "image") and first <= line <= last
    ]
    shown.sort(key=lambda line: page.marks.aside[line] != "image_caption")
    return next((page.lines[line].strip() for line in shown if page.kinds[line] != _PORTRAIT), None)


def _sections(page: Lines) -> list[tuple[int, str]]:
    """Headings of lists: `Popular Documents`, and those of the same rank or a higher one behind it."""
    first = next((line for line in page.filled if page.kinds[line] == _SECTION), None)
    if first is None:
        return []
    rank = page.marks.headings.get(first, 0)
    behind = [line for line, level in page.marks.headings.items() if line > first and level <= rank]
    return [(line, page.text(line)) for line in sorted({first, *behind} - page.marks.links.keys())]


def _section_of(sections: Sequence[tuple[int, str]], found: Listed) -> str | None:
    """The heading of the list that an entry stands in."""
    at = bisect_left(sections, (found.first, ""))
    return sections[at - 1][1] if at else None


def _unclaimed(page: Lines, text: PageText, entries: Sequence[Entry]) -> Iterator[Issue]:
    """Lines of text within the list that are neither date, title nor summary of an entry: nobody knows what they are."""
    listed = {line for entry in entries for line in range(entry.line_first - 1, entry.line_last)}
    within = {line for title, lines in page.marks.records.items() if title in listed for line in range(*lines)}
    if entries:
        within |= set(range(entries[0].line_first, entries[-1].line_last))
    for line in page.filled:
        is_free = line in within and line not in listed and line > entries[0].line_first
        if (
            is_free
            and page.kinds[line] not in _RULES
            and line not in page.marks.links
            and line not in page.marks.headings
        ):
            said = one_line(page.text(line))
            message = f"{text.page.source_path}:{line + 1}: within the list, and no part of an entry: {said}"
            yield Issue(
                "text_unclaimed", message, source_path=text.page.source_path, page_id=text.page.page_id, line_first=line + 1,
                line_last=line + 1, raw_text=capped(page.lines[line]), value=said,
            )  # fmt: skip


def _furniture(page: Lines, entries: Sequence[Entry], known: Collection[int | None]) -> list[Span]:
    """Every other line that holds something: of a landmark, of the site, a link, or beside the list."""
    listed = {line for entry in entries for line in range(entry.line_first, entry.line_last + 1)}
    spans = []
    for line in range(1, len(page.lines) + 1):
        kind = page.kinds[line - 1]
        if kind == BLANK or line in listed or line in known:
            continue
        rule = page.marks.aside.get(line - 1) or _RULES.get(kind)
        spans.append(Span(rule or ("link" if line - 1 in page.marks.links else "outside_list"), line, line))
    return spans
