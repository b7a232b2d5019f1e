"""The law of every page: each line that is not blank belongs to exactly one entry, furniture rule or issue."""

from collections.abc import Iterable

from pipelines.errors import LedgerError
from pipelines.extract.kinds import BLANK
from pipelines.records import Ledger


def balance(
    kinds: str,
    entries: Iterable[tuple[int, int]],
    furniture: Iterable[tuple[int, int]],
    doubted: Iterable[tuple[int, int]],
) -> Ledger:
    """Count the fates of a page's lines, and check that none is lost or counted twice.

    Each argument holds spans of lines (1-based, inclusive). A blank line within a span is blank.

    Raises:
        LedgerError: two spans overlap, or the counts do not add up to the number of lines.
    """
    spans, counts = [], []
    for fate in (entries, furniture, doubted):
        own = list(fate)
        spans += own
        counts.append(sum([last - first + 1 - kinds.count(BLANK, first - 1, last) for first, last in own]))
    spans.sort()
    reached = 0
    for first, last in spans:
        if first <= reached:
            message = f"line {first} is counted twice"
            raise LedgerError(message)
        reached = last
    blank = kinds.count(BLANK)
    if sum(counts) + blank != len(kinds) or reached > len(kinds):
        message = f"{len(kinds)} lines, but {sum(counts)} in entries, furniture and issues and {blank} blank"
        raise LedgerError(message)
    return Ledger(len(kinds), counts[0], counts[1], counts[2], blank)
