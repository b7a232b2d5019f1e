"""Which entry speaks for its document."""

from itertools import permutations

import numpy as np
import pytest

from pipelines.deduplicate import deduplicate
from pipelines.deduplicate.frame import as_records
from pipelines.deduplicate.representative import by_rank
from tests.deduplicate.corpora import CABLE, DAY, FISH, MONTH, SALT, SHORT_FISH, Listed, frame, named

WHOLE = Listed()


def speaker_of(*entries):
    """The name of the entry that speaks for the only document, in every order of pages."""
    entries = named(entries)
    chosen = set()
    for order in permutations(range(len(entries))):
        # The place of an entry follows from its page.
        placed = [entry._replace(page=f"{order[at]}") for at, entry in enumerate(entries)]
        found = deduplicate(frame(placed))
        chosen.add(tuple(found.documents.column("entry_id").to_pylist()))
    assert len(chosen) == 1
    (speakers,) = chosen
    (speaker,) = speakers
    return speaker


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (Listed(summary=FISH), Listed(summary=f"{FISH} And more.", cut=True)),
        (Listed(), Listed(summary=None)),
        (Listed(), Listed(None)),
        (Listed(), Listed(date=None)),
        (Listed(date=DAY), Listed(date=MONTH)),
        (Listed(date=MONTH), Listed(date="1950")),
        (Listed(), Listed(summary=SHORT_FISH)),
        (Listed("Ciphered Telegram No. 7, Petrov to Orlov"), Listed()),
    ],
    ids=[
        "complete",
        "summary",
        "title",
        "date",
        "day before month",
        "month before year",
        "longest summary",
        "longest title",
    ],
)
def test_the_more_complete_entry_speaks_for_a_document(better, worse):
    assert speaker_of(better, worse) == "a"
    assert speaker_of(worse, better) == "b"


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (Listed(summary=None), Listed(summary=FISH, cut=True)),
        (Listed(None, date=None), Listed(summary=None)),
        (Listed(date=None), Listed(None)),
        (Listed(date=MONTH), Listed(date=None, summary=f"{FISH} And more.")),
        (Listed(summary=SHORT_FISH), Listed(date=MONTH)),
        (Listed(), Listed("Ciphered Telegram No. 7, Petrov to Orlov", SHORT_FISH)),
    ],
    ids=["complete", "summary", "title", "date", "precision", "summary before title"],
)
def test_the_weightier_reason_counts_first(better, worse):
    for entries, first in (([better, worse], 0), ([worse, better], 1)):
        records = as_records(frame(entries))
        assert by_rank(records, np.zeros(2, np.int64)).tolist() == [first]


def test_the_longest_summary_speaks_among_many():
    assert speaker_of(Listed(summary=None), Listed(summary=SHORT_FISH), WHOLE) == "c"


def test_of_entries_that_say_the_same_the_first_place_speaks():
    found = deduplicate(frame([Listed(page="q", name="a"), Listed(page="p", name="b"), Listed(page="r", name="c")]))
    assert found.documents.column("entry_id").to_pylist() == ["b"]


def test_exactly_one_entry_speaks_for_each_document():
    entries = [Listed(), Listed(summary=None), Listed("Note", SALT), Listed(page="p"), Listed(page="p")]
    found = deduplicate(frame(entries))
    rows = found.entries.to_pylist()
    speakers = {row["entry_id"]: row["document_id"] for row in rows if row["is_representative"]}
    documents = {row["entry_id"]: row["document_id"] for row in found.documents.to_pylist()}
    assert speakers == documents


def test_a_second_listing_on_a_page_speaks_for_itself():
    found = deduplicate(frame([Listed(CABLE, page="p"), Listed(CABLE, page="p")]))
    assert sorted(found.documents.column("entry_id").to_pylist()) == ["a", "b"]
