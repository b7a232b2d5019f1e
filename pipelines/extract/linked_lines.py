"""The lines of a page of HTML as its list is told from them, and one entry of the list as lines."""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pipelines.dates import LONGEST_DATE_LINE, read_date
from pipelines.extract.kinds import BULLET_DATE, BULLET_OTHER, DATE, INDENTED, YEARS, bullet_text
from pipelines.records import Marks

DATES = frozenset((DATE, BULLET_DATE, YEARS))
_LABELLED = re.compile(r"[^\W\d_]{2,20}(?: [^\W\d_]{1,20})?: ?(?P<date>.+)")
_LONGEST_LABELLED = LONGEST_DATE_LINE + 50


@dataclass(slots=True)
class Listed:
    """One entry as lines of the page (0-based): `title` is empty where nothing links it and nothing is there."""

    title: list[int]
    date: int | None = None
    summary: list[int] | None = None
    url: str | None = None

    @property
    def first(self) -> int:
        """Its first line."""
        return min(self.title[0], self.title[0] if self.date is None else self.date)

    def is_in_record(self, owners: Mapping[int, int]) -> bool:
        """Whether its record holds more than its title."""
        return owners.get(self.title[-1] + 1) == self.title[0] or owners.get(self.title[0] - 1) == self.title[0]

    @property
    def last(self) -> int:
        """Its last line."""
        return max(self.title[-1], -1 if self.date is None else self.date, (self.summary or [-1])[-1])


class Lines(NamedTuple):
    """A page's content: letters of all lines, the lines that hold something (sorted), and what its markup tells."""

    lines: Sequence[str]
    kinds: str
    filled: Sequence[int]
    marks: Marks

    def place(self, line: int) -> int:
        """The place among the filled lines."""
        return bisect_left(self.filled, line)

    def neighbour(self, line: int, step: int) -> int | None:
        """The filled line before (-1) or behind (1) another."""
        at = self.place(line) + step
        return self.filled[at] if 0 <= at < len(self.filled) else None

    def date_text(self, line: int) -> str | None:
        """The date that a line prints, alone or behind a label (`Date: January 5, 1950`); None where it prints none."""
        if line in self.marks.links:
            return None
        text = self.text(line)
        if self.kinds[line] in DATES or (
            self.kinds[line] == INDENTED and len(text) <= LONGEST_DATE_LINE and read_date(text)
        ):
            return text
        labelled = _LABELLED.fullmatch(text) if len(text) <= _LONGEST_LABELLED else None
        return labelled["date"] if labelled and read_date(labelled["date"]) else None

    def text(self, line: int) -> str:
        """What a line prints, without bullet and indentation."""
        bulleted = bullet_text(self.lines[line]) if self.kinds[line] in (BULLET_DATE, BULLET_OTHER) else None
        return self.lines[line].strip() if bulleted is None else bulleted
