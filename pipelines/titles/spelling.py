"""Is this the same word, spelled another way? Names above all: another romanisation, a lost accent, a slip of the pen."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA, Indel

# One slip of the pen (a letter lost, doubled, or two exchanged) is believed in words of this many letters or more; in
# shorter ones it makes another name (Lin, Liu). For one letter put for another the word must be longer: Wang is not Yang.
_TWO_SLIPS = 2
# Words of this many letters or more whose consonants sound alike are one word where few vowels differ: one in three letters.
_SHORTEST_OTHER_SPELLING, _LETTERS_FOR_A_VOWEL = 5, 3
# Names that are divided otherwise must have this many consonants in common, or be the same but for one.
_FEWEST_SOUNDS = 3
_SHORTEST_WITH_A_SLIP, _SHORTEST_WITH_ANOTHER_LETTER = 4, 6
# Words longer than this are not names: what a word costs stays bounded, whatever raw holds.
_LONGEST_WORD = 60

# Consonants that romanisations of Chinese (pinyin, Wade-Giles), Korean and Russian exchange for each other, the longer
# spelling first. Vowels are left out: they differ most (Te-huai, Dehuai).
_SOUNDS = (
    ("dzh", "s"), ("tch", "s"), ("sch", "s"), ("sh", "s"), ("ch", "s"), ("zh", "s"), ("kh", "k"), ("gh", "k"), ("ph", "f"), ("th", "t"),
    ("ts", "s"), ("tz", "s"), ("dz", "s"), ("hs", "s"), ("ck", "k"), ("ng", "n"), ("x", "s"), ("z", "s"), ("c", "s"),
    ("j", "s"), ("q", "s"), ("g", "k"), ("d", "t"), ("b", "p"), ("v", "f"),
)  # fmt: skip
_WITHOUT_VOWELS = str.maketrans("", "", "aeiouyhw")


@lru_cache(maxsize=1 << 17)
def skeleton(word: str) -> str:
    """The consonants of a word as romanisations agree on them; a first vowel is kept as `a`.

    >>> skeleton("zedong"), skeleton("tsetung")
    ('stn', 'stn')
    >>> skeleton("khrushchev") == skeleton("khruschev")
    True
    """
    sounds = _sounds(word)
    if not sounds.isalpha():
        return sounds
    return ("a" if sounds[0] in "aeiouy" else "") + sounds.translate(_WITHOUT_VOWELS)


@lru_cache(maxsize=1 << 17)
def _sounds(word: str) -> str:
    """A word with one letter for each group of consonants that romanisations exchange."""
    word = plain(word)[:_LONGEST_WORD]
    if word.isascii() and word.isalpha():
        word = word[0] + word[1:].replace("x", "ks")  # Alexei, Aleksei; at the beginning it is the x of pinyin
        for spelled, sound in _SOUNDS:
            word = word.replace(spelled, sound)
    return undoubled(word)


def plain(text: str) -> str:
    """Text in lower case without the accents that captures lose and archivists leave out.

    >>> plain("Gomułka"), plain("Rákosi")
    ('gomulka', 'rakosi')
    """
    return text.lower() if text.isascii() else "".join(map(bare_letter, text.lower()))


@lru_cache(maxsize=1 << 12)
def bare_letter(letter: str) -> str:
    """A letter in lower case without its accent."""
    bare = "".join(c for c in unicodedata.normalize("NFD", letter) if unicodedata.category(c) != "Mn")
    return _BARE.get(bare, bare)


_BARE = {"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th"}


def is_variant(one: str, other: str) -> bool:
    """Whether two folded words can be one word, spelled two ways; numbers never are.

    >>> is_variant("vyshinsky", "vyshinskii"), is_variant("chou", "zhou"), is_variant("petrov", "petov")
    (True, True, True)
    >>> is_variant("wang", "yang"), is_variant("zhang", "wang"), is_variant("lin", "liu"), is_variant("8", "9")
    (False, False, False, False)
    """
    if one == other:
        return True
    if max(len(one), len(other)) > _LONGEST_WORD:
        return False
    # Whatever else a slip or a romanisation changes, the first sound stays, unless it is the letter that was lost.
    if one[0] != other[0] and skeleton(one)[:1] != skeleton(other)[:1] and one[1:] != other and one != other[1:]:
        return False
    return _is_variant(*sorted((one, other)))


@lru_cache(maxsize=1 << 16)
def _is_variant(one: str, other: str) -> bool:
    one, other = sorted((plain(one), plain(other)), key=len)
    if one[-1:] == "." or other[-1:] == ".":  # an initial, perhaps struck twice
        return undoubled(one.rstrip(".")) == undoubled(other.rstrip("."))
    if not (one.isalpha() and other.isalpha()):
        return one == other
    return undoubled(one) == undoubled(other) or _is_slip(one, other) or _is_other_spelling(one, other)


def _is_slip(one: str, other: str) -> bool:
    """Whether the longer word is the shorter with a letter lost, struck twice or exchanged; in a long one also another letter."""
    if len(other) < _SHORTEST_WITH_A_SLIP or len(other) - len(one) > 1:
        return False
    if len(one) == len(other) < _SHORTEST_WITH_ANOTHER_LETTER and sorted(one) != sorted(other):
        return False
    return OSA.distance(one, other, score_cutoff=1) <= 1


def _is_other_spelling(one: str, other: str) -> bool:
    """Whether two romanisations can be of one word."""
    if _sounds(one) == _sounds(other):
        return True
    if len(one) < _SHORTEST_OTHER_SPELLING or skeleton(one) != skeleton(other):
        return False
    return OSA.distance(_sounds(one), _sounds(other)) <= len(one) // _LETTERS_FOR_A_VOWEL


_DOUBLED = re.compile(r"(.)\1+")


def undoubled(word: str) -> str:
    """A word without its doubled letters."""
    return _DOUBLED.sub(_first_letter, word) if _DOUBLED.search(word) else word


def _first_letter(match: re.Match[str]) -> str:
    return match[1]


class Aligned(NamedTuple):
    """Two lists of words, held against each other: the words that only one has, and whether any was spelled otherwise."""

    only_left: tuple[str, ...]
    only_right: tuple[str, ...]
    is_respelled: bool


_ALIKE = Aligned((), (), is_respelled=False)


def align(left: tuple[str, ...], right: tuple[str, ...]) -> Aligned:
    """What two lists of words do not share, in whatever order they stand.

    >>> align(("mao", "zedong", "to", "stalin"), ("mao", "tse", "tung", "to", "stalin"))
    Aligned(only_left=(), only_right=(), is_respelled=True)
    >>> align(("a.", "petrov"), ("b.", "petrov"))
    Aligned(only_left=('a.',), only_right=('b.',), is_respelled=False)
    """
    return _ALIKE if left == right else _align(left, right)


@lru_cache(maxsize=1 << 16)
def _align(left: tuple[str, ...], right: tuple[str, ...]) -> Aligned:
    ours, theirs = list(left), list(right)
    for word in left:
        if word in theirs:
            theirs.remove(word)
            ours.remove(word)
    if not ours or not theirs:
        return Aligned(tuple(ours), tuple(theirs), is_respelled=False)
    if _sounds_alike(ours, theirs):
        return Aligned((), (), is_respelled=True)
    before = len(ours)
    for word in tuple(ours):
        for other in theirs:
            if is_variant(word, other):
                ours.remove(word)
                theirs.remove(other)
                break
    if ours and theirs and (_sounds_alike(ours, theirs) or _is_slip_in_a_name(ours, theirs, left)):
        return Aligned((), (), is_respelled=True)
    return Aligned(tuple(ours), tuple(theirs), is_respelled=len(ours) < before)


def _sounds_alike(left: Sequence[str], right: Sequence[str]) -> bool:
    """One name, divided otherwise: Il Sung, Ilsung."""
    one, other = "".join(left), "".join(right)
    if "." in one or "." in other:  # initials tell persons of one name apart
        return False
    return is_variant(one, other) and (
        len(skeleton(one)) >= _FEWEST_SOUNDS or OSA.distance(_sounds(one), _sounds(other)) <= 1
    )


def _is_slip_in_a_name(ours: Sequence[str], theirs: Sequence[str], every: Sequence[str]) -> bool:
    """A short word with a letter lost or struck twice, where a longer word of the name agrees: Ho Ch Minh, Ma Zedong."""
    if len(ours) > 1 or len(theirs) > 1 or not (ours[0].isalpha() and theirs[0].isalpha()):
        return False
    agrees = any(len(word) >= _SHORTEST_WITH_A_SLIP for word in every if word != ours[0])
    return agrees and Indel.distance(ours[0], theirs[0], score_cutoff=1) <= 1


def is_near(aligned: Aligned) -> bool:
    """Whether the words that two lists do not share could be one word each with a slip on either side: Petov, Petrv.

    That is too little to call them the same, and too near to call them different.
    """
    if _is_two_slips_away("".join(aligned.only_left), "".join(aligned.only_right)):
        return True
    if len(aligned.only_left) != len(aligned.only_right):
        return False
    left = list(aligned.only_right)
    for word in aligned.only_left:
        near = next((other for other in left if _is_two_slips_away(word, other)), None)
        if near is None:
            return False
        left.remove(near)
    return True


def _is_two_slips_away(one: str, other: str) -> bool:
    if min(len(one), len(other)) < _SHORTEST_WITH_A_SLIP - 1 or not (one.isalpha() and other.isalpha()):
        return False
    if Indel.distance(undoubled(one), undoubled(other), score_cutoff=_TWO_SLIPS) <= _TWO_SLIPS:
        return True
    return (
        min(len(one), len(other)) > _SHORTEST_WITH_A_SLIP
        and OSA.distance(_sounds(one), _sounds(other), score_cutoff=1) <= 1
    )
