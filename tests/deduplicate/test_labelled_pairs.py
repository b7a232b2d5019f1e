"""Pairs and sets that were labelled by hand, with the reason of each label: nothing is merged that should not be."""

import json
from functools import cache
from pathlib import Path

import pytest

from pipelines.deduplicate import deduplicate
from tests.deduplicate.corpora import Listed, documents_of, frame, outcome_of

LABELLED = Path(__file__).parent / "labelled"
PAIRS = [json.loads(line) for line in (LABELLED / "pairs.jsonl").read_text(encoding="utf-8").splitlines()]
SETS = [json.loads(line) for line in (LABELLED / "sets.jsonl").read_text(encoding="utf-8").splitlines()]

# Pairs that are merged though their label is `different` or `unclear`, by case and left title.
MERGED_ALL_THE_SAME = {
    ("circular-other-receiver", "Ciphered Telegram, Vyshinsky to the Soviet Ambassador in Warsaw"):
        "A name ends before `in`, so both are sent to the Soviet Ambassador, and a long summary is the same word for word.",
    ("circular-similar-receiver-names", "Letter, V. Kuznetsov to Ivanov"):
        "One letter of a long name (Ivanov, Ivanova) is read as a slip of the pen where the summaries are the same.",
    ("translation-or-excerpt", "Background Report on Ten Years of Relations (Excerpt)"):
        "Whether a title says Excerpt is left to the capture.",
    ("biblio-generic-title", "Editor's Notes"): "Date, title and summary print the same, and a year is a date.",
    ("museum-no-number", "Bowl"): "As above, under a date that cannot be read.",
}  # fmt: skip
# The share of `same` that is merged today is 0.70; two points less are a step back.
LEAST_SHARE_OF_SAME = 0.68
# Sets that come out otherwise than their label says: what is found, and why.
OTHERWISE = {
    ("two-on-one-page-identical", "May 9, 1962"):
        ([[0, 2], [1]], "A copy joins the first of two identical entries of a page; the two are a question."),
    ("numbered-with-bridge", "April 13, 1949"):
        ([[0, 2], [1, 3]], "Its copy names the receiver of No. 53518 Filippov alone, which is not Stalin, so that No. 53517 is left."),
    ("circular-misspelled-receivers", "October 6, 1959"):
        ([[0, 2, 4], [1], [3]], "Hoxha and Hodzha are not believed to be one name."),
}  # fmt: skip


def listed(said, page):
    return Listed(said["title"], said["summary"], said["date"], page)


@cache
def decided(at):
    """What is found of a pair: `merged`, or the decision that keeps it apart."""
    pair = PAIRS[at]
    found = outcome_of(deduplicate(frame([listed(pair["left"], "1"), listed(pair["right"], "2")])))
    if len(found.documents) == 1:
        return "merged"
    return found.decisions[0][1] if found.decisions else "apart"


def name(pair):
    return pair["case"], pair["left"]["title"]


def test_every_label_is_known_and_has_its_reason():
    assert {pair["truth"] for pair in PAIRS} == {"same", "different", "unclear"}
    assert all(pair["why"] for pair in [*PAIRS, *SETS])
    assert (len(PAIRS), len(SETS)) == (183, 16)


@pytest.mark.parametrize("truth", ["different", "unclear"])
def test_no_pair_of_other_documents_is_merged_but_for_those_that_are_named(truth):
    merged = {name(pair) for at, pair in enumerate(PAIRS) if pair["truth"] == truth and decided(at) == "merged"}
    assert merged - MERGED_ALL_THE_SAME.keys() == set()


def test_every_merge_that_is_named_still_happens():
    merged = {name(pair) for at, pair in enumerate(PAIRS) if pair["truth"] != "same" and decided(at) == "merged"}
    assert MERGED_ALL_THE_SAME.keys() - merged == set()


def test_most_pairs_of_one_document_are_merged():
    same = [decided(at) for at, pair in enumerate(PAIRS) if pair["truth"] == "same"]
    assert same.count("merged") / len(same) >= LEAST_SHARE_OF_SAME


@pytest.mark.parametrize("at", range(len(SETS)), ids=lambda at: SETS[at]["case"])
def test_a_set_comes_out_as_it_is_labelled_or_as_is_said(at):
    labelled = SETS[at]
    names = "abcdefghij"
    found = documents_of(deduplicate(frame([listed(entry, entry["page"]) for entry in labelled["entries"]])))
    expected, _ = OTHERWISE.get((labelled["case"], labelled["entries"][0]["date"]), (labelled["documents"], ""))
    assert found == {frozenset(names[entry] for entry in document) for document in expected}


def test_every_set_that_is_named_is_there():
    assert OTHERWISE.keys() <= {(labelled["case"], labelled["entries"][0]["date"]) for labelled in SETS}
