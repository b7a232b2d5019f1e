"""What is known of two texts beyond their fields, and the sentence that explains what was decided."""

from typing import NamedTuple

from pipelines.deduplicate.comparison import Comparison
from pipelines.deduplicate.judgements import Judged
from pipelines.deduplicate.rules import Rule, keeps_apart
from pipelines.deduplicate.summaries import Resemblance
from pipelines.deduplicate.texts import NONE
from pipelines.text import one_line

# How much of a title or summary a sentence quotes.
_QUOTED = 80


class Question(NamedTuple):
    """Two texts that a rule keeps apart though they look alike, or leaves to a person."""

    rule: Rule
    score: float
    left: int
    right: int


class TextEvidence:
    """Answers what clustering asks about texts, and words what is told of them."""

    def __init__(self, comparison: Comparison, judged: Judged) -> None:
        """Take how texts compare, and what a person decided."""
        self.comparison = comparison
        self._texts = comparison.texts
        self._apart = judged.apart

    def order(self, text: int) -> tuple[str, ...]:
        """The content of a text, by which ties are settled."""
        texts = self._texts
        return (
            _at(texts.dates, texts.date_label[text]),
            _at(texts.titles.folded, texts.title[text]),
            _at(texts.summaries.folded, texts.summary[text]),
            _at(texts.links, texts.link[text]),
        )

    def keeps_apart(self, left: int, right: int) -> bool:
        """Whether a person or a rule keeps two texts apart."""
        return self._judged_apart(left, right) or keeps_apart(self.comparison.likeness(left, right))

    def is_never_one(self, left: int, right: int) -> bool:
        """Whether two texts were judged to be two, or stand on one page."""
        return self._judged_apart(left, right) or self.comparison.on_one_page(left, right)

    def lacks(self, text: int, rule: Rule) -> bool:
        """Whether a text is without the field for whose sake a rule joins only where one document fits."""
        return self.comparison.lacks(text, rule.wants)

    def _judged_apart(self, left: int, right: int) -> bool:
        return (min(left, right), max(left, right)) in self._apart

    def sentence(self, says: str, left: int, right: int) -> str:
        """What a rule says of two texts, with their values."""
        texts = self._texts
        values = {
            "left_date": _at(texts.dates, texts.date[left]) or "undated",
            "right_date": _at(texts.dates, texts.date[right]) or "undated",
            "left_title": _quoted(_at(texts.titles.printed, texts.title[left])),
            "right_title": _quoted(_at(texts.titles.printed, texts.title[right])),
        }
        if "_summary" in says or "{summaries}" in says:
            resemblance = self.comparison.resemblance(left, right)
            values |= {
                "left_summary": _quoted(_at(texts.summaries.printed, texts.summary[left])),
                "right_summary": _quoted(_at(texts.summaries.printed, texts.summary[right])),
                "summaries": _agreement(resemblance),
            }
        if "_link" in says:
            values |= {
                "left_link": _at(texts.links, texts.link[left]),
                "right_link": _at(texts.links, texts.link[right]),
            }
        if "{only_" in says:
            difference = self.comparison.difference(left, right)
            if difference:
                values |= {
                    "only_left": " ".join(difference.left) or "none",
                    "only_right": " ".join(difference.right) or "none",
                }
        return says.format_map(values)


def _agreement(resemblance: Resemblance | None) -> str:
    """How two summaries agree, as the end of a sentence."""
    if resemblance is None:
        return "a summary is missing"
    if resemblance.relation == "equal":
        return "their summaries are the same"
    return f"of the words of the shorter summary {resemblance.share:.0%} stand in the longer"


def _at(values: list[str], code: int) -> str:
    return "" if code == NONE else values[code]


def _quoted(text: str) -> str:
    return f"“{one_line(text, _QUOTED)}”" if text else "nothing"
