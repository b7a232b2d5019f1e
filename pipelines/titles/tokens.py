"""A title as a string of letters, one for each word or mark: what kind of word it is, so that a grammar can read it.

The same idea as for the lines of a page. Titles that print other names in one way are one string, which is read once.
"""

import re
from collections.abc import Mapping
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pipelines.titles.lexicon import Lexicon

# Dates and numbers are read first; in their place stand these, as many as there were characters, so that places stay.
DATE, NUMBER = "\ue000", "\ue001"
# Initials (N., Yu.), abbreviations with their full stop, words (Te-huai, d'Aubrac), a possessive by itself, figures, and any one
# mark; each with the white space behind it, so that nothing is left out and places are sums of lengths.
_PIECES = re.compile(
    r"(?:[a-zA-Z]++(?=[ ,])|,"  # most words, found at once
    rf"|{DATE}++|{NUMBER}++"
    r"|[A-Z]{2,5}\([bBkK]\)"
    r"|(?:U\.S\.S\.R|U\.S|U\.N|U\.K|G\.D\.R|D\.P\.R\.K|P\.R\.C)\b\.?"
    r"|(?:[^\W\d_]|Yu|Zh|Ts|Ch|Kh|Sh|Ya|Ye|Iu|Ia|Dr|Lt|Mr|Ms|St|No|Nr|Jr|Sr|Cdes?|Coms?|Messrs|Gen|Col|Maj|Mrs|Amb|Capt|Prof|Dept|Sec)\.(?!\d)"
    r"|(?:[Pp]eople|[Ww]omen|[Mm]en|[Cc]hildren)['’]s\b|['’]s\b"
    r"|(?:[^\W\d_]{1,2}-?)?[0-9]++(?:[/.:–-][0-9A-Z]+)*+[^\W\d_]*+"
    r"|[^\W\d_]++(?:(?:-|['’‘ʼ`](?!s\b))[^\W\d_]++)*+(?:(?<=s)['’](?= [^\W\d_]))?"
    r"|\S|^)\s*+"
)
QUOTE, OPENING, CLOSING = '"', "“", "”"
_BEFORE_OPENING = frozenset(" \t\n([-–—,/")


class Tokens(NamedTuple):
    """A title in pieces, words and marks with the white space behind each; where each piece ends; and a letter for each."""

    text: str
    pieces: list[str]
    ends: list[int]
    letters: str

    def word(self, at: int) -> str:
        """A word without what stands behind it."""
        return self.pieces[at].rstrip()

    def start(self, at: int) -> int:
        """The place of a word's first character, from 0."""
        return self.ends[at - 1] if at else 0

    def end(self, at: int) -> int:
        """The place behind a word's last character."""
        return self.start(at) + len(self.word(at))

    def said(self, first: int, last: int) -> str:
        """The words from one to before another, as printed."""
        return self.text[self.start(first) : self.end(last - 1)]


def tokenize(text: str, lexicon: "Lexicon", title: str | None = None) -> Tokens:
    """Cut a text into words and marks, and look up the letter of each; `title` is the text before dates and numbers were masked."""
    pieces = _PIECES.findall(text)
    letters = lexicon.letters
    said = "".join([letters[piece] for piece in pieces])
    if not lexicon.first_words.isdisjoint(pieces):
        said = _with_pairs(pieces, said, lexicon.pairs)
    if QUOTE in said:
        said = _with_quotes(text, pieces, said)
    return Tokens(text if title is None else title, pieces, list(accumulate(map(len, pieces))), said)


def _with_pairs(pieces: list[str], said: str, pairs: Mapping[tuple[str, str], str]) -> str:
    """Letters of words that are something else together: North Korea."""
    marked = list(said)
    for at, (first, second) in enumerate(pairwise(pieces)):
        if letter := pairs.get((first, second.rstrip())):
            marked[at : at + 2] = letter * 2
    return "".join(marked)


def _with_quotes(text: str, pieces: list[str], said: str) -> str:
    """Quotation marks as opening or closing ones, by what stands around them, whatever their shape."""
    marked, first = list(said), 0
    for at, piece in enumerate(pieces):
        if said[at] == QUOTE:
            is_opening = (not first or text[first - 1] in _BEFORE_OPENING) and len(piece) == 1
            marked[at] = OPENING if is_opening and first + 1 < len(text) else CLOSING
        first += len(piece)
    return "".join(marked)
