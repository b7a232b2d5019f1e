"""Every rule speaks of some pair: what it decides, and what it tells the reader."""

from typing import NamedTuple

import pytest

from pipelines.deduplicate import deduplicate
from pipelines.deduplicate.rules import RULES, Likeness, decide, keeps_apart
from tests.deduplicate.corpora import (
    CABLE,
    DAY,
    FISH,
    LONG,
    MONTH,
    NEXT_DAY,
    SALT,
    SHORT_FISH,
    Listed,
    frame,
    in_every_order,
)

SITE = "https://archive.example/document/"
SENT, SENT_MORE = "Stalin sends 500 tons of iron ore to the mill.", "Stalin sends 900 tons of iron ore to the mill."
DENIED = "Stalin does not send 500 tons of iron ore to the mill."
PORTS = "The Political Situation in the Northern Ports"
PARTLY_AS_FISH = "The minister complains of the winter, of a second icebreaker that nobody asked for, and of pilots."


class Case(NamedTuple):
    rule: str
    decision: str
    left: Listed
    right: Listed
    told: str


CASES = [
    Case("link_disputed", "review", Listed(url=SITE + "7"), Listed(date=NEXT_DAY, url=SITE + "7"), "Both lead to number 7, but"),
    Case("link_disputed", "review", Listed(url=SITE + "7"), Listed("Cable, Orlov to Petrov", url=SITE + "7"), "“Cable, Orlov to Petrov”"),
    Case("other_link", "different", Listed(url=SITE + "7"), Listed(url=SITE + "8"), "number 7 / number 8"),
    Case("other_link", "different", Listed(url=SITE + "cable"), Listed(url=SITE + "cable-0"), "slug cable / slug cable-0"),
    Case("other_date", "different", Listed(), Listed(date=NEXT_DAY), "dates: 1950-05-01 / 1950-05-02"),
    Case("other_number", "different", Listed("Cable No. 7 to Orlov"), Listed("Cable No. 8 to Orlov"), "7 / 8"),
    Case("other_date_in_title", "different", Listed("Talk with Mao on 3 May"), Listed("Talk with Mao on 4 May"), "3 May / 4 May"),
    Case("swapped", "different", Listed(), Listed("Cable, Orlov to Petrov"), "“Cable, Petrov to Orlov” / “Cable, Orlov to Petrov”"),
    Case("other_sender", "different", Listed(), Listed("Cable, Ivanov to Orlov"), "senders"),
    Case("other_receiver", "different", Listed(), Listed("Cable, Petrov to Ivanov"), "receivers"),
    Case("other_part", "different", Listed(PORTS), Listed(f"{PORTS} (Draft)"), "another part or state of a document"),
    Case("one_page", "different", Listed(page="p"), Listed("Cable, Petrof to Orlov", page="p"), "a page lists a document once"),
    Case("same_link", "same", Listed(url=SITE + "7"), Listed("Note on Salt", SALT, url=SITE + "007"), "Both lead to number 7."),
    Case("summaries_differ", "review", Listed(), Listed(summary=SALT), "0% stand in the longer"),
    Case("summaries_differ", "review", Listed(), Listed(summary=PARTLY_AS_FISH), "67% stand in the longer"),
    Case("summaries_contradict", "review", Listed(summary=SENT), Listed(summary=SENT_MORE), f"“{SENT}” / “{SENT_MORE}”"),
    Case("summaries_contradict", "review", Listed(summary=SENT), Listed(summary=DENIED), DENIED),
    Case("other_summary", "different", Listed("Cable, Petov to Orlov", SENT), Listed("Cable, Petrv to Orlov", SENT_MORE), "tell of other things"),
    Case("same_date_and_title", "same", Listed(), Listed(summary=SHORT_FISH), "100% stand in the longer"),
    Case("same_date_and_long_title", "same", Listed(PORTS), Listed(PORTS, PARTLY_AS_FISH), f"“{PORTS}”"),
    Case("same_date_and_long_title", "same", Listed("Old Northern Ports"), Listed("Old Northern Ports", PARTLY_AS_FISH), "“Old Northern Ports”"),
    Case("summaries_differ", "review", Listed("Northern Ports"), Listed("Northern Ports", PARTLY_AS_FISH), "67% stand in the longer"),
    Case("respelled_title", "same", Listed(), Listed("Cable, Petrof to Orlov"), "“Cable, Petrov to Orlov” / “Cable, Petrof to Orlov”"),
    Case("retitled", "same", Listed(), Listed("Telegram No. 7, Petrov to Orlov"), "“Cable, Petrov to Orlov” / “Telegram No. 7, Petrov to Orlov”"),
    Case("extended_title", "same", Listed(), Listed(f"{CABLE} on the Fishing Fleet"), "one title says more than the other"),
    Case("summary_missing", "same", Listed(), Listed(summary=None), "no other document fits"),
    Case("respelled_without_summary", "same", Listed(), Listed("Cable, Petrof to Orlov", None), "“Cable, Petrov to Orlov” / “Cable, Petrof to Orlov”"),
    Case("title_missing", "same", Listed(), Listed(None), "a title is missing"),
    Case("date_missing", "same", Listed(), Listed(date=None), "a date is missing"),
    Case("coarser_date", "same", Listed(), Listed(date=MONTH), "One date holds the other"),
    Case("same_long_summary", "same", Listed("Note on the Icebreakers", LONG), Listed("Council Minutes", LONG), "“Note on the Icebreakers” / “Council Minutes”"),
    Case("generic_title", "review", Listed("Letter"), Listed("Letter", None), "“Letter”"),
    Case("similar_title", "review", Listed(), Listed("Telegram No. 7, Petrov to Orlov", None), "“Cable, Petrov to Orlov” / “Telegram No. 7, Petrov to Orlov”"),
    Case("similar_title", "review", Listed("Cable, Petov to Orlov"), Listed("Cable, Petrv to Orlov"), "“Cable, Petov to Orlov” / “Cable, Petrv to Orlov”"),
    Case("other_title", "review", Listed("Note on the Icebreakers"), Listed("Council Minutes"), "“Note on the Icebreakers” / “Council Minutes”"),
    Case("date_unsure", "review", Listed(date=None), Listed("Telegram No. 7, Petrov to Orlov"), "undated and 1950-05-01"),
    Case("date_unsure", "review", Listed(date=MONTH, summary=None), Listed(), "1950-05 and 1950-05-01"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule)
def test_a_rule_decides_in_every_order_and_says_why(case):
    found = in_every_order(case.left, case.right)
    assert found.decisions == [(case.rule, case.decision)]
    assert case.told in found.evidence[0]
    assert found.shapes == ("ab" if case.decision == "same" else "a b")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule)
def test_the_score_of_a_rule_is_a_share(case):
    (match,) = deduplicate(frame([case.left, case.right])).matches.to_pylist()
    assert 0 <= match["score"] <= 1
    assert match["decided_by"] == "rule"


def test_every_rule_has_a_case():
    assert {case.rule for case in CASES} == {rule.name for rule in RULES}


def test_every_rule_decides_what_its_cases_say():
    assert {case.rule: case.decision for case in CASES} == {rule.name: rule.decision for rule in RULES}


def test_no_two_rules_have_one_name():
    assert len({rule.name for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule)
def test_evidence_is_a_sentence_without_gaps(case):
    (evidence,) = deduplicate(frame([case.left, case.right])).matches.column("evidence").to_pylist()
    assert evidence[0].isupper()
    assert evidence.endswith(".")
    assert "{" not in evidence
    assert "None" not in evidence


def test_evidence_names_its_values_in_the_order_of_the_row():
    entries = [Listed("Cable No. 8 to Orlov", name="b"), Listed("Cable No. 7 to Orlov", name="a")]
    (match,) = deduplicate(frame(entries)).matches.to_pylist()
    assert (match["left_entry_id"], match["right_entry_id"]) == ("a", "b")
    assert "7 / 8" in match["evidence"]


@pytest.mark.parametrize(
    "keeping_apart",
    ["Cable, Orlov to Petrov", "Cable, Ivanov to Orlov", "Cable, Petrov to Ivanov", "Cable No. 9, Petrov to Orlov"],
)
def test_no_likeness_outweighs_what_keeps_apart(keeping_apart):
    found = in_every_order(Listed("Cable No. 7, Petrov to Orlov", LONG), Listed(keeping_apart, LONG))
    assert found.shapes == "a b"


def test_what_says_nothing_alike_has_no_rule():
    found = in_every_order(Listed(), Listed("Note on Salt", SALT))
    assert (found.shapes, found.decisions) == ("a b", [])


def test_a_day_is_worth_more_than_a_year_where_a_title_says_more():
    longer = f"{CABLE} on the Fishing Fleet"
    assert in_every_order(Listed(), Listed(longer)).shapes == "ab"
    found = in_every_order(Listed(date="1950"), Listed(longer, date="1950"))
    assert (found.shapes, found.decisions) == ("a b", [("similar_title", "review")])


def test_a_year_is_enough_where_a_long_title_of_its_own_says_more():
    found = in_every_order(Listed(PORTS, date="1950"), Listed(f"{PORTS} in Winter", date="1950"))
    assert (found.shapes, found.decisions) == ("ab", [("extended_title", "same")])


@pytest.mark.parametrize(
    ("said", "rule"),
    [("Icebreakers leave harbour.", "respelled_title"), ("Icebreakers leave.", "respelled_without_summary")],
)
def test_a_summary_that_two_share_tells_something_from_three_words_of_its_own_on(said, rule):
    found = in_every_order(Listed(summary=said), Listed("Cable, Petrof to Orlov", said))
    assert found.decisions == [(rule, "same")]


@pytest.mark.parametrize("title", [f"{CABLE} on the Fishing Fleet", "Telegram No. 7, Petrov to Orlov"])
def test_under_another_heading_the_shorter_summary_must_hold_much_of_the_longer(title):
    assert in_every_order(Listed(), Listed(title, f"{FISH} {SALT}")).shapes == "ab"
    assert in_every_order(Listed(), Listed(title, f"{FISH} {SALT} {LONG}")).decisions == [
        ("summaries_differ", "review")
    ]


def test_evidence_says_that_summaries_are_the_same_where_they_are():
    (evidence,) = in_every_order(Listed(), Listed("Cable, Petrof to Orlov")).evidence
    assert evidence.endswith(", and their summaries are the same.")


@pytest.mark.parametrize("titles", ["equal", "spelled", "extended", "unsure", "missing", "replaced"])
@pytest.mark.parametrize("summaries", ["apart", "contrary"])
def test_no_document_holds_two_summaries_that_tell_of_other_things(titles, summaries):
    pair = Likeness(
        "equal", is_day=True, titles=titles, telling=1, summaries=summaries, links="unknown", on_one_page=False
    )
    assert keeps_apart(pair)
    assert keeps_apart(pair._replace(dates="within", is_day=False))


LIKE = Likeness(
    "missing", is_day=False, titles="equal", telling=1, summaries="missing", links="unknown", on_one_page=False
)


@pytest.mark.parametrize(
    ("pair", "rule"),
    [
        (LIKE, "date_unsure"),
        (LIKE._replace(dates="within", titles="spelled"), "date_unsure"),
        (LIKE._replace(titles="retitled", summaries="close"), "date_unsure"),
        (LIKE._replace(telling=0), None),
        (LIKE._replace(titles="unsure"), None),
        (LIKE._replace(titles="retitled"), None),
        (LIKE._replace(titles="replaced", summaries="close"), None),
        (LIKE._replace(titles="missing", summaries="close"), None),
        (LIKE._replace(dates="equal", titles="replaced", summaries="close"), None),
    ],
)
def test_two_texts_that_may_be_of_one_date_are_a_question_only_where_their_titles_tell(pair, rule):
    found = decide(pair)
    assert (found and found.name) == rule


@pytest.mark.parametrize("titles", ["equal", "spelled", "retitled", "extended"])
@pytest.mark.parametrize(
    ("summaries", "rule"),
    [("apart", "summaries_differ"), ("partial", "summaries_differ"), ("contrary", "summaries_contradict")],
)
def test_under_titles_that_are_related_summaries_that_differ_are_a_question(titles, summaries, rule):
    found = decide(LIKE._replace(dates="equal", is_day=True, titles=titles, summaries=summaries))
    assert (found.name, found.decision) == (rule, "review")


def test_a_circular_that_shares_a_long_summary_under_one_heading_stays_several_documents():
    circular = [Listed(f"Cable, Petrov to {city}", LONG, DAY) for city in ("Prague", "Sofia", "Tirana")]
    assert in_every_order(*circular).shapes == "a b c"


def test_two_entries_that_share_nothing_but_their_link_are_one():
    found = in_every_order(Listed(FISH, SALT, None, url=SITE + "a"), Listed(PORTS, FISH, None, url=SITE + "a"))
    assert found.shapes == "ab"
