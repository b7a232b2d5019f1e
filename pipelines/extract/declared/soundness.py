"""Whether a declared layout can be read: that its pages can be told, and its list be told into entries."""

from collections.abc import Iterator
from typing import NamedTuple

from pipelines.extract.declared.declaration import SINGLE_FIELDS, Block, DeclaredLayout

_SEPARATE = "[list] `separator` or `blank_lines` can say what stands between entries"


class Fault(NamedTuple):
    """What is wrong, and the table and key that say it."""

    reason: str
    table: str
    number: int = 0
    key: str = ""


def faults_of(layout: DeclaredLayout) -> Iterator[Fault]:
    """Everything about a layout that would make it claim any page, or read none."""
    if not layout.has and not layout.begins:
        yield Fault("[page] has neither `has` nor `begins`, so any page would be taken for one of this layout", "page")
    if not {"title", "summary"} & layout.fields:
        yield Fault("no [[entry]] has {title} or {summary}, so nothing would be listed", "entry")
    for number, block in enumerate(layout.blocks):
        yield from _block_faults(block, number)
    yield from _bare_faults(layout)
    if not layout.is_separated:
        yield from _beginning_faults(layout)
    elif not layout.after and not layout.separator and layout.blocks[0].bare:
        yield Fault("any line could be the first of the list; [list] `after` says which line it begins after", "list")


def _block_faults(block: Block, number: int) -> Iterator[Fault]:
    """What one part cannot be by itself."""
    if block.is_repeated and block.fields & SINGLE_FIELDS:
        yield Fault("is repeated, but an entry has one date, one title and one number", "entry", number, "repeated")
    endings = {(template.fields[-1:], template.texts[-1]) for template in block.templates}
    may_run_over = len(endings) == 1 and endings <= {((name,), "") for name in ("title", "summary", "_")}
    if block.runs_over and not may_run_over:
        yield Fault(
            "runs over, but its lines do not all end with {title}, {summary} or {_}", "entry", number, "runs_over"
        )


def _bare_faults(layout: DeclaredLayout) -> Iterator[Fault]:
    """Parts that take any line, where it cannot be told which of two a line belongs to."""
    before: Block | None = None
    for number, block in enumerate(layout.blocks):
        if block.bare and before and (before.is_optional or before.is_repeated or before.runs_over == "paragraphs"):
            reason = "takes any line, and so does the part before it, which may be missing, come again or run over paragraphs"
            yield Fault(reason, "entry", number, "line")
        elif block.bare and before and layout.is_in_any_order and number > 1:
            yield Fault("takes any line, and so does another part, in any order", "entry", number, "line")
        if block.bare:
            before = block
        elif not block.is_optional and not layout.is_in_any_order:
            before = None


def _beginning_faults(layout: DeclaredLayout) -> Iterator[Fault]:
    """Where an entry begins with a line like any other and nothing that must follow tells it."""
    first = layout.blocks[0]
    if first.is_optional:
        yield Fault(f"an entry cannot begin with a part that may be missing; {_SEPARATE}", "entry", 0, "optional")
    if first.bare is None:
        return
    if first.runs_over:
        yield Fault(f"any line could begin an entry, and run over; {_SEPARATE}", "entry", 0, "runs_over")
        return
    for block in layout.blocks[1:]:
        if block.bare is None and (not block.is_optional or layout.is_in_any_order):
            return
        if block.is_optional or block.is_repeated or block.runs_over:
            break
    reason = f"any line could begin an entry, and no part that must follow tells it; {_SEPARATE}"
    yield Fault(reason, "entry", 0, "line")
