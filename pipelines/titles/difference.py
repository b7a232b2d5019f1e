"""What differs between two titles.

What differs decides, not how much: a telegram under another heading shares persons and summary with itself, a circular
shares sender and summary with its neighbour, and only the receiver tells them apart.
"""

from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import Literal, NamedTuple

from rapidfuzz.distance import Indel

from pipelines.titles.reading import Title, kind_of, read_title
from pipelines.titles.spelling import Aligned, align, is_near, undoubled
from pipelines.titles.vocabulary import MONTHS, NO_WORDS, STOP_WORDS

# A title of more words, or dates, than this is compared for equality alone.
LONGEST_COMPARED_TITLE = 120

Relation = Literal[
    "equal", "spelled", "retitled", "extended", "unsure", "replaced",
    "other_number", "other_date", "swapped", "other_sender", "other_receiver", "other_part",
]  # fmt: skip


class Difference(NamedTuple):
    """How two titles differ: the relation, and the words, numbers or dates on either side that make it.

    `rest_agrees`: beside what is in conflict, the words of the two are the same.
    """

    relation: Relation
    left: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    rest_agrees: bool = False

    def turned(self) -> "Difference":
        """The same, seen from the other title."""
        return self._replace(left=self.right, right=self.left) if self.left or self.right else self


def compare_titles(left: str, right: str) -> Difference:
    """What differs between two titles, as printed, that are not the same once folded; the weightiest difference is told.

    >>> compare_titles("Cable, Mao Zedong to Stalin", "Ciphered Telegram No. 16715, Mao Tse-tung to Stalin").relation
    'retitled'
    >>> compare_titles("Cable, Mao to Stalin", "Cable, Stalin to Mao").relation
    'swapped'
    >>> compare_titles("Cable, Mao to A. Petrov", "Cable, Mao to B. Petrov")
    Difference(relation='other_receiver', left=('a.',), right=('b.',), rest_agrees=False)
    >>> compare_titles("NSC 8/1", "NSC 8/2")
    Difference(relation='other_number', left=('8/1',), right=('8/2',), rest_agrees=True)
    """
    return difference_between(read_title(left), read_title(right))


def difference_between(one: Title, other: Title) -> Difference:
    """What differs between two titles that were read."""
    if max(len(one.words), len(other.words), len(one.dates), len(other.dates)) > LONGEST_COMPARED_TITLE:
        return Difference("replaced")
    return _conflict(one, other) or _wording(one, other)


def _conflict(one: Title, other: Title) -> Difference | None:
    """What alone makes two documents: other numbers, other dates, other correspondents."""
    if not (one.numbers <= other.numbers or other.numbers <= one.numbers):
        return _but_for(one, other, "other_number", one.numbers, other.numbers)
    if one.dates and other.dates and not _dates_agree(one, other):
        return _but_for(one, other, "other_date", _shown(one.dates), _shown(other.dates))
    if one.parts != other.parts:
        return _but_for(one, other, "other_part", one.parts, other.parts)
    return _other_persons(one, other) if one.is_directed and other.is_directed else None


def _other_persons(one: Title, other: Title) -> Difference | None:
    """Whether sender or receivers are others, where both titles name them."""
    sender, receivers = _between(one, other, "sender"), _between(one, other, "receivers")
    both = Difference(
        "replaced", (*sender.only_left, *receivers.only_left), (*sender.only_right, *receivers.only_right)
    )
    parted = [aligned for aligned in (sender, receivers) if _is_parted(aligned)]
    if not parted:  # one more receiver: a circular, or a fuller title
        return both._replace(relation="unsure") if one.correspondent_count != other.correspondent_count else None
    if len(parted) > 1 and not (
        _is_parted(align(one.sender, other.receivers)) or _is_parted(align(one.receivers, other.sender))
    ):
        return Difference("swapped", one.sender, other.sender, rest_agrees=True)
    if all(map(is_near, parted)):
        return both._replace(relation="unsure")
    return Difference("other_sender" if parted[0] is sender else "other_receiver", *parted[0][:2])


def _but_for(
    one: Title,
    other: Title,
    relation: Relation,
    left: AbstractSet[str] | tuple[str, ...],
    right: AbstractSet[str] | tuple[str, ...],
) -> Difference:
    return Difference(relation, _only(left, right), _only(right, left), not _is_parted(align(one.words, other.words)))


def _wording(one: Title, other: Title) -> Difference:
    """How the words differ where nothing is in conflict."""
    if one.is_directed and other.is_directed:  # the correspondents were held against each other already
        pairs = ((one.sender, other.sender), (one.receivers, other.receivers), (one.rest, other.rest))
        sides = [align(*pair) for pair in pairs]
        aligned = Aligned(
            tuple(word for side in sides for word in side.only_left),
            tuple(word for side in sides for word in side.only_right),
            any(side.is_respelled for side in sides),
        )
    else:
        aligned = align(one.words, other.words)
    aligned = _without_small_words(_without_aliases(aligned, one, other))
    if _is_parted(aligned):
        return Difference("unsure" if is_near(aligned) else "replaced", aligned.only_left, aligned.only_right)
    if aligned.only_left or aligned.only_right:
        return Difference("extended", aligned.only_left, aligned.only_right)
    if not one.words and one.kinds != other.kinds:  # Letter, Report: nothing but the heading, and another one
        return Difference("replaced", _only(one.kinds, other.kinds), _only(other.kinds, one.kinds))
    if one.kinds != other.kinds or one.numbers != other.numbers or one.dates != other.dates:
        left, right = one.kinds | one.numbers, other.kinds | other.numbers
        return Difference("retitled", _only(left, right), _only(right, left))
    if (
        sorted(one.words) == sorted(other.words)
        and one.words != other.words
        and not (one.is_directed and other.is_directed)
    ):
        return Difference("retitled", one.words, other.words)
    return Difference("spelled", _only(one.words, other.words), _only(other.words, one.words))


def _without_small_words(aligned: Aligned) -> Aligned:
    """Leftover words that are small ones, misspelled (fromm), set aside."""
    left, right = (tuple([word for word in side if not _is_small(word)]) for side in aligned[:2])
    return Aligned(left, right, aligned.is_respelled)


@lru_cache(maxsize=1 << 12)
def _is_small(word: str) -> bool:
    """Whether a word is a small one with a letter lost or struck twice (fom, t, too); Tan is not `an`."""
    return len(word) == 1 or any(
        undoubled(word) == small
        or (len(small) > _PAIR and abs(len(word) - len(small)) == 1 and Indel.distance(word, small) == 1)
        for small in STOP_WORDS
        if len(small) > 1
    )


_PAIR = 2


@lru_cache(maxsize=1 << 16)
def is_passing(word: str) -> bool:
    """Whether a folded word says nothing of who and what: a kind of document or a small word, also one misspelled."""
    return word in NO_WORDS or _is_small(word) or kind_of(word) is not None


def _between(one: Title, other: Title, role: Literal["sender", "receivers"]) -> Aligned:
    return _without_aliases(align(getattr(one, role), getattr(other, role)), one, other)


def _without_aliases(aligned: Aligned, one: Title, other: Title) -> Aligned:
    """Words that the other title has in brackets are no difference: `Filippov [Stalin]`, `Stalin`."""
    left, right = aligned.only_left, aligned.only_right
    if left and other.aliases:
        left = align(left, other.aliases).only_left
    if right and one.aliases:
        right = align(right, one.aliases).only_left
    if bool(left) == bool(right):
        return Aligned(left, right, aligned.is_respelled)
    # The name in place of the alias is left over, and is no addition either.
    return Aligned(left and aligned.only_left, right and aligned.only_right, aligned.is_respelled)


def _is_parted(aligned: Aligned) -> bool:
    """Whether each side has words that the other lacks."""
    return bool(aligned.only_left and aligned.only_right)


def _dates_agree(one: Title, other: Title) -> bool:
    """Whether each date of the title with fewer stands in the other, as far as both print it."""
    fewer, more = sorted((one.dates, other.dates), key=len)
    return all(
        any(all(a == b or 0 in (a, b) for a, b in zip(date, found, strict=True)) for found in more) for date in fewer
    )


def _shown(dates: frozenset[tuple[int, int, int]]) -> tuple[str, ...]:
    return tuple(
        " ".join(str(part) for part in (day, MONTHS[month - 1].capitalize(), year) if part)
        for year, month, day in sorted(dates)
    )


def _only(left: AbstractSet[str] | tuple[str, ...], right: AbstractSet[str] | tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(set(left) - set(right)))
