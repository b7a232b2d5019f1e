"""Do two summaries tell of one document?"""

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from pipelines.titles.spelling import is_variant

# Words that stand in every summary and tell nothing.
_COMMON = frozenset(
    "a an and as at be been by for from had has have he her his i in into is it its not of on or she that the their them "
    "they this to was were which who will with would about also after before but than then there these those".split()
)
# From this share of the shorter summary's words on, two summaries tell the same; below the lower one, of different things.
CLOSE_FROM, APART_BELOW = 0.75, 0.4
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
_NUMBER = re.compile(r"[0-9]+")

Relation = Literal["equal", "close", "partial", "apart", "contrary"]


class Resemblance(NamedTuple):
    """How two summaries compare: the share of the shorter one's words that stand in the longer, and the other way round (0..1)."""

    relation: Relation
    share: float
    cover: float


@lru_cache(maxsize=1 << 14)
def compare_summaries(one: str, other: str) -> Resemblance:
    """Compare two folded summaries that are not the same.

    A summary that was shortened, also within a word, or that lost a sentence, tells the same; so does one with slips of
    the pen, or with its sentences or names in another order. Figures must not contradict: 500 tons are not 900 tons.

    >>> compare_summaries("mao asks stalin for mil", "mao asks stalin for military aid against the south")
    Resemblance(relation='close', share=1.0, cover=0.5714)
    >>> compare_summaries("stalin sends 500 tons of ore", "stalin sends 900 tons of ore").relation
    'contrary'
    """
    shorter, longer = sorted((one.split()[:_MOST_WORDS], other.split()[:_MOST_WORDS]), key=lambda words: (len(words), words))
    share, cover = _shares(shorter, longer)
    if share < APART_BELOW:
        return Resemblance("apart", share, cover)
    if _figures_contradict(one, other) or _is_denied(one, other):
        return Resemblance("contrary", share, cover)
    return Resemblance("close" if share >= CLOSE_FROM else "partial", share, cover)


def _shares(shorter: list[str], longer: list[str]) -> tuple[float, float]:
    """The share of either text's telling words that stand in the other, spelling aside; the shorter one's first."""
    ours = [word for word in shorter if word not in _COMMON]
    theirs = [word for word in longer if word not in _COMMON]
    if len(ours) > len(theirs):
        ours, theirs, shorter = theirs, ours, longer
    if not ours:
        return (1.0, 1.0) if shorter == longer else (0.0, 0.0)
    left = list(theirs)
    unmatched = []
    for word in ours:
        if word in left:
            left.remove(word)
        else:
            unmatched.append(word)
    found = len(ours) - len(unmatched)
    for word in unmatched:
        is_last = word == shorter[-1]
        alike = next((other for other in left if _is_word(word, other, is_last=is_last)), None)
        if alike is not None:
            left.remove(alike)
            found += 1
    share = found / len(ours)
    if len(ours) < FEWEST_TELLING_WORDS and left:
        share = min(share, 0.5)
    return round(share, 4), round(found / len(theirs), 4)


def _is_word(word: str, other: str, *, is_last: bool) -> bool:
    """Whether two words can be one: misspelled, abbreviated, an initial, or cut where a text was cut."""
    if word[0] != other[0] and word[1:] != other and word != other[1:]:
        return False
    if is_variant(word, other):
        return True
    short, long = sorted((word, other), key=len)
    return long.startswith(short) and (len(short) >= SHORTEST_ABBREVIATION or len(short) == 1 or (is_last and short == word))


def _is_denied(one: str, other: str) -> bool:
    """Whether one of two summaries that are otherwise alike denies what the other says."""
    ours, theirs = set(one.split()), set(other.split())
    if _DENIALS.isdisjoint(ours) == _DENIALS.isdisjoint(theirs):
        return False
    return len((ours ^ theirs) - _DENIALS - _HELPERS) <= _OTHER_WORDS


def _figures_contradict(one: str, other: str) -> bool:
    """Whether each summary has a number that the other lacks."""
    ours, theirs = set(_NUMBER.findall(one)), set(_NUMBER.findall(other))
    return not (ours <= theirs or theirs <= ours)


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
