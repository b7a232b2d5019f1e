"""What is shown of a text: the part around what was found, with the places of the words that were."""

from collections.abc import Sequence
from typing import NamedTuple

from pipelines.search.folding import placed_words
from pipelines.search.query import Term
from pipelines.text import one_line

# More of a text than this is not looked through for a place to show; the tables hold all of it.
_MOST_CHARACTERS = 50_000
MOST_OF_SUMMARY, MOST_OF_TITLE = 240, 300
_BEFORE = 60
_CUT = "…"


class Snippet(NamedTuple):
    """A text without control characters, and where in it words stand that were asked for."""

    text: str
    hits: tuple[tuple[int, int], ...]


def make_snippet(text: str | None, terms: Sequence[Term], most: int) -> Snippet:
    """At most so many characters of a text and the marks of what is left out, from shortly before the first word that was asked for."""
    line = one_line(text or "", _MOST_CHARACTERS)
    hits = _hits(line, terms)
    first, end = _window(line, hits, most)
    head, tail = _CUT if first else "", _CUT if end < len(line) else ""
    moved = [
        (start - first + len(head), stop - first + len(head)) for start, stop in hits if first <= start and stop <= end
    ]
    return Snippet(f"{head}{line[first:end]}{tail}", tuple(moved))


def _hits(line: str, terms: Sequence[Term]) -> list[tuple[int, int]]:
    """The places of what was asked for, in order; those that overlap are one."""
    placed = list(placed_words(line)) if terms else []
    words = [word.word for word in placed]
    found = sorted(
        (placed[at].first, placed[at + len(term.words) - 1].end) for term in terms for at in term.starts(words)
    )
    joined: list[tuple[int, int]] = []
    for start, end in found:
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _window(line: str, hits: Sequence[tuple[int, int]], most: int) -> tuple[int, int]:
    """The part that is shown, cut between words where it can be."""
    if len(line) <= most:
        return 0, len(line)
    first = max(0, min(hits[0][0] - _BEFORE if hits else 0, len(line) - most))
    if first:
        first = line.find(" ", first, first + _BEFORE) + 1 or first
    end = min(len(line), first + most)
    if end < len(line):
        end = max(line.rfind(" ", first + most - _BEFORE, end), -1)
        end = first + most if end < 0 else end
    return first, end
