"""What a person asks for, read: words, words side by side, beginnings of words, and days."""

import calendar
import re
from datetime import date
from typing import NamedTuple

from pipelines.errors import UsageError
from pipelines.search.folding import BETWEEN, words_of

# In quotes, to the end where they are not closed; or up to the next space.
_PART = re.compile(r'"([^"]*+)"?+(\*?+)|([^\s"]++)')
_DAY = re.compile(r"([0-9]{1,4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?")
_DECEMBER, _FIRST = 12, 1


class Term(NamedTuple):
    """Words that stand side by side, folded; of the last one only the beginning, where it is a prefix."""

    words: tuple[str, ...]
    is_prefix: bool = False

    @property
    def pattern(self) -> str:
        """What a folded text has wherever the term stands."""
        return f" {BETWEEN.join(self.words)}{'' if self.is_prefix else ' '}"

    def starts(self, words: list[str]) -> list[int]:
        """Where the term begins among words.

        >>> Term(("mao", "z"), is_prefix=True).starts(["to", "mao", "zedong"])
        [1]
        """
        size = len(self.words)
        return [at for at in range(len(words) - size + 1) if self._is_at(words[at : at + size])]

    def _is_at(self, words: list[str]) -> bool:
        *before, last = words
        is_last = last.startswith(self.words[-1]) if self.is_prefix else last == self.words[-1]
        return is_last and tuple(before) == self.words[:-1]


def read_query(text: str) -> tuple[Term, ...]:
    """The terms of a query, each once; what has no word in it says nothing.

    >>> read_query('"Mao Zedong" loan*')
    (Term(words=('mao', 'zedong'), is_prefix=False), Term(words=('loan',), is_prefix=True))
    """
    terms: dict[Term, None] = {}
    for quoted, star, bare in _PART.findall(text):
        words = tuple(words_of(quoted or bare))
        if words:
            terms[Term(words, bool(star) or bare.endswith("*"))] = None
    return tuple(terms)


def read_day(text: str, *, is_last: bool) -> date:
    """The first day of a year, a month or a day, or the last.

    >>> str(read_day("1950-02", is_last=True)), str(read_day("999", is_last=False))
    ('1950-02-28', '0999-01-01')

    Raises:
        UsageError: it is none of them.
    """
    found = _DAY.fullmatch(text.strip())
    if found:
        year = int(found[1])
        month = int(found[2]) if found[2] else (_DECEMBER if is_last else _FIRST)
        try:
            last = calendar.monthrange(year, month)[1] if is_last else _FIRST
            return date(year, month, int(found[3]) if found[3] else last)
        except ValueError:  # month 13, 30 February, year 0
            pass
    message = f"{text!r}: no year, month or day such as 1950, 1950-02 or 1950-02-14"
    raise UsageError(message)
