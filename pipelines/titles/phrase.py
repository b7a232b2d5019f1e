"""A name as it was read in a title: from which word to which, what sort it is of, and whether a comma joins it to the next."""

from typing import Literal, NamedTuple

Sort = Literal["person", "body", "office", "state", "place"]
Part = tuple[int, int]
_SHORTEST_SEAT = 2  # a comma and a word


class Phrase(NamedTuple):
    """Who or what is named by the words from `first` to before `last`: their sort, and which of them are what."""

    first: int
    last: int
    sort: Sort
    name: Part
    office: Part | None = None
    alias: Part | None = None


def belongs(letters: str, found: Phrase, other: Phrase) -> bool:
    """Whether a comma joins what is named to where it is, or to what it is part of."""
    if found.sort == "office":
        return other.sort == "body" and not found.alias and _is_seat(letters, found, other)
    return _is_parent(letters, found, other)


def _is_seat(letters: str, found: Phrase, other: Phrase) -> bool:
    """`State Secretary, Ministry of Foreign Affairs`: where the office is held."""
    return (
        not other.alias
        and letters[found.last + 1] in "BR"
        and other.last - found.last > _SHORTEST_SEAT
        and letters[other.last : other.last + 1] != ","
    )


def _is_parent(letters: str, found: Phrase, other: Phrase) -> bool:
    """Whether a comma joins a body to the body that it is part of, or an embassy to its place (Legation of Romania, Budapest)."""
    if other.sort == "place":
        body = letters[found.name[0] : found.name[1]]
        is_sent = letters[max(0, found.first - 1) : found.first] in ("t", "f") and not letters[
            other.name[0] : other.name[1]
        ].strip("U")
        return "E" in body or (is_sent and bool(set(body) & set("BR")))  # to the Foreign Ministry, Berlin
    return not other.alias and letters[found.last + 1] in "RMCBJS" and letters[other.last - 1] != "E"
