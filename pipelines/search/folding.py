"""Words as a search sees them: as identity does (`pipelines.text.fold`), and without accents."""

import re
import unicodedata
from collections.abc import Iterator
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
_WRITTEN_CODES = str.maketrans(_WRITTEN)
# Texts of these letters alone are folded by whole columns: Latin, Cyrillic and Chinese, of which Arrow makes what `fold` does; those of
# the second line it does not know. These four are Arrow's regular expressions, which are linear.
_PLAIN = r"^[\x00-\x7fÀ-ÖØ-öø-ɏЀ-ӿ一-鿿]*$"
_SINGLE = f"[ßǢǣǼǽǾǿ{''.join(_WRITTEN)}{''.join(_WRITTEN).upper()}]"
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


def folded(texts: pa.ChunkedArray) -> pa.ChunkedArray:
    """Each text as its words, with two spaces between them and at both ends; a null has none."""
    filled = pc.fill_null(texts, "")
    is_ascii = pc.string_is_ascii(filled)
    if pc.all(is_ascii, min_count=0).as_py():
        return _folded_at_once(filled)
    letters = pc.if_else(is_ascii, filled, pc.replace_substring_regex(filled, _TYPOGRAPHY, " "))
    is_plain = pc.and_not(pc.match_substring_regex(letters, _PLAIN), pc.match_substring_regex(letters, _SINGLE))
    at_once = _folded_at_once(pc.replace_substring_regex(pc.utf8_normalize(letters, "NFKD"), _MARKS, ""))
    if pc.all(is_plain, min_count=0).as_py():
        return at_once
    one_by_one = [
        BETWEEN + BETWEEN.join(words_of(text)) + BETWEEN for text in filled.filter(pc.invert(is_plain)).to_pylist()
    ]
    return pc.replace_with_mask(
        at_once.combine_chunks(), pc.invert(is_plain).combine_chunks(), pa.array(one_by_one, pa.string())
    )


def _folded_at_once(texts: pa.ChunkedArray) -> pa.ChunkedArray:
    """Texts of plain letters without accents: what is no letter and no digit parts words."""
    ended = pc.binary_join_element_wise(" ", pc.utf8_lower(texts), " ", "")
    return pc.replace_substring_regex(ended, _NO_WORD, BETWEEN)


def _without_marks(text: str) -> str:
    if text.isascii():
        return text
    parts = unicodedata.normalize("NFD", text)
    return "".join(c for c in parts if unicodedata.category(c)[0] != "M").translate(_WRITTEN_CODES)
