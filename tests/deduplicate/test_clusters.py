"""Documents of several texts: chains do not over-merge, what fits two joins neither, and what a person says counts first."""

from datetime import date
from itertools import combinations, pairwise
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.deduplicate import Judgement, Said, deduplicate
from pipelines.deduplicate.clusters import Edge, cluster
from pipelines.deduplicate.comparison import Compared
from pipelines.deduplicate.rules import RULES
from tests.deduplicate.corpora import (
    CABLE,
    COAL,
    DAY,
    FISH,
    LONG,
    MONTH,
    NEXT_DAY,
    SALT,
    SHORT_FISH,
    Listed,
    documents_of,
    frame,
    in_every_order,
    kept_apart,
    told,
)

BOTH = f"{FISH} {SALT}"
NUMBERED = "Cable No. {}, Petrov to Orlov"


def judged(decision, one, other, *, day=1):
    sides = (Said(entry.date, entry.title, entry.summary) for entry in (one, other))
    return Judgement(decision, *sides, "reader", date(2026, 1, day), "because", f"judgements.toml:{day}")


def test_a_chain_of_shortened_summaries_is_one_document():
    found = in_every_order(Listed(), Listed(summary=SHORT_FISH), Listed(summary="The minister asks for a second"))
    assert found.shapes == "abc"


def test_three_spellings_of_a_name_are_one_document_beside_its_answer():
    found = in_every_order(
        Listed("Cable, Mao Zedong to Stalin"),
        Listed("Cable, Mao Tse-tung to Stalin"),
        Listed("Cable, Mao Tse-Toung to Stalin"),
        Listed("Cable, Stalin to Mao Zedong"),
    )
    assert found.shapes == "abc d"


def test_three_headings_of_one_long_summary_are_one_document():
    found = in_every_order(
        Listed("Note on the Icebreakers", LONG), Listed("Council Minutes", LONG), Listed("Survey of the Fleet", LONG)
    )
    assert found.shapes == "abc"


@pytest.mark.parametrize(
    ("one", "hub", "other"),
    [
        (Listed(), Listed(summary=None), Listed(summary=SALT)),
        (Listed(), Listed(summary=BOTH), Listed(summary=SALT)),
        (Listed(), Listed(date=MONTH), Listed(date=NEXT_DAY)),
        (Listed(), Listed(date=None), Listed(date=NEXT_DAY)),
        (Listed(), Listed(None), Listed("Cable, Orlov to Petrov")),
        (Listed(NUMBERED.format(7)), Listed(CABLE), Listed(NUMBERED.format(8))),
    ],
    ids=["no summary", "both summaries", "month", "no date", "no title", "no number"],
)
def test_a_hub_that_fits_two_documents_joins_neither_and_is_a_question(one, hub, other):
    found = in_every_order(one, hub, other)
    assert "b" in found.shapes.split()
    assert "review" in {decision for _, decision in found.decisions}


def test_a_hub_joins_the_document_that_it_fits_clearly_better():
    near, far = (
        Listed(NUMBERED.format(7), LONG),
        Listed(
            NUMBERED.format(8),
            LONG.replace("harbour council", "senate").replace("loan", "gift").replace("pilots", "owners"),
        ),
    )
    found = in_every_order(near, Listed(CABLE, LONG), far)
    assert found.shapes == "ab c"
    assert ("conflicting_evidence", "review") in found.decisions


def test_the_reason_why_a_text_joined_neither_document_is_told():
    found = in_every_order(Listed(), Listed(summary=None), Listed(summary=SALT))
    assert [told for told in found.evidence if told.startswith("Several documents fit")]


def test_evidence_that_conflicts_is_told():
    near, far = (
        Listed(NUMBERED.format(7), LONG),
        Listed(
            NUMBERED.format(8),
            LONG.replace("harbour council", "senate").replace("loan", "gift").replace("pilots", "owners"),
        ),
    )
    found = in_every_order(near, Listed(CABLE, LONG), far)
    assert [told for told in found.evidence if "kept apart" in told]


def test_two_texts_of_one_page_are_not_joined_through_a_third():
    found = in_every_order(
        Listed(page="p"), Listed("Cable, Petrof to Orlov", page="p"), Listed("Cable, Petrow to Orlov")
    )
    assert "ab" not in found.shapes


def test_two_directions_are_not_joined_through_one_title_without_direction():
    found = in_every_order(
        Listed("Cable, Petrov to Orlov"), Listed("Petrov–Orlov, Cable"), Listed("Cable, Orlov to Petrov")
    )
    assert not {"ac", "abc"} & set(found.shapes.split())


def test_many_texts_of_one_document_are_joined():
    found = deduplicate(frame([Listed(summary=f"{LONG} {'x' * n}", name=f"e{n:02}") for n in range(1, 12)]))
    assert found.documents.num_rows == 1


def test_one_text_that_stands_on_many_pages_joins_nothing_more_than_once():
    found = deduplicate(frame([Listed(name=f"e{n}") for n in range(50)] + [Listed(summary=SHORT_FISH, name="other")]))
    assert (found.documents.num_rows, found.matches.num_rows) == (1, 1)


def test_what_a_person_judged_to_be_one_is_joined_against_every_rule():
    one, other = Listed(), Listed("Cable, Orlov to Petrov", SALT, NEXT_DAY)
    found = in_every_order(one, other, judgements=[judged("same", one, other)])
    assert (found.shapes, found.decisions) == ("ab", [("judgement", "same")])


def test_what_is_like_either_of_two_texts_judged_to_be_one_joins_them():
    one, other = Listed(), Listed(summary=SALT)
    like_other = Listed(summary="Nobody at the conference would speak about the price of salt…")
    found = in_every_order(one, other, like_other, judgements=[judged("same", one, other)])
    assert found.shapes == "abc"


def test_what_is_like_one_of_two_texts_judged_different_stays_with_it():
    one, other = Listed(NUMBERED.format(7)), Listed(NUMBERED.format(8))
    respelled = Listed("Cable No. 7, Petrof to Orlov")
    found = in_every_order(one, other, respelled, judgements=[judged("different", one, other)])
    assert found.shapes == "ac b"


def test_a_chain_of_judgements_is_followed():
    entries = [Listed(), Listed("Note on Salt", SALT), Listed("Council Minutes", COAL, NEXT_DAY)]
    judgements = [judged("same", one, other) for one, other in pairwise(entries)]
    assert in_every_order(*entries, judgements=judgements).shapes == "abc"


def test_two_judgements_do_not_join_what_one_parts():
    entries = [Listed(), Listed("Note on Salt", SALT), Listed("Council Minutes", COAL, NEXT_DAY)]
    judgements = [
        judged("same", entries[0], entries[1], day=1),
        judged("different", entries[0], entries[2], day=2),
        judged("same", entries[1], entries[2], day=3),
    ]
    found = in_every_order(*entries, judgements=judgements)
    assert found.shapes == "ab c"


TITLES = [
    CABLE, "Cable, Orlov to Petrov", "Cable, Petrof to Orlov", "Cable, Petrov to Ivanov", "Petrov–Orlov, Cable", NUMBERED.format(7),
    NUMBERED.format(8), "Cable No. 7, Petrof to Orlov", f"{CABLE} on the Fishing Fleet", f"{CABLE} (Draft)", "Note on the Icebreakers", "Letter", None,
]  # fmt: skip
SUMMARIES = [FISH, SHORT_FISH, SALT, BOTH, LONG, f"{FISH} 500 tons.", f"{FISH} 900 tons.", "Fish.", None]
DATES = [DAY, "May 01, 1950", NEXT_DAY, MONTH, "1950", None]


@st.composite
def corpora(draw):
    """A few entries of an alphabet so small that much is alike."""
    titles, summaries, dates = (
        draw(st.lists(st.sampled_from(values), min_size=1, max_size=most, unique=True))
        for values, most in ((TITLES, 5), (SUMMARIES, 4), (DATES, 3))
    )
    entry = st.tuples(
        st.sampled_from(titles), st.sampled_from(summaries), st.sampled_from(dates), st.sampled_from(["p", "q", None, None]),
        st.sampled_from([None] * 5 + ["https://archive.example/document/7", "https://archive.example/document/8"]),
    ).map(lambda fields: Listed(*fields))  # fmt: skip
    return draw(st.lists(entry.filter(lambda entry: entry.title or entry.summary), min_size=2, max_size=9))


@settings(max_examples=100, deadline=None)
@given(corpora())
def test_no_document_holds_a_pair_that_a_rule_keeps_apart(entries):
    apart, _ = kept_apart(entries)
    for document in documents_of(deduplicate(frame(entries))):
        assert [pair for pair in map(frozenset, combinations(sorted(document), 2)) if pair in apart] == []


@settings(max_examples=40, deadline=None)
@given(corpora(), st.randoms(use_true_random=False))
def test_the_outcome_does_not_depend_on_the_order_of_rows(entries, chance):
    table = frame(entries)
    rows = list(range(len(entries)))
    chance.shuffle(rows)
    assert told(deduplicate(table.take(rows))) == told(deduplicate(table))


class Words(NamedTuple):
    """Evidence of texts that are known by a word each; the pairs that are kept apart are given."""

    words: str
    apart: set[tuple[int, int]]

    def order(self, text):
        return (self.words[text],)

    def keeps_apart(self, left, right):
        return (left, right) in self.apart or (right, left) in self.apart

    def is_never_one(self, _left, _right):
        return False

    def lacks(self, _text, _rule):
        return False


@pytest.mark.parametrize(("words", "joined"), [("zba", [(1, 2)]), ("abz", [(0, 1)])])
@pytest.mark.parametrize("order", [1, -1])
def test_of_two_joins_that_are_equally_strong_the_first_by_its_words_is_made(words, joined, order):
    rule = next(rule for rule in RULES if rule.name == "respelled_title")
    edges = [Edge(rule, 1.0, Compared(left, right, None, None, None)) for left, right in ((0, 1), (1, 2))]
    found = cluster(edges[::order], Words(words, {(0, 2)}))
    assert [(edge.left, edge.right) for edge in found.joined] == joined


@pytest.mark.parametrize(("texts", "largest"), [(199, 199), (200, 200), (201, 200), (203, 200)])
def test_a_document_holds_no_more_than_two_hundred_texts(texts, largest):
    rule = next(rule for rule in RULES if rule.name == "same_date_and_title")
    edges = [Edge(rule, 1.0, Compared(0, other, None, None, None)) for other in range(1, texts)]
    found = cluster(edges, Words("x" * texts, set()))
    assert [len(members) for members in found.members] == [largest]
    assert len(found.refused) == texts - largest
