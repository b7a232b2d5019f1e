"""Which part of an entry a line is, by its label, by its look, or because any line would do there."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from pipelines.extract.declared.declaration import SINGLE_FIELDS, Block, DeclaredLayout, first_match
from pipelines.extract.declared.template import Line, Values


class ListLine(NamedTuple):
    """A line of the list that holds text: its number (0-based), how many blank lines stand before it, and its text."""

    at: int
    blank_count: int
    line: Line


class Part(NamedTuple):
    """The block that takes a line, what the line holds in its fields, and by what it was told."""

    block: int
    values: Values
    by: Literal["label", "look", "bare"]


class Piece(NamedTuple):
    """A field's text on one line (0-based), and the block that it is from."""

    at: int
    block: int
    text: str


@dataclass(slots=True)
class Draft:
    """An entry while it is read: its lines so far (0-based), the block of the last one, and what its fields hold."""

    first: int
    last: int
    block: int
    texts: dict[str, list[Piece]] = field(default_factory=dict)
    filled: set[int] = field(default_factory=set)

    def add(self, here: ListLine, part: Part) -> None:
        """Take a line as a part of the entry."""
        for name, value in part.values.items():
            self.texts.setdefault(name, []).append(Piece(here.at, part.block, value))
        self.filled.add(part.block)
        self.block, self.last = part.block, here.at

    def go_on(self, here: ListLine, name: str) -> None:
        """Take a line as more of the last part, whose last field has this name."""
        if name in self.texts:
            self.texts[name].append(Piece(here.at, self.block, here.line.printed))
        self.last = here.at


def first_part(layout: DeclaredLayout, line: Line) -> Part | None:
    """The part that an entry begins with: the first, or one that only optional parts stand before."""
    for number, block in enumerate(layout.blocks):
        part = _part(number, block, line) or _bare_part(layout, number, block, line)
        if part or not block.is_optional:
            return part
    return None


def next_part(layout: DeclaredLayout, draft: Draft, line: Line) -> Part | None:
    """The part of an open entry that takes a line: by its label, else by its look, else the first that takes any line."""
    free = _free(layout, draft)
    for number in free:
        part = _part(number, layout.blocks[number], line, by_label=True)
        if part and _has_room(draft, part):
            return part
    if is_labelled(layout, line):
        return None
    for number in free:
        part = _part(number, layout.blocks[number], line)
        if part and _has_room(draft, part):
            return part
    for number in free:
        part = _bare_part(layout, number, layout.blocks[number], line)
        if part and _has_room(draft, part):
            return part
    return None


def begins_entry(layout: DeclaredLayout, lines: Sequence[ListLine], number: int) -> bool:
    """Whether an entry begins at a line: by the line's own look, or by that of the part that must follow."""
    here, first = lines[number], layout.blocks[0]
    if first.told(here.line) is not None:
        return True
    if first.bare is None or is_labelled(layout, here.line):
        return False
    for ahead, block in zip(lines[number + 1 : number + len(layout.blocks)], layout.blocks[1:], strict=False):
        if layout.is_in_any_order:
            return any(other.told(ahead.line) is not None for other in layout.blocks[1:])
        if block.bare is None or is_labelled(layout, ahead.line):
            return block.told(ahead.line) is not None
    return False


def is_labelled(layout: DeclaredLayout, line: Line) -> bool:
    """Whether the line has a label that some part of an entry has."""
    return any(block.told(line, by_label=True) is not None for block in layout.blocks)


def _part(number: int, block: Block, line: Line, *, by_label: bool = False) -> Part | None:
    values = block.told(line, by_label=by_label)
    return None if values is None else Part(number, values, "label" if by_label else "look")


def _bare_part(layout: DeclaredLayout, number: int, block: Block, line: Line) -> Part | None:
    if block.bare is None or is_labelled(layout, line):
        return None
    return Part(number, first_match((block.bare,), line) or {}, "bare")


def _free(layout: DeclaredLayout, draft: Draft) -> list[int]:
    """The parts that may come next."""
    blocks = layout.blocks
    if layout.is_in_any_order:
        return [number for number in range(1, len(blocks)) if number not in draft.filled or blocks[number].is_repeated]
    first = draft.block if blocks[draft.block].is_repeated else draft.block + 1
    return list(range(first, len(blocks)))


def _has_room(draft: Draft, part: Part) -> bool:
    """Whether the entry still lacks what the part says."""
    return not (SINGLE_FIELDS & part.values.keys() & draft.texts.keys())
