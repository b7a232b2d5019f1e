"""What a value was and what it is, beside each other, with the words marked that differ."""

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from markupsafe import Markup

from pipelines.report.shown import raw
from pipelines.wording import Word, differing_words

# Two values of more are not told on one line.
MOST_TOGETHER = 60


class Sides(NamedTuple):
    """Two texts beside each other, and whether both fit on a line."""

    before: Markup
    after: Markup
    is_short: bool


def against(before: str | None, after: str | None) -> Sides:
    """What a value was and what it is; of texts the words are marked that differ."""
    if before is None or after is None or " " not in before + after:
        return Sides(raw(before), raw(after), is_short=len(before or "") + len(after or "") <= MOST_TOGETHER)
    old, new = differing_words(before, after, is_exact=True)
    return Sides(_marked(old), _marked(new), is_short=False)


def _marked(words: Sequence[Word]) -> Markup:
    runs = groupby(words, key=lambda word: word.differs)
    shown = [(raw(" ".join(word.text for word in run)), differs) for differs, run in runs]
    return Markup(" ").join(
        Markup('<span class="differs">{}</span>').format(text) if differs else text for text, differs in shown
    )
