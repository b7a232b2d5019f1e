"""The list of a declared layout, walked once from top to bottom: each line goes to an entry, to furniture, or has no place."""

from collections.abc import Sequence
from typing import NamedTuple

from pipelines.dates import is_date_start
from pipelines.extract.declared.declaration import DeclaredLayout, first_match, rule_of
from pipelines.extract.declared.parts import (
    Draft,
    ListLine,
    Part,
    begins_entry,
    first_part,
    is_labelled,
    next_part,
)
from pipelines.records import Span

SEPARATOR = "separator"


class Walked(NamedTuple):
    """What a list holds; the numbers of `strays`, lines without a place, are counted from 0."""

    drafts: list[Draft]
    furniture: list[Span]
    strays: list[int]


def walk(layout: DeclaredLayout, lines: Sequence[ListLine], *, ends_page: bool) -> Walked:
    """Read the list of a page, which may end where the page ends; every line is in exactly one part of what is returned."""
    walker = _Walker(layout, lines)
    for number in range(len(lines)):
        walker.take(number, is_last=ends_page and number + 1 == len(lines))
    return Walked(walker.drafts, walker.furniture, walker.strays)


class _Walker:
    """Where the walk is: the entry that is open, and whether another is due because a separator stood here."""

    def __init__(self, layout: DeclaredLayout, lines: Sequence[ListLine]) -> None:
        self._layout = layout
        self._lines = lines
        self._open: Draft | None = None
        self._is_due = layout.is_separated
        self.drafts: list[Draft] = []
        self.furniture: list[Span] = []
        self.strays: list[int] = []

    def take(self, number: int, *, is_last: bool) -> None:
        """Give the next line its place; one that is no part of an entry ends the entry."""
        layout, here = self._layout, self._lines[number]
        if layout.blank_lines and here.blank_count >= layout.blank_lines:
            self._open, self._is_due = None, True
        rule = self._furniture_rule(here)
        if rule is not None:
            self.furniture.append(Span(rule, here.at + 1, here.at + 1))
            self._open = None
        elif (is_last and self._is_cut_date(here)) or not self._take_as_part(number, here):
            self.strays.append(here.at)
            self._open = None

    def _furniture_rule(self, here: ListLine) -> str | None:
        if first_match(self._layout.separator, here.line) is not None:
            self._is_due = True
            return SEPARATOR
        found = rule_of(self._layout.between, here.line)
        return found[0] if found else None

    def _take_as_part(self, number: int, here: ListLine) -> bool:
        """Put the line into the open entry, or begin one with it; whether it has a place in either."""
        draft = self._open
        found = next_part(self._layout, draft, here.line) if draft else None
        if draft and found and (found.by == "label" or self._is_title_due(draft, found)):
            draft.add(here, found)
        elif self._begins(number) and (first := first_part(self._layout, here.line)):
            self._open = Draft(here.at, here.at, first.block)
            self._open.add(here, first)
            self.drafts.append(self._open)
            self._is_due = False
        elif draft is None:
            return False
        elif self._continues(draft, here) and (found is None or (found.by == "bare" and not here.blank_count)):
            draft.go_on(here, self._layout.blocks[draft.block].open_field)
        elif found:
            draft.add(here, found)
        else:
            return False
        return True

    def _is_title_due(self, draft: Draft, found: Part) -> bool:
        """No title is ever missing where its part is not optional: what follows is the title, whatever it looks like."""
        is_needed = not self._layout.blocks[found.block].is_optional
        return found.by == "bare" and is_needed and "title" in found.values and "title" not in draft.texts

    def _is_cut_date(self, here: ListLine) -> bool:
        """Whether the page breaks off within the date that another entry would begin with."""
        first = self._layout.blocks[0]
        is_dated = any(template.fields == ("date",) and not template.is_labelled for template in first.templates)
        return is_dated and first.told(here.line) is None and is_date_start(here.line.printed)

    def _begins(self, number: int) -> bool:
        return self._is_due if self._layout.is_separated else begins_entry(self._layout, self._lines, number)

    def _continues(self, draft: Draft, here: ListLine) -> bool:
        """Whether the last part goes on with this line."""
        runs_over = self._layout.blocks[draft.block].runs_over
        is_near = runs_over == "paragraphs" or (runs_over == "lines" and not here.blank_count)
        return is_near and not is_labelled(self._layout, here.line)
