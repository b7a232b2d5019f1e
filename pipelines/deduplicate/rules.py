"""The rules, in their order: the first that holds for two texts decides.

Nothing here weighs: what differs decides, not how much differs. Rules that keep apart come first, for no likeness
outweighs another telegram number. Where a field is missing the bar rises: such a rule joins only where exactly one
document fits. What no rule speaks of is unlike, and stays apart without a word. docs/matching.md has an example of each.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Literal, NamedTuple

from pipelines.titles import Relation

Decision = Literal["same", "different", "review"]
# `within`: one date is the month or year of the other.
DateRelation = Literal["equal", "within", "missing", "apart"]
TitleRelation = Relation | Literal["missing"]
# `long`: equal, and so long that no two documents share it; `close`: as good as equal; `contrary`: close, but for a figure or a
# denial; `bare`: they agree, but say too little to tell two documents apart; `missing`: one or both lack it.
SummaryRelation = Literal["long", "equal", "close", "partial", "apart", "contrary", "bare", "missing"]
LinkRelation = Literal["same", "other", "unknown"]


class Likeness(NamedTuple):
    """How two texts compare, field by field.

    `telling` is what two like titles say, or the shorter of them: 0 a kind of document alone (`Letter`), 1 who or what, 2 a long
    title of the document's own, which says what a summary would. `is_day`: both dates are one day.
    """

    dates: DateRelation
    is_day: bool
    titles: TitleRelation
    telling: int
    summaries: SummaryRelation
    links: LinkRelation
    on_one_page: bool


class Rule(NamedTuple):
    """A named rule: what it decides, when it holds, and the sentence that explains it, with the values in braces.

    `wants`: a field that one of the two lacks; such a rule joins only where one document fits.
    `takes_best`: a text that fits two documents equally well joins one; by all other rules it joins neither.
    """

    name: str
    decision: Decision
    holds: Callable[[Likeness], bool]
    says: str
    wants: Literal["summary", "title", "date", "day"] | None = None
    takes_best: bool = False


TELLING, LONG = 1, 2
_ALIKE = ("equal", "spelled")
_RELATED = ("equal", "spelled", "retitled", "extended")
_AGREE = ("long", "equal", "close")
_SILENT = ("bare", "missing")
_ONE_FITS = " and no other document fits."
_TITLES = "{left_title} / {right_title}"

RULES = (
    # One link, and a contradiction: somebody erred.
    Rule("link_disputed", "review",
         lambda pair: pair.links == "same" and (pair.dates == "apart" or pair.titles in ("other_number", "swapped")),
         f"Both lead to {{left_link}}, but date or title contradict: {{left_date}}, {{right_date}}; {_TITLES}."),

    # What alone makes two documents.
    Rule("other_link", "different",
         lambda pair: pair.links == "other",
         "They lead to two documents: {left_link} / {right_link}."),
    Rule("other_date", "different",
         lambda pair: pair.dates == "apart",
         "They agree in title and summary but are of two dates: {left_date} / {right_date}."),
    Rule("other_number", "different",
         lambda pair: pair.titles == "other_number",
         f"Their titles bear other numbers, {{only_left}} / {{only_right}}: {_TITLES}."),
    Rule("other_date_in_title", "different",
         lambda pair: pair.titles == "other_date",
         f"Their titles name other dates, {{only_left}} / {{only_right}}: {_TITLES}."),
    Rule("swapped", "different",
         lambda pair: pair.titles == "swapped",
         f"Sender and receiver are exchanged: {_TITLES}."),
    Rule("other_sender", "different",
         lambda pair: pair.titles == "other_sender",
         f"They have other senders, {{only_left}} / {{only_right}}: {_TITLES}."),
    Rule("other_receiver", "different",
         lambda pair: pair.titles == "other_receiver",
         f"They have other receivers, {{only_left}} / {{only_right}}: {_TITLES}."),
    Rule("other_part", "different",
         lambda pair: pair.titles == "other_part",
         f"One is another part or state of a document, {{only_left}} / {{only_right}}: {_TITLES}."),
    Rule("one_page", "different",
         lambda pair: pair.on_one_page,
         f"One page lists both, and a page lists a document once: {_TITLES}."),

    # What alone makes one.
    Rule("same_link", "same",
         lambda pair: pair.links == "same",
         "Both lead to {left_link}."),

    # Summaries that contradict.
    Rule("summaries_differ", "review",
         lambda pair: pair.dates == "equal" and pair.titles in _RELATED and (
             pair.summaries == "apart"
             or (pair.summaries == "partial" and not (pair.titles in _ALIKE and pair.telling == LONG))),
         "Both are dated {left_date} and titled {left_title}, but {summaries}: {left_summary} / {right_summary}."),
    Rule("summaries_contradict", "review",
         lambda pair: pair.dates != "apart" and pair.titles in _RELATED and pair.summaries == "contrary",
         "Date and title agree, but the summaries contradict each other: {left_summary} / {right_summary}."),
    Rule("other_summary", "different",
         lambda pair: pair.summaries in ("apart", "contrary"),
         "Their summaries tell of other things: {left_summary} / {right_summary}."),

    # One date, and both summaries agree.
    Rule("same_date_and_title", "same",
         lambda pair: pair.dates == "equal" and pair.titles == "equal" and pair.summaries in _AGREE,
         "Both are dated {left_date}, their titles are the same once typography is folded, and {summaries}."),
    Rule("same_date_and_long_title", "same",
         lambda pair: pair.dates == "equal" and pair.titles in _ALIKE and pair.summaries == "partial",
         "Both are dated {left_date} and share a long title of their own, {left_title}, and {summaries}."),
    Rule("respelled_title", "same",
         lambda pair: pair.dates == "equal" and pair.titles == "spelled" and pair.summaries in _AGREE,
         f"Both are dated {{left_date}}, their titles differ in spelling alone, {_TITLES}, and {{summaries}}.",
         takes_best=True),
    Rule("retitled", "same",
         lambda pair: pair.dates == "equal" and pair.titles == "retitled" and pair.summaries in _AGREE,
         f"Both are dated {{left_date}}, two headings name the same persons or things, {_TITLES}, and {{summaries}}."),
    Rule("extended_title", "same",
         lambda pair: pair.dates == "equal" and pair.titles == "extended" and pair.summaries in _AGREE
         and (pair.is_day or pair.telling == LONG),
         f"Both are dated {{left_date}}, one title says more than the other, {_TITLES}, and {{summaries}}."),
    Rule("same_long_summary", "same",
         lambda pair: pair.dates == "equal" and pair.is_day and pair.titles == "replaced" and pair.summaries == "long",
         f"Both are dated {{left_date}} and share a long summary word for word, under other titles: {_TITLES}."),

    # A field is missing: only where one document fits.
    Rule("summary_missing", "same",
         lambda pair: pair.dates == "equal" and pair.titles == "equal" and pair.telling >= TELLING
         and pair.summaries in _SILENT,
         "Both are dated {left_date} and titled {left_title}; a summary is missing," + _ONE_FITS, wants="summary"),
    Rule("respelled_without_summary", "same",
         lambda pair: pair.dates == "equal" and pair.is_day and pair.titles == "spelled" and pair.summaries in _SILENT,
         f"Both are dated {{left_date}}, their titles differ in spelling alone, {_TITLES}; a summary is missing,"
         + _ONE_FITS, wants="summary"),
    Rule("title_missing", "same",
         lambda pair: pair.dates == "equal" and pair.is_day and pair.titles == "missing" and pair.summaries in _AGREE,
         "Both are dated {left_date}, and {summaries}; a title is missing," + _ONE_FITS, wants="title"),
    Rule("date_missing", "same",
         lambda pair: pair.dates == "missing" and pair.titles in _ALIKE and pair.summaries in _AGREE,
         f"Their titles agree, {_TITLES}, and {{summaries}}; a date is missing," + _ONE_FITS, wants="date"),
    Rule("coarser_date", "same",
         lambda pair: pair.dates == "within" and pair.titles in _ALIKE and pair.summaries in _AGREE,
         f"One date holds the other, {{left_date}} / {{right_date}}, their titles agree, {_TITLES}, and {{summaries}};"
         " only one is a day," + _ONE_FITS, wants="day"),

    # What a person should look at.
    Rule("generic_title", "review",
         lambda pair: pair.dates == "equal" and pair.titles == "equal",
         "Both are dated {left_date} and titled {left_title}, which tells too little, and {summaries}."),
    Rule("similar_title", "review",
         lambda pair: pair.dates == "equal" and pair.titles in ("spelled", "retitled", "extended", "unsure")
         and pair.summaries in (*_SILENT, *_AGREE),
         f"Both are dated {{left_date}} and their titles are alike, {_TITLES}, but too little else tells, for {{summaries}}."),
    Rule("other_title", "review",
         lambda pair: pair.dates == "equal" and pair.titles == "replaced" and pair.summaries in ("long", "equal"),
         f"Both are dated {{left_date}} and their summaries are the same, under other titles: {_TITLES}."),
    Rule("date_unsure", "review",
         lambda pair: pair.dates in ("missing", "within") and (
             (pair.titles in ("retitled", "extended") and pair.summaries in _AGREE)
             or (pair.titles in _ALIKE and pair.telling >= TELLING and pair.summaries in _SILENT)),
         f"Their titles are alike, {_TITLES}, but the dates are {{left_date}} and {{right_date}}, and {{summaries}}."),
)  # fmt: skip


@lru_cache(maxsize=1 << 12)
def decide(pair: Likeness) -> Rule | None:
    """The first rule that holds; None where two texts are simply unlike."""
    return next((rule for rule in RULES if rule.holds(pair)), None)


@lru_cache(maxsize=1 << 12)
def keeps_apart(pair: Likeness) -> bool:
    """Whether no document may hold both texts, however they are linked through others."""
    rule = decide(pair)
    if rule is None:
        return pair.titles == "replaced" and pair.summaries not in _AGREE
    return rule.decision == "different" or rule.name in ("summaries_differ", "summaries_contradict", "link_disputed")


def is_look_alike(pair: Likeness) -> bool:
    """Whether two documents are alike enough that a reader wants to know what keeps them apart."""
    if pair.dates == "apart" or pair.titles in ("replaced", "missing"):
        return pair.titles in _ALIKE and pair.summaries in _AGREE
    return pair.titles == "swapped" or pair.summaries not in ("apart", "missing")
