"""Names that stand in a row, joined by commas and `and`."""

from typing import NamedTuple

from pipelines.titles.phrase import Phrase
from pipelines.titles.phrases import read_phrase

_MOST_NAMES = 24
_PLACES = frozenset({"place", "state"})


class Row(NamedTuple):
    """Names in a row, none where none could be read, and the place behind the last of their words."""

    phrases: tuple[Phrase, ...]
    end: int


def read_row(letters: str, at: int) -> Row:
    """The names from a word on. A comma alone joins known names only, for what follows it may be a place.

    >>> [phrase.name for phrase in read_row("PP,PP,&NN", 0).phrases]
    [(0, 2), (3, 5), (7, 9)]
    >>> [phrase.name for phrase in read_row("PP,N", 0).phrases]
    [(0, 2)]
    """
    first = read_phrase(letters, at)
    if first is None:
        return Row((), at)
    if beside := _beside(letters, first):
        return Row((first, beside), beside.last + 1)
    phrases, sure = [first], 1
    while len(phrases) < _MOST_NAMES and (found := _next(letters, phrases, is_lead=at == 0)):
        is_joined = letters[found.first - 1] == "&"
        phrases.append(found)
        if is_joined or _is_known(letters, found):
            sure = len(phrases)
    return Row(tuple(phrases[:sure]), phrases[sure - 1].last)


def _beside(letters: str, first: Phrase) -> Phrase | None:
    """`from the Embassy in Washington (Drozniak)`: who writes for the body."""
    if first.sort != "body" or letters[first.last : first.last + 1] != "(":
        return None
    beside = read_phrase(letters, first.last + 1)
    is_alone = beside is not None and beside.sort == "person" and letters[beside.last : beside.last + 1] == ")"
    return beside if is_alone else None


def _next(letters: str, phrases: list[Phrase], *, is_lead: bool) -> Phrase | None:
    """The next name of a row; None where what follows is another thought, a place, or the owner of something."""
    end, before = phrases[-1].last, phrases[-1].sort
    mark = letters[end : end + 1]
    is_joined = mark == "&" or letters[end : end + 2] == ",&"
    if mark not in (",", "&") or (phrases[0].sort == "place" and not is_joined):
        return None
    found = read_phrase(letters, end + (2 if mark == "," and is_joined else 1))
    if found is None or (letters[found.last : found.last + 1] == "s" and not is_lead):
        return None
    return None if not is_joined and found.sort in _PLACES and before not in _PLACES else found


def _is_known(letters: str, phrase: Phrase) -> bool:
    name = letters[phrase.name[0] : phrase.name[1]]
    return phrase.sort == "person" and "P" in name and letters[phrase.last : phrase.last + 1] not in ("t", "s")
