"""Deduplication and the columns read titles each in their own way; where both speak, they say the same."""

import json
from pathlib import Path

import pytest

from pipelines.dates import MONTHS
from pipelines.titles import read_title, vocabulary
from pipelines.titles.facts import lexicon, title_facts
from pipelines.titles.phrases import KINDS

LABELLED = Path(__file__).parent / "labelled"
TITLES = sorted(
    {
        json.loads(line)["title"]
        for path in LABELLED.glob("*.jsonl")
        for line in path.read_text(encoding="utf-8").splitlines()
    }
)
# Titles in which one of them is meant to be silent, or to say less: a place in a phrase, an affiliation, a quotation; a mission
# to a body, which deduplication takes for its receiver.
SIMPLE = [
    title
    for title in TITLES
    if title.startswith(("Cable, ", "Telegram, ", "Letter, ", "Report, ", "Ciphered Telegram"))
    and "Mission of" not in title
]
# Words that deduplication sets aside as kinds and that head no document by themselves.
NO_HEADS = {"memoire", "protocols", "call"}


def test_the_months_stand_once():
    assert vocabulary.MONTHS is MONTHS


def test_what_is_a_kind_for_deduplication_is_one_for_the_columns():
    letters = lexicon().letters
    assert {word for word in vocabulary.KINDS if letters[word] not in KINDS} <= NO_HEADS


@pytest.mark.parametrize("title", SIMPLE)
def test_sender_and_receivers_are_the_same_in_both_readings(title):
    read, facts = read_title(title), title_facts(title)
    if not read.is_directed:
        return
    for role, words in (("from", read.sender), ("to", read.receivers)):
        said = [each.value for each in facts.parties if each.value.role == role]
        told = {
            word for each in said for text in (each.name, each.alias, each.office) if text for word in words_of(text)
        }
        assert set(words) <= told, (role, words, told)


def words_of(text):
    read = read_title(text)
    return (*read.words, *read.aliases)


def test_there_are_titles_to_compare():
    assert len([title for title in SIMPLE if read_title(title).is_directed]) > 25
