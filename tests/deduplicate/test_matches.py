"""The rows of `matches`: why texts were joined, what keeps look-alikes apart, what a person should look at."""

from collections import defaultdict
from datetime import date
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.deduplicate import Judgement, Said, deduplicate
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
    connected,
    documents_of,
    frame,
    id_by_entry,
    kept_apart,
    same_pairs,
)

SWAPPED = "Cable, Orlov to Petrov"


def judged(decision, one, other):
    sides = (Said(entry.date, entry.title, entry.summary) for entry in (one, other))
    return Judgement(
        decision, *sides, "A. Reader", date(2026, 1, 2), "the  originals\nwere compared", "judgements.toml:1"
    )


def rows_of(*entries, judgements=()):
    return deduplicate(frame(entries), judgements=judgements).matches.to_pylist()


def test_a_row_says_what_was_decided_of_which_entries_and_by_whom():
    (row,) = rows_of(Listed(), Listed(summary=SHORT_FISH))
    evidence = row.pop("evidence")
    assert row == {
        "left_entry_id": "a",
        "right_entry_id": "b",
        "rule": "same_date_and_title",
        "score": 1.0,
        "decision": "same",
        "decided_by": "rule",
    }
    assert "Both are dated 1950-05-01" in evidence
    assert "100%" in evidence


def test_the_smaller_entry_id_stands_left_whatever_page_comes_first():
    (row,) = rows_of(Listed(name="b", page="1"), Listed(SWAPPED, name="a", page="2"))
    assert (row["left_entry_id"], row["right_entry_id"]) == ("a", "b")


def test_evidence_names_what_is_of_the_left_entry_first_whatever_page_comes_first():
    one, other = Listed("Cable No. 7, Petrov to Orlov"), Listed("Cable No. 9, Petrov to Orlov")
    said = "Their titles bear other numbers, 7 / 9: “Cable No. 7, Petrov to Orlov” / “Cable No. 9, Petrov to Orlov”."
    for pages in ("12", "21"):
        sides = (
            entry._replace(name=name, page=page) for entry, name, page in zip((one, other), "ab", pages, strict=True)
        )
        assert [row["evidence"] for row in rows_of(*sides)] == [said]


def test_texts_that_stand_on_many_pages_have_one_row():
    entries = [*(Listed(name=f"a{n}") for n in range(5)), *(Listed(SWAPPED, name=f"b{n}") for n in range(5))]
    assert [(row["left_entry_id"], row["right_entry_id"]) for row in rows_of(*entries)] == [("a0", "b0")]


def test_entries_that_print_the_same_have_no_row():
    assert rows_of(*[Listed(name=f"a{n}") for n in range(5)]) == []


def test_each_other_typography_of_a_text_has_one_row():
    entries = [
        Listed(),
        Listed("CABLE, Petrov to Orlov"),
        Listed("Cable: Petrov to Orlov"),
        Listed("CABLE, Petrov to Orlov"),
    ]
    rows = rows_of(*entries)
    assert [(row["left_entry_id"], row["right_entry_id"], row["rule"]) for row in rows] == [
        ("a", "b", "same_text"),
        ("a", "c", "same_text"),
    ]


def test_between_two_documents_only_the_closest_look_alikes_have_a_row():
    entries = [Listed(), Listed(summary=SHORT_FISH), Listed(SWAPPED), Listed(SWAPPED, SHORT_FISH)]
    rows = rows_of(*entries)
    assert [row["rule"] for row in rows if row["decision"] == "different"] == ["swapped"]


def test_what_is_unlike_has_no_row():
    assert rows_of(Listed(), Listed(date=NEXT_DAY, summary=SALT), Listed("Note on Salt", LONG)) == []


def test_a_judgement_is_decided_by_a_person_and_names_who_when_and_why():
    one, other = Listed(), Listed("Note on Salt", SALT)
    (row,) = rows_of(one, other, judgements=[judged("same", one, other)])
    assert (row["rule"], row["score"], row["decision"], row["decided_by"], row["evidence"]) == (
        "judgement",
        1.0,
        "same",
        "person",
        "A. Reader on 2026-01-02: the originals were compared",
    )


@pytest.mark.parametrize(("decision", "score"), [("same", 1.0), ("different", 0.0)])
def test_a_judgement_about_what_a_page_lists_twice_has_the_score_of_its_decision(decision, score):
    twice = Listed(page="p")
    (row,) = rows_of(twice, twice, judgements=[judged(decision, twice, twice)])
    assert (row["rule"], row["decision"], row["score"], row["decided_by"]) == ("judgement", decision, score, "person")


@pytest.mark.parametrize(
    ("other", "score"),
    [
        (Listed("CABLE, Petrov to Orlov", SHORT_FISH), 1.0), (Listed("Cable, Petrof to Orlov"), 0.9667),
        (Listed("Telegram No. 7, Petrov to Orlov"), 0.9), (Listed(f"{CABLE} on the Fishing Fleet"), 0.9),
        (Listed(SWAPPED), 0.8333), (Listed(date=MONTH), 0.8333), (Listed(date=NEXT_DAY), 0.6667), (Listed(None), 1.0),
    ],
)  # fmt: skip
def test_a_score_is_the_mean_over_the_fields_that_both_have(other, score):
    (row,) = rows_of(Listed(), other)
    assert row["score"] == score


def test_texts_judged_different_leave_nothing_else_open_between_their_documents():
    one, other = Listed(), Listed(summary=SALT)
    rows = rows_of(one, other, Listed(summary=f"{SALT} Again."), judgements=[judged("different", one, other)])
    assert [(row["rule"], row["decision"], row["decided_by"]) for row in rows] == [
        ("judgement", "different", "person"),
        ("same_date_and_title", "same", "rule"),
    ]


def test_what_no_person_judged_is_decided_by_rules():
    assert {row["decided_by"] for row in rows_of(Listed(), Listed(SWAPPED), Listed(summary=SALT), Listed(None))} == {
        "rule"
    }


def test_evidence_quotes_a_long_title_in_part():
    entries = [Listed(f"Cable, Petrov to Orlov {'on fish ' * 30}"), Listed(f"Cable, Orlov to Petrov {'on fish ' * 30}")]
    (row,) = rows_of(*entries)
    assert len(row["evidence"]) < 300
    assert "…”" in row["evidence"]


def test_evidence_is_one_line_whatever_the_page_prints():
    (row,) = rows_of(Listed("Cable\n\x1b[2J, Petrov to Orlov"), Listed("Cable\n\x1b[2J, Orlov to Petrov"))
    assert row["evidence"].isprintable()


TITLES = [CABLE, "Cable, Petrof to Orlov", SWAPPED, "Cable No. 7, Petrov to Orlov", "Cable, “Petrov” to Orlov", None]
CORPORA = st.lists(
    st.tuples(
        st.sampled_from(TITLES),
        st.sampled_from([FISH, SHORT_FISH, SALT, None]),
        st.sampled_from([DAY, DAY, NEXT_DAY, MONTH, None]),
    )
    .map(lambda fields: Listed(*fields))
    .filter(lambda entry: entry.title or entry.summary),
    min_size=2,
    max_size=8,
)


@settings(max_examples=40, deadline=None)
@given(CORPORA)
def test_a_pair_stands_in_one_row_the_smaller_id_left(entries):
    rows = deduplicate(frame(entries)).matches.to_pylist()
    pairs = [(row["left_entry_id"], row["right_entry_id"]) for row in rows]
    assert pairs == sorted(set(pairs))
    assert all(left < right for left, right in pairs)


@settings(max_examples=40, deadline=None)
@given(CORPORA)
def test_a_row_says_same_exactly_where_both_entries_are_one_document(entries):
    found = deduplicate(frame(entries))
    document_of = id_by_entry(found)
    for row in found.matches.to_pylist():
        is_one = document_of[row["left_entry_id"]] == document_of[row["right_entry_id"]]
        assert is_one == (row["decision"] == "same")
        assert 0 <= row["score"] <= 1


@settings(max_examples=40, deadline=None)
@given(CORPORA)
def test_rows_that_say_same_connect_every_text_of_a_document(entries):
    found = deduplicate(frame(entries))
    _, text_of = kept_apart(entries)
    by_text = defaultdict(list)
    for entry_id, text in text_of.items():
        by_text[text].append(entry_id)
    identical = [pair for members in by_text.values() for pair in combinations(members, 2)]
    assert connected(text_of, [*same_pairs(found), *identical]) == documents_of(found)


def test_matches_are_in_proportion_to_the_entries(generated):
    tables, _ = generated
    assert tables["matches"].num_rows < tables["entries"].num_rows


def test_matches_of_a_build_are_sorted_by_their_entries(generated):
    tables, _ = generated
    rows = tables["matches"].to_pylist()
    assert rows == sorted(rows, key=lambda row: (row["left_entry_id"], row["right_entry_id"]))
    assert {row["decision"] for row in rows} <= {"same", "different", "review"}
