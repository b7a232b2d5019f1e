"""One page, tried on every layout: how it is read, and why the others do not read it."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipelines.extract import read_page
from pipelines.extract.catalogue import LAYOUTS
from pipelines.extract.declared import Claim, DeclaredLayout, Refusal, claim, claim_any_way, filled_lines
from pipelines.extract.html import content_lines
from pipelines.extract.kinds import kinds_of
from pipelines.layout.fates import LineFate, draft_fates, fates_of
from pipelines.layout.following import QUOTED, Stop, follow
from pipelines.records import PageReading, PageText
from pipelines.text import one_line

# A grammar that would take more kinds of lines than this where it stopped is waiting for something further down.
MOST_EXPECTED = 8


class Verdict(NamedTuple):
    """What a layout makes of a page: whether it claims it, else why not, and at which line (from 1) if it is one line's doing."""

    layout: str
    is_declared: bool
    claims: bool
    reason: str
    line: int | None = None


class Trial(NamedTuple):
    """A page as it is read. `drafted` names the declared layout that would read the lines as they are shown, though it is refused."""

    reading: PageReading
    lines: tuple[LineFate, ...]
    verdicts: tuple[Verdict, ...]
    drafted: str | None = None


def try_page(text: PageText, declared: Sequence[DeclaredLayout]) -> Trial:
    """Read a page and ask each layout about it."""
    reading = read_page(text, declared)
    inner, place = _content(text)
    verdicts = (*_built_in(inner, place, reading), *_declared(inner, place, reading, declared))
    drafted = None if reading.layout else _drafted(inner, declared)
    if drafted:
        shown = {place[fate.line - 1]: fate for fate in draft_fates(inner.lines, drafted)}
        lines = [
            shown[line]._replace(line=line) if line in shown else LineFate(line, "blank", printed)
            for line, printed in enumerate(text.lines, 1)
        ]
        return Trial(reading, tuple(lines), verdicts, drafted.layout.name)
    return Trial(reading, tuple(fates_of(text.lines, reading, _roles(inner, place, reading, declared))), verdicts)


def _content(text: PageText) -> tuple[PageText, list[int]]:
    """The lines that grammars see, and where each stands on the page (from 1): of HTML not those beside the content."""
    if text.marks is None:
        return text, list(range(1, len(text.lines) + 1))
    content = content_lines(text.lines, text.marks)
    return text._replace(lines=tuple(text.lines[at] for at in content), marks=None), [at + 1 for at in content]


def _built_in(text: PageText, place: Sequence[int], reading: PageReading) -> Iterator[Verdict]:
    """What the grammars of the two site generations say."""
    kinds = kinds_of(text.lines)
    for layout in LAYOUTS:
        if layout.page.fullmatch(kinds):
            yield Verdict(layout.name, is_declared=False, claims=True, reason=_claims(layout.name, reading))
        elif stop := follow(layout, kinds):
            line = place[stop.line] if stop.line is not None and stop.line < len(place) else None
            yield Verdict(layout.name, is_declared=False, claims=False, reason=_said(stop, text), line=line)
        else:
            yield Verdict(layout.name, is_declared=False, claims=False, reason="refuses it; where, could not be told")


def _claims(layout: str, reading: PageReading) -> str:
    return "reads the page" if reading.layout == layout else "claims the page"


def _said(stop: Stop, text: PageText) -> str:
    """Where a grammar stopped, in words."""
    if stop.line is None:
        return "the lines are in order, but something that such a page has is missing, or something stands where it should not"
    due = f"{_either(stop.expected)} would be accepted there"
    if len(stop.expected) > MOST_EXPECTED:
        due = "most other lines would be accepted there"
    if stop.found is None:
        return f"follows the page to its end and wants more: {due}"
    shown = "" if stop.found.startswith(QUOTED) else f" ({one_line(text.lines[stop.line], 40)})"
    return f"stops at about this line, {stop.found}{shown}; {due}"


def _either(words: Sequence[str]) -> str:
    """`a, b or c`."""
    return " or ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def _declared(
    text: PageText, place: Sequence[int], reading: PageReading, declared: Sequence[DeclaredLayout]
) -> Iterator[Verdict]:
    """What the declared layouts say."""
    lines = filled_lines(text)
    for layout in declared:
        found = claim(lines, layout)
        if isinstance(found, Refusal):
            line = place[found.line - 1] if found.line else None
            yield Verdict(layout.name, is_declared=True, claims=False, reason=found.reason, line=line)
        else:
            yield Verdict(layout.name, is_declared=True, claims=True, reason=_claims(layout.name, reading))


def _drafted(text: PageText, declared: Sequence[DeclaredLayout]) -> Claim | None:
    """Of a refused page, the reading of the first declared layout that recognises it, so that its writer sees what is wrong."""
    lines = filled_lines(text)
    found = (claim_any_way(lines, layout) for layout in declared)
    return next((each for each in found if isinstance(each, Claim)), None)


def _roles(
    text: PageText, place: Sequence[int], reading: PageReading, declared: Sequence[DeclaredLayout]
) -> dict[int, list[str]] | None:
    """The fields of lines (from 0) as the declared layout that read the page knows them."""
    layout = next((layout for layout in declared if layout.name == reading.layout), None)
    found = claim(filled_lines(text), layout) if layout else None
    return {place[at] - 1: fields for at, fields in found.roles.items()} if isinstance(found, Claim) else None
