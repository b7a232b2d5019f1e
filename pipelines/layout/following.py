"""How far a grammar could follow a page that it refused, and what it would have taken where it stopped.

A grammar that could follow some lines could follow fewer of them, so the last line that it could follow is found by halving.
What a grammar sees by looking ahead is left aside, for a beginning does not tell it: it may have stopped earlier, and the line
is named with "about".
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

# How the words begin for a letter that stands for one line alone.
QUOTED = "“"
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
} | {letter: f"{QUOTED}{line}”" for line, letter in FIXED.items() if letter not in (BLANK, DASH)}
# A page is matched 20 times at most, each time in a few milliseconds unless it was made for the opposite.
_SECONDS = 2.0


class Stop(NamedTuple):
    """Where a grammar stopped: at which line (from 0; one past the last if the page is too short), before what, and what it would take.

    `line` is None where the page has everything in its order, and lacks or has something that the grammar looks ahead for.
    """

    line: int | None
    found: str | None
    expected: tuple[str, ...]


@lru_cache(maxsize=64)
def _grammar(written: str) -> regex.Pattern[str]:
    """The same grammar without looking ahead, for the engine that can match a beginning."""
    return regex.compile(without_looking_ahead(written), regex.VERBOSE)


def without_looking_ahead(written: str) -> str:
    """A grammar without its groups `(?= )` and `(?! )`, and without comments; it matches all that the grammar matches, and more.

    >>> without_looking_ahead("a (?! b (c) ) [d-]  # comment")
    'a  [d-]  '
    """
    rest = "\n".join(line.partition("#")[0] for line in written.split("\n"))
    kept, depth, ahead = [], 0, 0
    for at, character in enumerate(rest):
        if character == "(":
            depth += 1
            ahead = ahead or (depth if rest[at : at + 3] in ("(?=", "(?!") else 0)
        if not ahead:
            kept.append(character)
        if character == ")":
            ahead = 0 if ahead == depth else ahead
            depth -= 1
    return "".join(kept)


def follow(layout: Layout, kinds: str) -> Stop | None:
    """Where the layout's grammar stops on a page of these letters; None where it claims the page, or takes too long to tell."""
    if layout.page.fullmatch(kinds):
        return None
    pattern = _grammar(layout.page.pattern)
    try:
        if pattern.fullmatch(kinds, timeout=_SECONDS):
            return Stop(None, None, ())
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
