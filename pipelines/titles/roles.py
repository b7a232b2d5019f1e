"""Who does what in a title, told by its letters: which kind of document comes first, and the names that cues lead to.

Nothing here looks at words, so that titles of one shape are read once.
"""

from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from pipelines.titles.cues import read_by, read_for, read_from, read_in, read_of, read_to, read_with
from pipelines.titles.lead import read_lead
from pipelines.titles.marks import read_behind_mark, read_bracket
from pipelines.titles.phrases import KINDS
from pipelines.titles.tokens import CLOSING, OPENING
from pipelines.titles.topics import read_on, read_topic
from pipelines.titles.walk import AUTHORS, CAPITALS, Named, Walk


class Shape(NamedTuple):
    """What the letters of a title tell.

    `kinds` and `quoted_kinds` are the words that name its kind, `last_kind` the place behind the last of them (0: there is none),
    `number` the word that is its number; `is_ordered`: the names were found in the order in which they stand.
    """

    kinds: tuple[int, ...]
    quoted_kinds: tuple[int, ...]
    is_conversation: bool
    number: int | None
    names: tuple[Named, ...]
    last_kind: int
    has_receiver: bool
    has_sender: bool
    is_ordered: bool


@lru_cache(maxsize=1 << 15)
def read_shape(letters: str) -> Shape:
    """Read the letters of one title.

    >>> shape = read_shape("K,NNtAN[P]")
    >>> [(named.cue, named.phrase.name, named.phrase.alias) for named in shape.names]
    [('from', (2, 4), None), ('to', (6, 7), (8, 9))]
    """
    walk = Walk(letters)
    if walk.letter(0) == OPENING:  # the whole title is a quotation, or begins with one
        walk.is_quoted = True
        walk.at = 1
    else:
        read_lead(walk)
    while walk.at < len(letters):
        before = walk.at
        _step(walk)
        walk.at = max(walk.at, before + 1)
    if not walk.kinds and not walk.quoted_kinds and not walk.are_telling(each.phrase for each in walk.names):
        walk.names = []  # From Yalta to Geneva
    return Shape(
        tuple(walk.kinds),
        tuple(walk.quoted_kinds),
        walk.is_conversation,
        walk.number,
        tuple(walk.names),
        max((0, *(at + 1 for at in (*walk.kinds, *walk.quoted_kinds)))),
        walk.has(("to", "dash_to")),
        any(each.cue in AUTHORS and each.phrase.sort != "place" for each in walk.names),
        all(one.first < other.first for one, other in pairwise(walk.names)),
    )


def _step(walk: Walk) -> None:
    letter = walk.letter(walk.at)
    if letter == OPENING:
        walk.is_quoted = True
    elif letter == CLOSING:
        walk.is_quoted = walk.is_topic = False
    elif letter in KINDS:
        _read_kind(walk)
    elif letter in "#1":
        _read_number(walk)
    elif letter in "nc" or (letter == "w" and walk.letter(walk.at + 1) == "g"):
        read_on(walk)
    elif walk.is_topic:
        read_topic(walk)
    elif not walk.is_quoted and letter in _CUES:
        _CUES[letter](walk)


def _read_kind(walk: Walk) -> None:
    """A word of a kind: it counts unless it stands in a topic, or in the quotation of a title that names a kind already."""
    at = walk.at
    walk.at += 1
    if walk.is_topic or (walk.is_quoted and walk.kinds):
        return
    (walk.quoted_kinds if walk.is_quoted else walk.kinds).append(at)
    walk.is_conversation = walk.is_conversation or walk.letters[at] == "V"
    _read_pair(walk)


def _read_pair(walk: Walk) -> None:
    """`Telegram Shtykov to Vyshinsky`, `Message 1822 KGB Washington to Moscow`."""
    if walk.is_quoted or walk.letter(walk.at) not in CAPITALS:
        return
    senders = walk.row(walk.at)
    receivers = walk.row(senders.end + 1) if senders.phrases and walk.letter(senders.end) == "t" else None
    if receivers and receivers.phrases:
        walk.keep_pair(senders, receivers)


def _read_number(walk: Walk) -> None:
    """The document's number stands behind its kind; one that is marked may also come first, or behind a comma or the author."""
    is_free = walk.letter(walk.at) == "#" and (walk.before in ("", ",", "(", ":") or walk.was_named)
    is_of_another = walk.is_topic or walk.is_quoted or walk.is_answered
    if walk.number is None and not is_of_another and (walk.is_behind_kind() or is_free):
        walk.number = walk.at
        walk.at += 1
        _read_pair(walk)
    else:
        walk.at += 1


def _read_way(walk: Walk) -> None:
    walk.keep_row("via")


def _read_passing_on(walk: Walk) -> None:
    walk.is_passed_on = True


_CUES: dict[str, Callable[[Walk], None]] = {
    "f": read_from,
    "t": read_to,
    "r": read_for,
    "y": read_by,
    "w": read_with,
    "b": read_with,
    "v": _read_way,
    "o": read_of,
    "i": read_in,
    "q": _read_passing_on,
    ",": read_behind_mark,
    ":": read_behind_mark,
    "-": read_behind_mark,
    "(": read_bracket,
    "[": read_bracket,
}
