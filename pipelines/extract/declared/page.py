"""A page read by a declared layout, or the reason why the layout does not claim it."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from pipelines.dates import is_date_start, read_date
from pipelines.extract.checks import check_page
from pipelines.extract.declared.declaration import Block, DeclaredLayout
from pipelines.extract.declared.outline import Around, Refusal, filled_lines, find_list, read_around, unlike
from pipelines.extract.declared.parts import Draft, ListLine, Piece
from pipelines.extract.declared.walking import walk
from pipelines.extract.kinds import kinds_of
from pipelines.extract.layout import Layout, grammar
from pipelines.extract.ledger import balance
from pipelines.records import Entry, Issue, PageReading, PageText, Span
from pipelines.text import capped, one_line

# The checks that every page undergoes ask a layout for its name and generation; a declared one has no grammar of letters.
_NO_GRAMMAR = grammar(r"(?!)")
_AFTER_A_SENTENCE = "\"'”’»)]"
_ENDS_OF_SENTENCES = (".", "!", "?", "…")


class Claim(NamedTuple):
    """A page as a declared layout reads it, before its lines are balanced."""

    layout: DeclaredLayout
    drafts: tuple[Draft, ...]
    around: Around
    furniture: tuple[Span, ...]
    strays: tuple[int, ...]  # lines without a place, counted from 0

    @property
    def roles(self) -> dict[int, list[str]]:
        """The fields that each line of an entry (0-based) gave it."""
        found: dict[int, list[str]] = {}
        for draft in self.drafts:
            for name, pieces in draft.texts.items():
                for piece in pieces:
                    found.setdefault(piece.at, []).append(name)
        return found


def claims_of(text: PageText, layouts: Sequence[DeclaredLayout]) -> list[Claim]:
    """What each layout that claims the page makes of it."""
    lines = filled_lines(text) if layouts else []
    return [found for layout in layouts if isinstance(found := claim(lines, layout), Claim)]


def claim(lines: Sequence[ListLine], layout: DeclaredLayout) -> Claim | Refusal:
    """Try a declared layout on the lines of a page: what it makes of each, or why the page is not one of its own.

    A page is its own if it has what the layout says a page must have, and if there is a place for more than half of its lines.
    """
    found = claim_any_way(lines, layout)
    if isinstance(found, Refusal) or 2 * len(found.strays) < len(lines):
        return found
    first = found.strays[0]
    shown = next(one_line(here.line.printed, 60) for here in lines if here.at == first)
    reason = f"{len(found.strays)} of its {len(lines)} lines with text have no place, the first is: {shown}"
    return Refusal(layout.name, reason, first + 1)


def claim_any_way(lines: Sequence[ListLine], layout: DeclaredLayout) -> Claim | Refusal:
    """As `claim`, however many lines have no place."""
    span = unlike(layout, lines) or find_list(layout, lines)
    if isinstance(span, Refusal):
        return span
    start, end = span
    around = read_around(layout, lines, start, end)
    walked = walk(layout, lines[start:end], ends_page=end == len(lines))
    furniture = sorted([*around.furniture, *walked.furniture], key=lambda span: span.line_first)
    strays = sorted([*around.strays, *walked.strays])
    return Claim(layout, tuple(walked.drafts), around, tuple(furniture), tuple(strays))


def read_claimed(text: PageText, found: Claim) -> PageReading:
    """The reading of a page that a declared layout claims.

    Raises:
        LedgerError: a line is not accounted for exactly once; a fault of this module.
    """
    page, layout, around = text.page, found.layout, found.around
    kinds = kinds_of(text.lines)
    last_filled = len(kinds.rstrip("b"))
    entries = [_entry(draft, position) for position, draft in enumerate(found.drafts, 1)]
    if entries and entries[-1].line_last == last_filled and _is_cut(layout, found.drafts[-1], entries[-1]):
        entries[-1] = entries[-1]._replace(is_possibly_cut=True)
    strays = [_stray(text, at, is_last=at + 1 == last_filled) for at in found.strays]
    frame = around.frame(layout)
    ledger = balance(
        kinds,
        [(entry.line_first, entry.line_last) for entry in entries],
        [(span.line_first, span.line_last) for span in found.furniture],
        [(at + 1, at + 1) for at in found.strays],
    )
    checked = Layout(layout.name, "new", _NO_GRAMMAR, _NO_GRAMMAR, may_be_empty=layout.may_be_empty)
    expected = layout.expected_doubts
    doubts = [
        doubt for doubt in check_page(page, checked, frame, entries, around.pager_line) if doubt.problem not in expected
    ]
    lacking = [_lacking(text, layout, draft) for draft in found.drafts]
    issues = [*text.issues, *strays, *(issue for issue in lacking if issue), *doubts]
    is_short = frame.pager is not None and len(entries) < frame.pager.expected
    is_cut = bool(text.issues) or is_short or any(issue.problem == "cut_fragment" for issue in strays)
    return PageReading(page, layout.name, frame, tuple(entries), found.furniture, tuple(issues), ledger, is_cut)


def _entry(draft: Draft, position: int) -> Entry:
    texts = {name: _joined(pieces) for name, pieces in draft.texts.items()}
    date_text = texts.get("date")
    reading = read_date(date_text) if date_text else None
    return Entry(
        position, None, draft.first + 1, draft.last + 1, date_text, texts.get("title"), texts.get("summary"),
        reading.span if reading else None, number=texts.get("number"),
    )  # fmt: skip


def _joined(pieces: Sequence[Piece]) -> str:
    """The lines of a field as one text; an empty line stands where a part goes on after one."""
    text = pieces[0].text
    for before, here in pairwise(pieces):
        is_paragraph = here.block == before.block and here.at > before.at + 1
        text += ("\n\n" if is_paragraph else "\n") + here.text
    return text


def _is_cut(layout: DeclaredLayout, draft: Draft, entry: Entry) -> bool:
    """Whether more of the page's last entry may have followed where the page ends."""
    last = layout.blocks[draft.block]
    if "summary" in last.fields:
        return not (entry.summary or "").rstrip(_AFTER_A_SENTENCE).endswith(_ENDS_OF_SENTENCES)
    if layout.is_in_any_order:
        return bool(_missing(layout, draft))
    rest = layout.blocks[draft.block + 1 :]
    return any("summary" in block.fields or not block.is_optional for block in rest)


def _missing(layout: DeclaredLayout, draft: Draft) -> list[Block]:
    return [block for number, block in enumerate(layout.blocks) if not block.is_optional and number not in draft.filled]


def _lacking(text: PageText, layout: DeclaredLayout, draft: Draft) -> Issue | None:
    """The doubt about an entry that lacks a part which is not optional."""
    missing = _missing(layout, draft)
    if not missing:
        return None
    written = "; ".join(block.templates[0].written for block in missing)
    message = f"the entry lacks what layout {layout.name} says it has"
    return _issue(text, draft.first, "entry_incomplete", message, written)


def _stray(text: PageText, at: int, *, is_last: bool) -> Issue:
    """A line without a place, or the beginning of a date where the page ends."""
    line = text.lines[at].strip()
    is_cut = is_last and is_date_start(line)
    problem = "cut_fragment" if is_cut else "text_unclaimed"
    message = "the page ends within a date" if is_cut else "the layout has no place for this line"
    return replace(_issue(text, at, problem, message, line), raw_text=capped(text.lines[at]), table=None)


def _issue(text: PageText, at: int, problem: str, message: str, value: str) -> Issue:
    page, shown = text.page, one_line(value)
    return Issue(
        problem, f"{page.source_path}:{at + 1}: {message}: {shown}", source_path=page.source_path,
        page_id=page.page_id, line_first=at + 1, line_last=at + 1, table="entries", value=shown,
    )  # fmt: skip
