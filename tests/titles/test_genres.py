"""The kind of document that a title names."""

import pytest

from pipelines.titles.authority import load
from pipelines.titles.facts import title_facts

GENRES = {
    "Cable Telegram no. 5 from A. Orlov": "telegram",
    "Ciphered Message No. 5": "telegram",
    "Circular Letter to Consuls": "letter",
    "Information Note for the Council": "note",
    "Information on the Position of China": "report",
    "Record of a Conversation with A. Orlov": "memorandum_of_conversation",
    "Memorandum on a Discussion held by A. Orlov with B. Petrov": "memorandum_of_conversation",
    "Memorandum on Four-Power Talks about Germany": "memorandum",
    "Note from A. Orlov to B. Petrov on the Conversation with C. Ivanov": "note",
    "Report on a Conversation with Mao": "report",
    "Meeting of Premier Orlov with B. Petrov": "memorandum_of_conversation",
    "Meeting of the Politburo": "minutes",
    "Working Notes from the Session of the Politburo": "minutes",
    "Plenum Decision on Grain": "resolution",
    "Central Committee Plenum Resolution on Agriculture": "resolution",
    "Plenum of the Central Committee": "minutes",
    "Politburo Meeting Minutes": "minutes",
    "Protocol No. 61 of the Politburo": "protocol",
    "Protocol to the 1963 Agreement on Fish": "treaty",
    "From the Diary of A. Orlov": "diary_entry",
    "From the Diary of A. Orlov, Memorandum of Conversation with B. Petrov": "memorandum_of_conversation",
    "A. Orlov, 'Note on a Visit'": "note",
    "Telegram from A. Orlov, 'Report on the Fleet'": "telegram",
    "NIE 13-2-60, 'The Atomic Energy Program'": "report",
    "NSC 8/1, The Position": None,
    "Draft Reply to Mao's Telegram": "message",
    "Recollections of A. Orlov": "other",
    "The Political Situation in Korea": None,
    "On the Question of a Treaty": None,
    "Document No. 3, 'Report'": None,
    "Talking Points for Secretary Orlov": "briefing",
}


@pytest.mark.parametrize("title", GENRES)
def test_a_genre_is_read_or_none(title):
    found = title_facts(title).genre
    assert (found.value if found else None) == GENRES[title]


def test_every_single_word_of_the_data_names_its_genre_at_the_beginning_of_a_title():
    wrong = []
    for genre in load("genres.toml")["genre"]:
        for word in genre["words"]:
            found = title_facts(f"{word.capitalize()} by A. Orlov").genre
            if " " not in word and found and found.value != genre["code"]:
                wrong.append((word, genre["code"], found.value))
    assert wrong == []


def test_the_evidence_is_the_words_of_the_kind():
    title = "Top Secret Ciphered Telegram from A. Orlov"
    found = title_facts(title).genre
    assert (found.rule, title[found.first - 1 : found.last]) == ("kind", "Ciphered Telegram")
