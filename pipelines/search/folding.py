"""Words as a search sees them: as identity does (`pipelines.text.fold`), and without accents."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import reduce
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.text import fold

# A folded text has two spaces between its words and at its ends, so that a word with a space on each side is found wherever it
# stands, also twice in a row.
BETWEEN = "  "
# What `fold` makes a space of, and most texts beyond ASCII owe it to.
_TYPOGRAPHY = "[’“”‘–—…\u00a0]"
# Letters that people without them on the keyboard write so; no accent of theirs can be taken off.
_WRITTEN = {"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ŧ": "t", "ı": "i", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe"}
# Texts of these letters alone are folded by whole columns: Latin, Cyrillic and Chinese, of which Arrow makes what `fold` does. These three
# are Arrow's regular expressions, which are linear.
_PLAIN = r"^[\x00-\x7fÀ-ÖØ-öø-ɏЀ-ӿ一-鿿]*$"
_MARKS = r"\p{M}+"
_WORD = re.compile("[^ ]++")
_NO_WORD = r"[^\p{L}\p{N}]+"


class Placed(NamedTuple):
    """A word as a search sees it, and the characters of the text that it stands for."""

    word: str
    first: int
    end: int


def words_of(text: str) -> list[str]:
    """The words of a text.

    >>> words_of("Łódź – Café No. 8/1")
    ['lodz', 'cafe', 'no', '8', '1']
    """
    return _without_marks(fold(text)).split()


def placed_words(text: str) -> Iterator[Placed]:
    """The same words with their places in the text, character by character.

    >>> [text for text in placed_words("No. 8½")]
    [Placed(word='no', first=0, end=2), Placed(word='8', first=4, end=5), Placed(word='1', first=5, end=6), Placed(word='2', first=5, end=6)]
    """
    shown = [_shown(character) for character in text]
    places = [at for at, part in enumerate(shown) for _ in part]
    for found in _WORD.finditer("".join(shown)):
        yield Placed(found[0], places[found.start()], places[found.end() - 1] + 1)


def _shown(character: str) -> str:
    """What a character is in a folded text: letters and digits, a space, or nothing, where it is invisible or an accent."""
    category = unicodedata.category(character)
    if category == "Cf" or category[0] == "M":
        return ""
    words = " ".join(words_of(character))
    return f" {words} " if category == "No" else words or " "


def folded(texts: pa.ChunkedArray) -> pa.Array:
    """Each text as its words, with two spaces between them and at both ends; a null has none."""
    lines = pc.fill_null(texts, "").combine_chunks()
    others = pc.invert(pc.string_is_ascii(lines))
    beyond = pc.replace_substring_regex(lines.filter(others), _TYPOGRAPHY, " ")
    is_easy = pc.match_substring_regex(beyond, _PLAIN)
    hard = [BETWEEN + BETWEEN.join(words_of(text)) + BETWEEN for text in beyond.filter(pc.invert(is_easy)).to_pylist()]
    found = pc.replace_with_mask(_at_once(_without_accents(beyond)), pc.invert(is_easy), pa.array(hard, pa.string()))
    return pc.replace_with_mask(_at_once(lines), others, found)


def may_have(texts: pa.ChunkedArray, asked: Sequence[Sequence[str]]) -> pa.Array:
    """For each text whether it is worth folding: whether all words of one of those asked for may be in it, as parts of words or whole.

    What folding does to a text beyond ASCII is not foreseen, so each of those may have everything.
    """
    lines = pc.fill_null(texts, "").combine_chunks()
    others = pc.invert(pc.string_is_ascii(lines))
    rough = pc.replace_with_mask(lines, others, pc.replace_substring_regex(lines.filter(others), _TYPOGRAPHY, " "))
    is_worth = pc.invert(pc.string_is_ascii(rough))
    lowered = pc.ascii_lower(rough)
    for words in asked:
        is_worth = pc.or_(is_worth, reduce(pc.and_, (pc.match_substring(lowered, word) for word in words)))
    return is_worth


def _at_once(texts: pa.Array) -> pa.Array:
    """Texts of plain letters without accents: what is no letter and no digit parts words."""
    ended = pc.binary_join_element_wise(" ", pc.utf8_lower(texts), " ", "")
    return pc.replace_substring_regex(ended, _NO_WORD, BETWEEN)


def _without_accents(texts: pa.Array) -> pa.Array:
    """Texts of plain letters in lower case, without accents."""
    lowered = pc.utf8_lower(pc.replace_substring_regex(pc.utf8_normalize(texts, "NFKD"), _MARKS, ""))
    written = {"ß": "ss", **_WRITTEN}  # which `fold` makes of it
    return reduce(lambda found, letter: pc.replace_substring(found, letter, written[letter]), written, lowered)


class _Unmarked(dict[int, str]):
    """What each character is without accents, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        self[code] = found = "" if unicodedata.category(character)[0] == "M" else _WRITTEN.get(character, character)
        return found


_UNMARKED = _Unmarked()


def _without_marks(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFD", text).translate(_UNMARKED)
