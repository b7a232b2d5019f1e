"""What clustering asks about texts, beyond how two of them compare."""

from collections.abc import Collection

from pipelines.deduplicate.comparison import Comparison
from pipelines.deduplicate.judgements import Judged, pair_of
from pipelines.deduplicate.rules import Rule, keeps_apart
from pipelines.deduplicate.texts import NONE


class TextEvidence:
    """Answers from how texts compare, and from what a person decided."""

    def __init__(self, comparison: Comparison, judged: Judged, known_apart: Collection[tuple[int, int]] = ()) -> None:
        """Take how texts compare and what was judged; `known_apart` are pairs that a rule was seen to keep apart."""
        self._comparison = comparison
        self._judged_apart = judged.apart
        self._known_apart = known_apart

    def order(self, text: int) -> tuple[str, ...]:
        """The content of a text, by which ties are settled."""
        texts = self._comparison.texts
        return (
            _at(texts.dates, texts.date_label[text]),
            _at(texts.titles.folded, texts.title[text]),
            _at(texts.summaries.folded, texts.summary[text]),
            _at(texts.links, texts.link[text]),
        )

    def keeps_apart(self, left: int, right: int) -> bool:
        """Whether a person or a rule keeps two texts apart."""
        pair = pair_of(left, right)
        if pair in self._judged_apart or pair in self._known_apart:
            return True
        return keeps_apart(self._comparison.compare(*pair).likeness)

    def is_never_one(self, left: int, right: int) -> bool:
        """Whether two texts were judged to be two, or stand on one page."""
        pair = pair_of(left, right)
        return pair in self._judged_apart or self._comparison.on_one_page(left, right)

    def lacks(self, text: int, rule: Rule) -> bool:
        """Whether a text is without the field for whose sake a rule joins only where one document fits."""
        return self._comparison.lacks(text, rule.wants)


def _at(values: list[str], code: int) -> str:
    return "" if code == NONE else values[code]
