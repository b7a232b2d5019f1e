"""How two texts compare, field by field."""

from collections.abc import Iterator
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from pipelines.addresses import are_comparable
from pipelines.deduplicate.rules import (
    LONG,
    TELLING,
    DateRelation,
    Likeness,
    LinkRelation,
    SummaryRelation,
    TitleRelation,
)
from pipelines.deduplicate.summaries import (
    FEWEST_TELLING_WORDS,
    Resemblance,
    compare_summaries,
    is_telling,
    telling_words,
)
from pipelines.deduplicate.texts import NONE, Codes, Texts
from pipelines.titles import Difference, Title, difference_between, read_title

# Documents of one month or year are many, and so are those of one pair of correspondents: there, and under another heading,
# the shorter summary must hold this much of the longer one as well.
LEAST_COVER = 0.4
# No two documents share a summary with this many telling words word for word, unless it was a circular.
LONG_SUMMARY_WORDS = 8
# A title of the author's own, of this many words or more, says what a summary would; one that an archivist made of kind
# and persons (Cable, Mao to Stalin) is a formula that many documents share.
LONG_TITLE_WORDS = 3
# Pairs that are held as Python values at one time.
_PAIRS_AT_ONCE = 50_000

_DATE_RELATIONS: tuple[DateRelation, ...] = ("equal", "within", "missing", "apart")
_DATE_AGREES = {"equal": 1.0, "within": 0.5, "apart": 0.0}
_TITLE_AGREES = {"equal": 1.0, "spelled": 0.9, "retitled": 0.7, "extended": 0.7, "unsure": 0.6, "swapped": 0.5}
_COMPARABLE_TITLES = frozenset({"equal", "spelled", "retitled", "extended", "unsure"})
_EQUAL_TITLES = Difference("equal")
_EQUAL_SUMMARIES = Resemblance("equal", 1.0, 1.0)


class Compared(NamedTuple):
    """Two texts, how they compare, and what their words said."""

    left: int
    right: int
    likeness: Likeness
    difference: Difference | None
    resemblance: Resemblance | None

    @property
    def score(self) -> float:
        """How much of what both print agrees, 0 to 1: the mean over the fields that both have."""
        parts = []
        if self.likeness.dates != "missing":
            parts.append(_DATE_AGREES[self.likeness.dates])
        if self.likeness.titles != "missing":
            parts.append(_TITLE_AGREES.get(self.likeness.titles, 0.0))
        if self.resemblance is not None:
            parts.append(self.resemblance.share)
        return round(sum(parts) / len(parts), 4) if parts else 0.0


class _Pair(NamedTuple):
    """Two texts, with the codes of their fields; `date` is an index of `_DATE_RELATIONS`."""

    left: int
    right: int
    date: int
    is_day: bool
    title: int
    other_title: int
    summary: int
    other_summary: int
    links: LinkRelation
    on_one_page: bool


class Comparison:
    """Compares texts by their numbers."""

    def __init__(self, texts: Texts, pages: Codes) -> None:
        """Take texts, and the page of each of their entries."""
        self.texts = texts
        self._readings: dict[int, Title] = {}
        self._differences: dict[tuple[int, int], Difference] = {}
        self._likenesses: dict[Likeness, Likeness] = {}
        order = np.argsort(texts.of_entry, kind="stable")
        self._pages = pages[order]
        self._first_page = np.searchsorted(texts.of_entry[order], np.arange(len(texts) + 1))

    def compare(self, left: int, right: int) -> Compared:
        """Compare two texts."""
        return next(self.compare_all(np.array([left]), np.array([right])))

    def compare_all(self, left: Codes, right: Codes) -> Iterator[Compared]:
        """Compare texts pair by pair, in the order given."""
        texts = self.texts
        for first in range(0, len(left), _PAIRS_AT_ONCE):
            one, other = left[first : first + _PAIRS_AT_ONCE], right[first : first + _PAIRS_AT_ONCE]
            fields = (
                one, other, self._dates(one, other), texts.is_day[one] & texts.is_day[other],
                texts.title[one], texts.title[other], texts.summary[one], texts.summary[other],
                self._links(one, other), self._on_one_page(one, other),
            )  # fmt: skip
            self._read(texts.title[np.concatenate((one, other))])
            yield from map(self._compare, map(_Pair._make, zip(*(field.tolist() for field in fields), strict=True)))
            self._differences.clear()

    def forget(self) -> None:
        """Let go of the titles that were read; those asked for again are read again."""
        self._readings.clear()

    def lacks(self, text: int, field: Literal["summary", "title", "date", "day"] | None) -> bool:
        """Whether a text is without a field, or without one that tells enough."""
        match field:
            case "summary":
                summary = self.texts.summary[text]
                return bool(summary == NONE) or not is_telling(self.texts.summaries.folded[summary])
            case "title":
                return bool(self.texts.title[text] == NONE)
            case "date":
                return bool(self.texts.date[text] == NONE)
            case "day":
                return not self.texts.is_day[text]
            case None:
                return False

    def _compare(self, pair: _Pair) -> Compared:
        left, right, date, is_day, title, other_title, summary, other_summary, links, on_one_page = pair
        dates = _DATE_RELATIONS[date]
        difference = self._difference(title, other_title)
        if dates == "apart" and not (title == other_title or summary == other_summary):
            difference = _OTHER_TITLES  # two texts of two dates are worth a word only where another field is equal
        titles: TitleRelation = difference.relation if difference else "missing"
        resemblance, summaries = self._summaries(summary, other_summary, difference, is_day=is_day)
        telling = self._telling(title, other_title) if titles in ("equal", "spelled", "extended") else 0
        likeness = Likeness(dates, is_day and dates == "equal", titles, telling, summaries, links, on_one_page)
        likeness = self._likenesses.setdefault(likeness, likeness)  # few are distinct
        return Compared(left, right, likeness, difference, resemblance)

    def _dates(self, left: Codes, right: Codes) -> Codes:
        """The relation of two dates, as an index of `_DATE_RELATIONS`."""
        texts = self.texts
        one, other = texts.date[left], texts.date[right]
        overlap = (texts.date_start[left] <= texts.date_end[right]) & (texts.date_start[right] <= texts.date_end[left])
        return np.select([(one == NONE) | (other == NONE), one == other, overlap], [2, 0, 1], 3)

    def _difference(self, title: int, other: int) -> Difference | None:
        """How two titles differ, seen from the first; None where one is missing."""
        if NONE in (title, other):
            return None
        if title == other:
            return _EQUAL_TITLES
        found = self._differences.get((title, other))
        if found is None:
            one, two = self._readings[title], self._readings[other]
            # In one order, whichever is asked for, so that nothing depends on it.
            found = difference_between(one, two) if one.words <= two.words else difference_between(two, one).turned()
            self._differences[title, other] = found
            self._differences[other, title] = found.turned()
        return found

    def _read(self, titles: Codes) -> None:
        """Have titles read, each once."""
        wanted = [title for title in set(titles.tolist()) if title != NONE and title not in self._readings]
        if not wanted:
            return
        self._readings |= zip(
            wanted, map(read_title, self.texts.titles.printed(np.array(wanted, np.int64))), strict=True
        )

    def _telling(self, title: int, other: int) -> int:
        """What the shorter of two like titles says."""
        reading = min(self._readings[title], self._readings[other], key=lambda reading: len(reading.words))
        if len(reading.words) >= LONG_TITLE_WORDS and not reading.kinds:
            return LONG
        return TELLING if reading.words else 0

    def _summaries(
        self, summary: int, other: int, difference: Difference | None, *, is_day: bool
    ) -> tuple[Resemblance | None, SummaryRelation]:
        """How two summaries compare, and what the rules should know of it."""
        if NONE in (summary, other):
            return None, "missing"
        folded = self.texts.summaries.folded
        if summary == other:
            words = telling_words(folded[summary])
            is_said = words >= FEWEST_TELLING_WORDS or difference is _EQUAL_TITLES
            return _EQUAL_SUMMARIES, "long" if words >= LONG_SUMMARY_WORDS else "equal" if is_said else "bare"
        if difference and difference.relation not in _COMPARABLE_TITLES:
            return None, "partial" if difference.rest_agrees else "apart"
        one, two = folded[summary], folded[other]
        resemblance = compare_summaries(one, two) if one <= two else compare_summaries(two, one)
        if resemblance.relation == "close":
            if difference is not _EQUAL_TITLES and not (is_telling(one) and is_telling(two)):
                return resemblance, "bare"
            is_doubtful = not is_day or (difference is not None and difference.relation in ("retitled", "extended"))
            if is_doubtful and resemblance.cover < LEAST_COVER:
                return resemblance, "partial"
        return resemblance, resemblance.relation

    def _links(self, left: Codes, right: Codes) -> npt.NDArray[np.object_]:
        """Whether two texts lead to one document."""
        relations = np.full(len(left), "unknown", object)
        one, other = self.texts.link[left], self.texts.link[right]
        names = self.texts.links
        for at in np.flatnonzero((one != NONE) & (other != NONE)):
            if one[at] == other[at]:
                relations[at] = "same"
            elif are_comparable(names[one[at]], names[other[at]]):
                relations[at] = "other"
        return relations

    def _on_one_page(self, left: Codes, right: Codes) -> npt.NDArray[np.bool_]:
        """Whether a page lists both."""
        first, count = self._first_page, np.diff(self._first_page)
        shared: npt.NDArray[np.bool_] = self._pages[first[left]] == self._pages[first[right]]
        for at in np.flatnonzero(~shared & ((count[left] > 1) | (count[right] > 1))):
            shared[at] = self.on_one_page(int(left[at]), int(right[at]))
        return shared

    def on_one_page(self, left: int, right: int) -> bool:
        """Whether a page lists both texts."""
        first = self._first_page
        ours, theirs = self._pages[first[left] : first[left + 1]], self._pages[first[right] : first[right + 1]]
        return not set(ours.tolist()).isdisjoint(theirs.tolist())


_OTHER_TITLES = Difference("replaced")
