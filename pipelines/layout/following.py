"""How far a grammar could follow a page that it refused, and what it would have taken where it stopped.

A grammar that could follow some lines could follow fewer of them, so the last line that it could follow is found by halving.
Where a grammar looks ahead, what it finds there is guessed to go on well: the line is named with "about".
"""

from functools import lru_cache
from typing import NamedTuple

import regex  # type: ignore[import-untyped]  # it ships no types

from pipelines.extract.kinds import (
    BLANK,
    BULLET_DATE,
    BULLET_OTHER,
    COUNT,
    CUT_BULLET,
    CUT_DATE,
    DASH,
    DATE,
    FIXED,
    INDENTED,
    PAGER,
    TEXT,
    YEARS,
)
from pipelines.extract.layout import Layout

WORDS: dict[str, str] = {
    BLANK: "a blank line",
    TEXT: "text",
    INDENTED: "indented text",
    DATE: "a date",
    YEARS: "a span of years",
    COUNT: "a count of documents",
    PAGER: "a pager",
    BULLET_DATE: "a bullet with a date",
    BULLET_OTHER: "a bullet with other text",
    CUT_DATE: "a date that breaks off",
    CUT_BULLET: "a bullet with a date that breaks off",
    DASH: "a dash alone",
} | {letter: f"“{line}”" for line, letter in FIXED.items() if letter not in (BLANK, DASH)}
# Letters that do not say what text the line holds.
OF_OTHER_TEXT = frozenset({TEXT, INDENTED, DATE, YEARS, COUNT, PAGER, BULLET_DATE, BULLET_OTHER, CUT_DATE, CUT_BULLET})
# A page is matched 20 times at most, each time in a few milliseconds unless it was made for the opposite.
_SECONDS = 2.0


class Stop(NamedTuple):
    """Where a grammar stopped: at which line (from 0; one past the last if the page is too short), before what, and what it would take."""

    line: int
    found: str | None
    expected: tuple[str, ...]


@lru_cache(maxsize=64)
def _grammar(written: str) -> regex.Pattern[str]:
    """The same grammar for the engine that can match a beginning."""
    return regex.compile(written, regex.VERBOSE)


def follow(layout: Layout, kinds: str) -> Stop | None:
    """Where the layout's grammar stops on a page of these letters; None where it reads all of them, or takes too long."""
    pattern = _grammar(layout.page.pattern)
    try:
        if pattern.fullmatch(kinds, timeout=_SECONDS):
            return None
        reached = _last_that_fits(pattern, kinds)
        here = kinds[:reached]
        expected = [word for letter, word in WORDS.items() if _may_begin(pattern, here + letter)]
    except TimeoutError:
        return None
    return Stop(reached, WORDS[kinds[reached]] if reached < len(kinds) else None, tuple(expected))


def _last_that_fits(pattern: regex.Pattern[str], kinds: str) -> int:
    """How many letters the pattern can follow."""
    fits, fails = 0, len(kinds) + 1
    while fails - fits > 1:
        middle = (fits + fails) // 2
        if _may_begin(pattern, kinds[:middle]):
            fits = middle
        else:
            fails = middle
    return fits


def _may_begin(pattern: regex.Pattern[str], kinds: str) -> bool:
    """Whether a text that the pattern matches could begin so."""
    return pattern.fullmatch(kinds, partial=True, timeout=_SECONDS) is not None
