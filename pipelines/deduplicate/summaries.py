"""Do two summaries tell of one document?"""

from collections import defaultdict
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import Literal, NamedTuple

from pipelines.titles.spelling import is_variant
from pipelines.titles.vocabulary import words_of

# Words that stand in every summary and tell nothing.
_COMMON = words_of(
    "a an and as at be been by for from had has have he her his i in into is it its not of on or she that the "
    "their them they this to was were which who will with would about also after before but than then there "
    "these those"
)
# From this share of the shorter summary's words on, or where all but one are there, two summaries tell the same; below
# the lower share, of different things. On generated archives, of 27,824 pairs of one document under one date and title
# all are close; of 6,741 pairs of two documents one is, 32 lie between, and the rest are apart.
CLOSE_FROM, APART_BELOW = 0.76, 0.6
# A summary with fewer words of its own than this says too little to be found in a longer one.
FEWEST_TELLING_WORDS = 3
# A beginning of this many letters stands for a word (Trans., Univ.).
SHORTEST_ABBREVIATION = 4
# Words that deny, and those that come and go with them.
_DENIALS = frozenset({"not", "never", "cannot"})
_HELPERS = frozenset({"do", "does", "did", "can", "will"})
# So many other words may differ (asks, ask) where a denial is what tells two summaries apart.
_OTHER_WORDS = 2
# Beyond this many words only the beginning is looked at: what two pages cost stays bounded.
_MOST_WORDS = 400

Relation = Literal["equal", "close", "partial", "apart", "contrary"]


class Resemblance(NamedTuple):
    """How two summaries compare: the share of the shorter one's words that stand in the longer, and the other way round (0..1)."""

    relation: Relation
    share: float
    cover: float


def compare_summaries(one: str, other: str) -> Resemblance:
    """Compare two folded summaries that are not the same.

    A summary that was shortened, also within a word, or that lost a sentence, tells the same; so does one with slips of
    the pen, or with its sentences or names in another order. Figures must not contradict: 500 tons are not 900 tons.

    >>> compare_summaries("mao asks stalin for mil", "mao asks stalin for military aid against the south")
    Resemblance(relation='close', share=1.0, cover=0.5714)
    >>> compare_summaries("stalin sends 500 tons of ore", "stalin sends 900 tons of ore").relation
    'contrary'
    """
    left, right = one.split(" ", _MOST_WORDS)[:_MOST_WORDS], other.split(" ", _MOST_WORDS)[:_MOST_WORDS]
    ours, theirs = set(left) - _COMMON, set(right) - _COMMON
    if len(theirs) < len(ours):
        left, right, ours, theirs = right, left, theirs, ours
    if not ours:
        share = cover = float(left == right)
        return Resemblance("close" if share else "apart", share, cover)
    only_ours, only_theirs = ours - theirs, theirs - ours
    found = len(ours) - len(only_ours)
    if only_ours and only_theirs:
        found += _spelled_otherwise(sorted(only_ours), sorted(only_theirs), last=left[-1])
    share, cover = round(found / len(ours), 4), round(found / len(theirs), 4)
    if len(ours) < FEWEST_TELLING_WORDS and found < len(theirs):
        share = min(share, 0.5)
    if share < APART_BELOW:
        return Resemblance("apart", share, cover)
    if (_has_figure(only_ours) and _has_figure(only_theirs)) or _is_denied(set(left), set(right)):
        return Resemblance("contrary", share, cover)
    if len(only_ours) == len(only_theirs) == 1 and found < len(ours) and _is_another(*only_ours, *only_theirs):
        return Resemblance("partial", share, cover)
    is_close = share >= CLOSE_FROM or len(ours) - found <= 1
    return Resemblance("close" if is_close else "partial", share, cover)


def _spelled_otherwise(words: Sequence[str], others: Sequence[str], last: str) -> int:
    """How many words have one among the others that they may be: misspelled, abbreviated, an initial, or cut where a text was cut."""
    by_letter: dict[str, list[str]] = defaultdict(list)
    for other in others:
        by_letter[other[0]].append(other)
        if len(other) > SHORTEST_ABBREVIATION:  # its first letter may be lost
            by_letter[other[1]].append(other)
    taken: set[str] = set()
    for word in words:
        near = by_letter.get(word[0], [])
        if len(word) >= SHORTEST_ABBREVIATION:
            near = near + by_letter.get(word[1], [])
        alike = next(
            (other for other in near if other not in taken and _is_word(word, other, is_last=word == last)), None
        )
        if alike is not None:
            taken.add(alike)
    return len(taken)


def _is_word(word: str, other: str, *, is_last: bool) -> bool:
    """Whether two words can be one."""
    if is_variant(word, other):
        return True
    short, long = (word, other) if len(word) <= len(other) else (other, word)
    return long.startswith(short) and (
        len(short) >= SHORTEST_ABBREVIATION or len(short) == 1 or (is_last and short == word)
    )


def _is_another(word: str, other: str) -> bool:
    """Whether one word put for another tells two documents apart (fish, salt); not where it may be a short form (Mike, Michael)."""
    return word[0] != other[0]


def _has_figure(words: AbstractSet[str]) -> bool:
    return any(word[0] in "0123456789" for word in words)


def _is_denied(ours: AbstractSet[str], theirs: AbstractSet[str]) -> bool:
    """Whether one of two summaries that are otherwise alike denies what the other says."""
    if _DENIALS.isdisjoint(ours) == _DENIALS.isdisjoint(theirs):
        return False
    return len((ours ^ theirs) - _DENIALS - _HELPERS) <= _OTHER_WORDS


@lru_cache(maxsize=1 << 14)
def telling_words(folded: str) -> int:
    """How many words of a summary tell something, of its first thirty.

    >>> telling_words("a report"), telling_words("mao asks stalin for aid")
    (1, 4)
    """
    return sum(word not in _COMMON for word in folded.split(" ", 30)[:30])


def is_telling(folded: str) -> bool:
    """Whether a summary says enough to tell two documents apart."""
    return telling_words(folded) >= FEWEST_TELLING_WORDS
