"""How two texts compare, field by field, and what the rules say of them."""

from collections.abc import Sequence
from typing import Literal

from pipelines.deduplicate.links import are_comparable
from pipelines.deduplicate.rules import (
    LONG,
    TELLING,
    DateRelation,
    Likeness,
    LinkRelation,
    Rule,
    SummaryRelation,
    TitleRelation,
    decide,
)
from pipelines.deduplicate.summaries import Resemblance, compare_summaries, is_telling, telling_words
from pipelines.deduplicate.texts import NONE, Texts
from pipelines.titles import Difference, compare_titles, read_title

# Documents of one month or year are many: there the shorter summary must hold this much of the longer one as well.
LEAST_COVER_WITHOUT_DAY = 0.5
# No two documents share a summary with this many telling words word for word, unless it was a circular.
LONG_SUMMARY_WORDS = 12
# A title of the author's own, of this many words or more, says what a summary would; one that an archivist made of kind
# and persons (Cable, Mao to Stalin) is a formula that many documents share.
LONG_TITLE_WORDS = 4
_DATE_AGREES = {"equal": 1.0, "within": 0.5, "apart": 0.0}
_TITLE_AGREES = {"equal": 1.0, "spelled": 0.9, "retitled": 0.7, "extended": 0.7, "unsure": 0.6, "swapped": 0.5}
_EQUAL_TITLES = Difference("equal")
_EQUAL_SUMMARIES = Resemblance("equal", 1.0, 1.0)


class Comparison:
    """Compares texts by their numbers; what each holds is at hand as plain lists."""

    def __init__(self, texts: Texts, pages: Sequence[int | tuple[int, ...]]) -> None:
        """Take texts, and for each the page or the pages that list it."""
        self.texts = texts
        self._pages = pages
        self._date, self._title = texts.date.tolist(), texts.title.tolist()
        self._summary, self._link = texts.summary.tolist(), texts.link.tolist()
        self._start, self._end = texts.date_start.tolist(), texts.date_end.tolist()
        self._is_day = texts.is_day.tolist()

    def likeness(self, left: int, right: int) -> Likeness:
        """How two texts compare; fields that no rule will ask for are not looked into."""
        dates = self._dates(left, right)
        summaries_equal = self._summary[left] == self._summary[right] != NONE
        if dates == "apart" and not (summaries_equal or self._title[left] == self._title[right]):
            titles: TitleRelation = "replaced"  # two texts of two dates are worth a word only where another field is equal
        else:
            titles = self._titles(left, right)
        return Likeness(
            dates, self._is_day[left] and dates == "equal", titles, self._telling(left, right) if titles in ("equal", "spelled", "extended") else 0,
            self._summaries(left, right, titles), self._links(left, right), self.on_one_page(left, right),
        )  # fmt: skip

    def on_one_page(self, left: int, right: int) -> bool:
        """Whether a page lists both."""
        one, other = self._pages[left], self._pages[right]
        if isinstance(one, int):
            return one == other if isinstance(other, int) else one in other
        return other in one if isinstance(other, int) else not set(one).isdisjoint(other)

    def lacks(self, text: int, field: Literal["summary", "title", "date", "day"] | None) -> bool:
        """Whether a text is without a field, or without one that tells enough."""
        match field:
            case "summary":
                summary = self._summary[text]
                return summary == NONE or not is_telling(self.texts.summaries.folded[summary])
            case "title":
                return self._title[text] == NONE
            case "date":
                return self._date[text] == NONE
            case "day":
                return not self._is_day[text]
            case None:
                return False

    def score(self, pair: Likeness, left: int, right: int) -> float:
        """How much of what both print agrees, 0 to 1: the mean over the fields that both have."""
        parts = []
        if pair.dates != "missing":
            parts.append(_DATE_AGREES[pair.dates])
        if pair.titles != "missing":
            parts.append(_TITLE_AGREES.get(pair.titles, 0.0))
        resemblance = self.resemblance(left, right)
        if resemblance is not None:
            parts.append(resemblance.share)
        return round(sum(parts) / len(parts), 4) if parts else 0.0

    def rule(self, left: int, right: int) -> Rule | None:
        """The rule that decides two texts."""
        return decide(self.likeness(left, right))

    def difference(self, left: int, right: int) -> Difference | None:
        """How the titles differ; None where one is missing."""
        one, other = self._title[left], self._title[right]
        if one == NONE or other == NONE:
            return None
        if one == other:
            return _EQUAL_TITLES
        printed = self.texts.titles.printed
        return compare_titles(*sorted((printed[one], printed[other])))

    def resemblance(self, left: int, right: int) -> Resemblance | None:
        """How the summaries compare; None where one is missing."""
        one, other = self._summary[left], self._summary[right]
        if one == NONE or other == NONE:
            return None
        if one == other:
            return _EQUAL_SUMMARIES
        folded = self.texts.summaries.folded
        return compare_summaries(*sorted((folded[one], folded[other])))

    def _dates(self, left: int, right: int) -> DateRelation:
        one, other = self._date[left], self._date[right]
        if one == NONE or other == NONE:
            return "missing"
        if one == other:
            return "equal"
        if self._start[left] <= self._end[right] and self._start[right] <= self._end[left]:
            return "within"
        return "apart"

    def _titles(self, left: int, right: int) -> TitleRelation:
        difference = self.difference(left, right)
        return difference.relation if difference else "missing"

    def _telling(self, left: int, right: int) -> int:
        """What the shorter of two like titles says."""
        printed = self.texts.titles.printed
        title = min((read_title(printed[self._title[text]]) for text in (left, right)), key=lambda title: len(title.words))
        if len(title.words) >= LONG_TITLE_WORDS and not title.kinds:
            return LONG
        return TELLING if title.words else 0

    def _summaries(self, left: int, right: int, titles: TitleRelation) -> SummaryRelation:
        one, other = self._summary[left], self._summary[right]
        if one == NONE or other == NONE:
            return "missing"
        if one != other and titles not in ("equal", "spelled", "retitled", "extended", "unsure", "missing"):
            return "partial" if titles != "replaced" and self._rest_agrees(left, right) else "apart"
        resemblance = self.resemblance(left, right)
        assert resemblance
        if one == other and telling_words(self.texts.summaries.folded[one]) >= LONG_SUMMARY_WORDS:
            return "long"
        if titles != "equal" and resemblance.relation in ("equal", "close") and not self._tells(left, right):
            return "bare"
        if resemblance.relation == "close" and resemblance.cover < LEAST_COVER_WITHOUT_DAY and not self._is_day[left]:
            return "partial"
        return resemblance.relation

    def _rest_agrees(self, left: int, right: int) -> bool:
        """Whether two titles in conflict are alike but for what is in conflict."""
        difference = self.difference(left, right)
        return difference is not None and difference.rest_agrees

    def _tells(self, left: int, right: int) -> bool:
        """Whether both summaries say enough to tell two documents apart."""
        folded = self.texts.summaries.folded
        return is_telling(folded[self._summary[left]]) and is_telling(folded[self._summary[right]])

    def _links(self, left: int, right: int) -> LinkRelation:
        one, other = self._link[left], self._link[right]
        if one == NONE or other == NONE:
            return "unknown"
        if one == other:
            return "same"
        links = self.texts.links
        return "other" if are_comparable(links[one], links[other]) else "unknown"
