"""How well a text is spelled, character by character: what makes one reading of bytes more likely than another.

Each judge is asked for a character beyond ASCII between its neighbours and answers from -1 (nobody writes that) to 1.
"""

import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache

from pipelines.read.encoding.characters import HANGUL, RUSSIAN_PAIRS, SIMPLIFIED, TRADITIONAL

Judge = Callable[[str, str, str], float]
# What a judge answers: from what nobody writes to what everybody writes.
WRONG, DOUBTFUL, UNKNOWN, POSSIBLE, PLAUSIBLE, RIGHT = -1.0, -0.5, 0.0, 0.4, 0.75, 1.0

_BEFORE_WORDS = frozenset(" \n\t(['\"-–—/>“‘«„\xa0")
_AFTER_WORDS = frozenset(" \n\t)]}'\".,;:!?-–—/<”’“»…\xa0")
_ALONE = frozenset("àáâäåèéêëíìîóòôöøúùüÀÁÂÄÅÈÉÊËÍÌÎÓÒÔÖØÚÙÜ")
# Consonants of Central Europe that stand between two others in hardly any word, and two that hardly any language has.
_NEEDS_A_VOWEL, _RARE = frozenset("řćńďňťŘĆŃĎŇŤ"), frozenset("ŕĺŔĹ")


def judge_latin(before: str, character: str, after: str) -> float:
    """A letter with an accent in a word, or typography where it belongs."""
    if not character.isalpha() or character in "ªºµƒ":
        return _judge_typography(before, character, after)
    if not unicodedata.name(character, "").startswith("LATIN"):
        return WRONG
    beside = [other for other in (before, after) if other.isalpha()]
    if not beside:
        return POSSIBLE if character in _ALONE else DOUBTFUL
    if _is_case_mixed(before, character, after):
        return WRONG
    if not any(other.isascii() for other in beside):
        return UNKNOWN  # two in a row are common in few languages, whole words of them in none
    return _ease(character, beside, after)


def _ease(character: str, beside: Sequence[str], after: str) -> float:
    """How easily a letter is said between others: a letter of another table gives itself away by being in their way."""
    if character in _RARE:
        return POSSIBLE
    if character in "ðþđţÐÞĐŢ":
        return PLAUSIBLE
    if character in "ñńÑŃ":  # the one stands before a vowel, the other before none
        return RIGHT if (character in "ñÑ") == (bool(after) and _is_vowel(after)) else POSSIBLE
    vowels = [_is_vowel(other) for other in beside]
    if _is_vowel(character):
        return PLAUSIBLE if any(vowels) else RIGHT
    return POSSIBLE if character in _NEEDS_A_VOWEL and len(vowels) > 1 and not any(vowels) else RIGHT


def _is_vowel(letter: str) -> bool:
    return unicodedata.normalize("NFD", letter)[0] in "aeiouyAEIOUYæøœÆØŒ"


def _is_case_mixed(before: str, character: str, after: str) -> bool:
    """Whether a letter is large among small ones, or small among large ones."""
    if character.isupper():
        return before.islower() or (before.isupper() and after.islower())
    return before.isupper() and after.isupper()


def _judge_typography(before: str, character: str, after: str) -> float:  # noqa: PLR0911 one answer a kind of mark
    begins, ends = before in _BEFORE_WORDS or not before, after in _AFTER_WORDS or not after
    if character == "’":
        return RIGHT if before.isalnum() or before in ".,!?" or after.isalnum() else POSSIBLE
    if character in "“‘”„‚«‹»›…¿¡":
        return RIGHT if begins != ends else POSSIBLE if begins and ends else DOUBTFUL
    if character in "–—":
        return RIGHT if begins == ends or before.isalnum() == after.isalnum() else POSSIBLE
    if character in "£€¥§½¼¾°²³º":
        return RIGHT if (before.isdigit() or after.isdigit()) and not before.isalpha() else DOUBTFUL
    if character == "\xa0":
        return POSSIBLE
    if character in "•·":
        return RIGHT if not (before.isalpha() and after.isalpha()) else DOUBTFUL
    if character in "©®™×":
        return POSSIBLE if begins or ends else DOUBTFUL
    return WRONG


def judge_cyrillic(before: str, character: str, after: str) -> float:
    """A letter in a word of Cyrillic, spelled as Russian is; or typography where it belongs."""
    if not character.isalpha() or character in "ªºµƒ":
        return POSSIBLE if character == "№" and not before.isalpha() else _judge_typography(before, character, after)
    beside = [other for other in (before, after) if other.isalpha()]
    if any(other < "Ѐ" for other in (character, *beside)) or _is_case_mixed(before, character, after):
        return WRONG
    if not beside:
        return POSSIBLE / 2 if character in "авиксуояіАВИКСУОЯІ" else DOUBTFUL
    if character in "ьъыЬЪЫ" and not before.isalpha():
        return WRONG
    return _commonness(before, character, after)


def _commonness(before: str, character: str, after: str) -> float:
    """Whether a letter makes a common pair of Russian with one beside it; what is all in capitals is rarer."""
    pairs = ((before + character).lower().translate(_AS_RUSSIAN), (character + after).lower().translate(_AS_RUSSIAN))
    if RUSSIAN_PAIRS.isdisjoint(pairs):
        return UNKNOWN
    return PLAUSIBLE if character.isupper() and before.isupper() else RIGHT


# Letters of Ukrainian and Belarusian stand where Russian has another.
_AS_RUSSIAN = str.maketrans("іїєґў", "ииегу")


def _judge_wide(before: str, character: str, common: frozenset[str], ordinary: frozenset[str]) -> float:
    """A character of Chinese: the common ones are most of any text, what is not in the first half of a table is rare."""
    if before.isascii() and before.islower():
        return WRONG
    if character in common:
        return RIGHT
    if character in ordinary:
        return POSSIBLE
    if character in "，。、；：？！（）《》〈〉「」『』【】“”‘’…—·　":
        return POSSIBLE
    return DOUBTFUL


@lru_cache(maxsize=4)
def _table(codec: str, first: int, last: int) -> frozenset[str]:
    """The characters of the rows of a code table that begin with these bytes."""
    rows = (bytes((row, cell)) for row in range(first, last + 1) for cell in range(0x40, 0xFF))
    return frozenset("".join(pair.decode(codec, "ignore") for pair in rows if pair[1] >= _GB_CELLS or codec == "cp950"))


_GB_CELLS = 0xA1


def judge_simplified(before: str, character: str, after: str) -> float:
    """A character of Chinese in its simplified form (GB 2312: the first half of it are 3,755 common ones)."""
    del after
    return _judge_wide(before, character, SIMPLIFIED, _table("gb2312", 0xB0, 0xD7))


def judge_traditional(before: str, character: str, after: str) -> float:
    """A character of Chinese in its full form (Big5: the first half of it are 5,401 common ones)."""
    del after
    return _judge_wide(before, character, TRADITIONAL, _table("cp950", 0xA4, 0xC6))


def judge_japanese(before: str, character: str, after: str) -> float:
    """Kana, which no Japanese text is without, and kanji (JIS X 0208: the first half of it are 2,965 common ones)."""
    del after
    if before.isascii() and before.islower():
        return WRONG
    if "ぁ" <= character <= "ゖ" or "ァ" <= character <= "ー":
        return RIGHT
    if "｡" <= character <= "ﾟ":
        return WRONG
    is_common = character in _table("euc_jp", 0xB0, 0xCF) or character in "、。「」・（）々"
    return POSSIBLE if is_common else DOUBTFUL


def judge_korean(before: str, character: str, after: str) -> float:
    """Syllables of Korean, of which a hundred are most of what is written."""
    del after
    if before.isascii() and before.islower():
        return WRONG
    if character in HANGUL:
        return RIGHT
    if character in _table("euc_kr", 0xB0, 0xC8):
        return POSSIBLE / 2
    return DOUBTFUL
