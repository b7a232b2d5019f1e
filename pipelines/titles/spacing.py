"""Titles with other white space than single spaces: read as if it were, and every value put back where it stands."""

import re
from bisect import bisect_right
from typing import TypeVar

from pipelines.titles.found import Found, TitleFacts

_SPACE = re.compile(r"\s+")
Value = TypeVar("Value")


def single_spaced(title: str) -> str:
    r"""A title with single spaces, and none at its ends.

    >>> single_spaced("Note,  Mao\n")
    'Note, Mao'
    """
    return " ".join(title.split())


def put_back(facts: TitleFacts, title: str) -> TitleFacts:
    """What was read of a title with single spaces, with its characters in the printed title."""
    before = len(title) - len(title.lstrip())
    places, shifts = [0], [before]  # from which character on how many more stand before it in the printed title
    for found in _SPACE.finditer(title, before):
        if found.end() - found.start() > 1:
            shifts.append(shifts[-1] + found.end() - found.start() - 1)
            places.append(found.end() - shifts[-1])

    def moved(found: Found[Value]) -> Found[Value]:
        first, last = (place + shifts[bisect_right(places, place - 1) - 1] for place in (found.first, found.last))
        return Found(found.value, found.rule, first, last)

    return TitleFacts(
        facts.genre and moved(facts.genre),
        facts.number and moved(facts.number),
        facts.event_date and moved(facts.event_date),
        facts.event_time and moved(facts.event_time),
        tuple(map(moved, facts.parties)),
    )
