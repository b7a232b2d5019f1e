"""`61 - 70 of 120`: what a page says of its place in a longer result."""

from pipelines.extract.kinds import PAGER_LINE
from pipelines.records import Pager


def read_pager(line: str) -> Pager | None:
    """Read `61 - 70 of 120`; None where the line is none, or counts backwards.

    >>> read_pager("61 - 70 of 1,120")
    Pager(first=61, last=70, total=1120)
    """
    match = PAGER_LINE.fullmatch(line.strip())
    if match is None:
        return None
    pager = Pager(*(int(match[name].replace(",", "")) for name in Pager._fields))
    return pager if pager.first <= pager.last <= pager.total < 2**31 else None
