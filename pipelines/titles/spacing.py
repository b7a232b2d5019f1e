"""Titles with other white space than single spaces: read as if it were, and every value put back where it stands."""

import re
from typing import NamedTuple, TypeVar

from pipelines.titles.found import Found, TitleFacts

_MORE = re.compile(r"\s\s|[^\S ]|^\s|\s$")
_WORD = re.compile(r"\S+")
Value = TypeVar("Value")


class Spaced(NamedTuple):
    """A title with single spaces, and the place in the printed title of each of its characters."""

    text: str
    places: list[int]


def single_spaced(title: str) -> Spaced | None:
    r"""A title with single spaces; None where it has no others.

    >>> single_spaced("Note,  Mao\n").text
    'Note, Mao'
    >>> single_spaced("Note, Mao") is None
    True
    """
    if not _MORE.search(title):
        return None
    words: list[str] = []
    places: list[int] = []
    for found in _WORD.finditer(title):
        if words:
            places.append(found.start() - 1)
        words.append(found[0])
        places.extend(range(found.start(), found.end()))
    return Spaced(" ".join(words), places)


def put_back(facts: TitleFacts, places: list[int]) -> TitleFacts:
    """The same facts, with their characters in the printed title."""
    return TitleFacts(
        facts.genre and _moved(facts.genre, places),
        facts.number and _moved(facts.number, places),
        facts.event_date and _moved(facts.event_date, places),
        facts.event_time and _moved(facts.event_time, places),
        tuple(_moved(party, places) for party in facts.parties),
    )


def _moved(found: Found[Value], places: list[int]) -> Found[Value]:
    return Found(found.value, found.rule, places[found.first - 1] + 1, places[found.last - 1] + 1)
