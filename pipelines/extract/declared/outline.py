"""Where a declared layout finds the list on a page, and what stands before and after it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pipelines.extract.declared.declaration import DeclaredLayout, Templates, bare_rule, first_match, rule_of
from pipelines.extract.declared.parts import ListLine, begins_entry
from pipelines.extract.declared.template import PAGER_FIELDS, Line, Values, line_of
from pipelines.records import Frame, Pager, PageText, Span

PAGE_MARK, LIST_START, LIST_END = "page_mark", "list_start", "list_end"
BEFORE_LIST, AFTER_LIST = "before_list", "after_list"


# A furniture rule, and what the line holds in its fields.
_Ruled = tuple[str, Values]


class Refusal(NamedTuple):
    """Why a declared layout does not claim a page, and at which line (1-based) where one stands in the way."""

    layout: str
    reason: str
    line: int | None = None


@dataclass(slots=True)
class Around:
    """What stands around a list: furniture, lines (0-based) without a place, and what the page says of itself."""

    furniture: list[Span] = field(default_factory=list)
    strays: list[int] = field(default_factory=list)
    heading: str | None = None
    description: list[tuple[int, str]] = field(default_factory=list)
    pager: Pager | None = None
    pager_line: int = 1

    def keep(self, here: ListLine, ruled: _Ruled | None) -> None:
        """Set down a line's rule and what it says of the page, or that it has no place."""
        if ruled is None:
            self.strays.append(here.at)
            return
        rule, values = ruled
        self.furniture.append(Span(rule, here.at + 1, here.at + 1))
        self.heading = self.heading or values.get("heading")
        if "description" in values:
            self.description.append((here.at, values["description"]))
        if self.pager is None and (pager := pager_of(values)):
            self.pager, self.pager_line = pager, here.at + 1

    def frame(self, layout: DeclaredLayout) -> Frame:
        """The page as its lines describe it; an empty line stands in a description where the page has one."""
        told = ""
        for (before, _), (at, text) in zip([(0, ""), *self.description], self.description, strict=False):
            told += ("" if not told else "\n" if at == before + 1 else "\n\n") + text
        return Frame(layout.kind, self.heading, told or None, None, self.pager)


def filled_lines(text: PageText) -> list[ListLine]:
    """The lines of a page that hold text."""
    found: list[ListLine] = []
    reached = -1
    for at, printed in enumerate(text.lines):
        line = line_of(printed)
        if line.printed:
            found.append(ListLine(at, at - reached - 1, line))
            reached = at
    return found


def unlike(layout: DeclaredLayout, lines: Sequence[ListLine]) -> Refusal | None:
    """Why the page is not one of this layout, judged by the lines that it must and must not have."""
    if layout.begins and (not lines or first_match(layout.begins, lines[0].line) is None):
        return Refusal(
            layout.name, f"the page does not begin with {_quoted(layout.begins)}", lines[0].at + 1 if lines else None
        )
    for group in layout.has:
        if not any(first_match(group, line.line) is not None for line in lines):
            return Refusal(layout.name, f"no line is {_quoted(group)}, which the page must have")
    for line in lines:
        if first_match(layout.has_not, line.line) is not None:
            return Refusal(layout.name, f"the page has {_quoted(layout.has_not)}, which it must not have", line.at + 1)
    return None


def _quoted(templates: Templates) -> str:
    return " or ".join(f"“{template.written}”" for template in templates)


def find_list(layout: DeclaredLayout, lines: Sequence[ListLine]) -> tuple[int, int] | Refusal:
    """Where the list begins and ends among the lines that hold text."""
    start = 0
    if layout.after:
        found = _first(layout.after, lines, 0)
        if found is None:
            return Refusal(layout.name, f"no line is {_quoted(layout.after)}, after which the list begins")
        start = found + 1
    else:
        start = next(_beginnings(layout, lines), len(lines))
    ends = (*layout.before, *(template for rule in layout.foot for template in rule.templates))
    end = _first(ends, lines, start) if ends else None
    return start, len(lines) if end is None else end


def _first(templates: Templates, lines: Sequence[ListLine], start: int) -> int | None:
    return next(
        (number for number in range(start, len(lines)) if first_match(templates, lines[number].line) is not None),
        None,
    )


def _beginnings(layout: DeclaredLayout, lines: Sequence[ListLine]) -> Iterator[int]:
    """Lines that may be the first of the list: a separator, or the first line of an entry by its look."""
    for number, here in enumerate(lines):
        is_furniture = rule_of((*layout.head, *layout.between), here.line) is not None
        if not is_furniture and (
            first_match(layout.separator, here.line) is not None or begins_entry(layout, lines, number)
        ):
            yield number


def read_around(layout: DeclaredLayout, lines: Sequence[ListLine], start: int, end: int) -> Around:
    """Read what stands before and after the list."""
    around = Around()
    for number, here in enumerate(lines[:start]):
        is_last = bool(layout.after) and number == start - 1
        around.keep(here, _head_rule(layout, around, here, is_last=is_last))
    for number, here in enumerate(lines[end:]):
        around.keep(here, _foot_rule(layout, here, is_first=bool(layout.before) and number == 0))
    return around


def _head_rule(layout: DeclaredLayout, around: Around, here: ListLine, *, is_last: bool) -> _Ruled | None:
    """The rule of a line before the list; `is_last`: the list begins after it."""
    if found := rule_of((*layout.head, *layout.between), here.line):
        return found
    if is_last:
        return LIST_START, first_match(layout.after, here.line) or {}
    if _is_page_mark(layout, here.line):
        return PAGE_MARK, {}
    if around.heading is None and (heading := bare_rule(layout.head, "heading")):
        return heading, {"heading": here.line.printed}
    if description := bare_rule(layout.head, "description"):
        return description, {"description": here.line.printed}
    return (BEFORE_LIST, {}) if layout.after else None


def _foot_rule(layout: DeclaredLayout, here: ListLine, *, is_first: bool) -> _Ruled | None:
    """The rule of a line after the list; `is_first`: the list ended before it because of what it is."""
    if found := rule_of((*layout.foot, *layout.between), here.line):
        return found
    if is_first:
        return LIST_END, {}
    if _is_page_mark(layout, here.line):
        return PAGE_MARK, {}
    return (AFTER_LIST, {}) if layout.before else None


def _is_page_mark(layout: DeclaredLayout, line: Line) -> bool:
    return first_match(tuple(layout.page_marks), line) is not None


def pager_of(values: Values) -> Pager | None:
    """The pager in a line's fields; None where there is none, or it counts backwards."""
    if not set(PAGER_FIELDS) <= values.keys():
        return None
    pager = Pager(*(int(values[name].replace(",", "")) for name in PAGER_FIELDS))
    return pager if pager.first <= pager.last <= pager.total < 2**31 else None
