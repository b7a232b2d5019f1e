"""Text from raw on a terminal: never markup, never control characters, with the words marked that differ."""

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from rapidfuzz.distance import LCSseq
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pipelines.text import fold, one_line

# More of a text than this is not shown on a terminal; the tables hold all of it.
MOST_CHARACTERS = 2_000


class Word(NamedTuple):
    """A word of a text, and whether the text that it was compared with lacks it there."""

    text: str
    differs: bool


def plain(text: str, style: str = "") -> Text:
    """Text from raw, control characters shown."""
    return Text(one_line(text, MOST_CHARACTERS), style=style)


def differing_words(one: str, other: str, *, is_exact: bool = False) -> tuple[list[Word], list[Word]]:
    """The words of two texts, those marked that only one has; typography counts only where it is exact.

    It takes the longest common subsequence, not difflib's matching blocks, which two texts made for it keep busy for minutes.

    >>> [word.text for word in differing_words("Mao asks for a loan", "Mao asks for aid")[0] if word.differs]
    ['a', 'loan']
    """
    ours, theirs = (one_line(text, MOST_CHARACTERS).split(" ") for text in (one, other))
    operations = LCSseq.opcodes(
        *([word if is_exact else fold(word) or word for word in side] for side in (ours, theirs))
    )
    left: list[Word] = []
    right: list[Word] = []
    for operation in operations:
        differs = operation.tag != "equal"
        left += [Word(word, differs) for word in ours[operation.src_start : operation.src_end]]
        right += [Word(word, differs) for word in theirs[operation.dest_start : operation.dest_end]]
    return left, right


def marked(words: Sequence[Word], style: str) -> Text:
    """Words as one text, in which those that differ have a style."""
    runs = [
        Text(" ".join(word.text for word in run), style if differs else "")
        for differs, run in groupby(words, key=lambda word: word.differs)
    ]
    return Text(" ").join(runs)


class Sheet:
    """Writes lines to standard output: wrapped under their indent on a terminal, each on one line elsewhere."""

    def __init__(self, console: Console | None = None) -> None:
        """Take a console, or the one of standard output."""
        self.console = console or Console(highlight=False, markup=False, emoji=False)

    def line(self, text: str | Text | Table = "", style: str = "", indent: int = 0) -> None:
        """Write a line; of a plain string control characters are shown."""
        shown = plain(text, style) if isinstance(text, str) else text
        if not shown:
            self.console.print()
        elif isinstance(shown, Table) or self.console.is_terminal:
            self.console.print(Padding(shown, (0, 0, 0, indent), expand=False))
        else:
            self.console.print(Text(" " * indent).append_text(shown), soft_wrap=True)
