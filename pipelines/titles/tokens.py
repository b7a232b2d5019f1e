"""A title as a string of letters, one for each word or mark: what kind of word it is, so that a grammar can read it.

The same idea as for the lines of a page. Titles that print other names in one way are one string, which is read once.
"""

import itertools
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pipelines.titles.lexicon import Lexicon

# Dates and numbers are read first; in their place stand these, as many as there were characters, so that places stay.
DATE, NUMBER = "\ue000", "\ue001"
# Initials (N., Yu.), abbreviations with their full stop, words (Te-huai, d'Aubrac), a possessive by itself, figures, and any one mark.
_TOKEN = re.compile(
    rf"{DATE}++|{NUMBER}++"
    r"|(?:U\.S\.S\.R|U\.S|U\.N|U\.K|G\.D\.R|D\.P\.R\.K|P\.R\.C)\b\.?"
    r"|(?:[^\W\d_]|Yu|Zh|Ts|Ch|Kh|Sh|Ya|Ye|Iu|Ia|Dr|Lt|Mr|Ms|St|No|Nr|Jr|Sr|Cde|Com|Gen|Col|Maj|Mrs|Amb|Capt|Prof|Dept|Sec)\.(?!\d)"
    r"|(?:[Pp]eople|[Ww]omen|[Mm]en|[Cc]hildren)['’]s\b|['’]s\b"
    r"|[^\W\d_]{0,2}[0-9]++(?:[/.:–-][0-9A-Z]+)*+[^\W\d_]*+"
    r"|[^\W\d_]++(?:(?:-|['’‘ʼ`](?!s\b))[^\W\d_]++)*+(?:(?<=s)['’](?= [^\W\d_]))?"
    r"|[^\s]"
)
_QUOTES = frozenset("'‘’\"“”«»„`")
_BEFORE_OPENING = frozenset(" \t\n([-–—,/")
OPENING, CLOSING = "“", "”"


class Tokens(NamedTuple):
    """A title, its words, the place of each (from 0, the end exclusive), and one letter for each."""

    text: str
    words: list[str]
    spans: list[tuple[int, int]]
    letters: str


def tokenize(text: str, lexicon: "Lexicon") -> Tokens:
    """Cut a text into words and marks, and look up the letter of each."""
    spans = [found.span() for found in _TOKEN.finditer(text)]
    words = [text[first:last] for first, last in spans]
    letters = lexicon.letters
    said = "".join([letters[word] for word in words])
    if not lexicon.first_words.isdisjoint(words):
        said = _with_pairs(words, said, lexicon.pairs)
    if not _QUOTES.isdisjoint(words):
        said = _with_quotes(text, words, spans, said)
    return Tokens(text, words, spans, said)


def _with_pairs(words: list[str], said: str, pairs: Mapping[tuple[str, str], str]) -> str:
    """Letters of words that are something else together: North Korea."""
    marked = list(said)
    for at, pair in enumerate(itertools.pairwise(words)):
        if letter := pairs.get(pair):
            marked[at : at + 2] = letter * 2
    return "".join(marked)


def _with_quotes(text: str, words: list[str], spans: list[tuple[int, int]], said: str) -> str:
    """Quotation marks as opening or closing ones, by what stands around them, whatever their shape."""
    marked = list(said)
    for at, (word, (first, last)) in enumerate(zip(words, spans, strict=True)):
        if word in _QUOTES:
            is_opening = (not first or text[first - 1] in _BEFORE_OPENING) and not text[last : last + 1].isspace()
            marked[at] = OPENING if is_opening and last < len(text) else CLOSING
    return "".join(marked)
