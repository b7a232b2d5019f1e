"""Shapes of titles in which names are long, divided by marks, or stand beside words that look like names."""

import pytest

from pipelines.titles.facts import title_facts

# role, name, alias, office, kind.
TOLD = {
    "Letter from the People's Republic of Angola to the Polish People's Republic": [
        ("from", "People's Republic of Angola", None, None, "state"),
        ("to", "Polish People's Republic", None, None, "state"),
    ],
    "Report by the Republic of Korea Embassy in Washington": [
        ("by", "Republic of Korea Embassy in Washington", None, None, "body"),
    ],
    "Memorandum for the Special Assistant to the President for National Security Affairs (Orlov)": [
        ("to", "Special Assistant to the President for National Security Affairs", "Orlov", None, "office"),
    ],
    "Memorandum from the Director of Intelligence and Research to the Under Secretary of State": [
        ("from", "Director of Intelligence and Research", None, None, "office"),
        ("to", "Under Secretary of State", None, None, "office"),
    ],
    "Letter, Zhou Enlai to the Director, Central Intelligence Agency": [
        ("from", "Zhou Enlai", None, None, "person"),
        ("to", "Director, Central Intelligence Agency", None, None, "office"),
    ],
    "Letter to the Foreign Ministry, Moscow, from the Ambassador in Delhi": [
        ("to", "Foreign Ministry, Moscow", None, None, "body"),
        ("from", "Ambassador in Delhi", None, None, "office"),
    ],
    "Note Verbale from the Permanent Mission of the Republic of Cuba to the United Nations to the Secretary-General": [
        ("from", "Permanent Mission of the Republic of Cuba to the United Nations", None, None, "body"),
        ("to", "Secretary-General", None, None, "office"),
    ],
    "Letter of King Faisal II to Pope John XXIII": [
        ("from", "Faisal II", None, "King", "person"),
        ("to", "John XXIII", None, "Pope", "person"),
    ],
    "Ambassador Pavel Orlov, Berlin, to Zhou Enlai: Letter": [
        ("from", "Pavel Orlov", None, "Ambassador", "person"),
        ("to", "Zhou Enlai", None, None, "person"),
    ],
    "Soviet Minister Orlov: Report for the Politburo": [
        ("from", "Orlov", None, "Soviet Minister", "person"),
        ("to", "Politburo", None, None, "body"),
    ],
    "Memo, Pavel Orlov for the President": [
        ("from", "Pavel Orlov", None, None, "person"),
        ("to", "President", None, None, "office"),
    ],
    "P.S. Orlov, From the Diary: Reception of Minister Nam Il": [
        ("by", "P.S. Orlov", None, None, "person"),
        ("with", "Nam Il", None, "Minister", "person"),
    ],
    "CPSU CC Politburo Decision with Approved Message from Stalin to Mao Zedong": [
        ("by", "CPSU CC Politburo", None, None, "body"),
        ("by", "Stalin", None, None, "person"),
        ("to", "Mao Zedong", None, None, "person"),
    ],
    "Report to Cdes. Stalin and Molotov": [
        ("to", "Stalin", None, None, "person"),
        ("to", "Molotov", None, None, "person"),
    ],
    "Conversation with the Minister of Foreign Affairs of Poland Comrade Orlov": [
        ("with", "Orlov", None, "Minister of Foreign Affairs of Poland", "person"),
    ],
    "Letter from the Charge d'Affaires of the Embassy of the USSR in the DPRK": [
        ("from", "Charge d'Affaires of the Embassy of the USSR in the DPRK", None, None, "office"),
    ],
    "Report of the Chief of the General Staff, Marshal Orlov, to the Politburo": [
        ("from", "Orlov", None, "Chief of the General Staff, Marshal", "person"),
        ("to", "Politburo", None, None, "body"),
    ],
    "Record of Conversation with the Party and Government Delegation of the DPRK": [
        ("with", "Party and Government Delegation of the DPRK", None, None, "body"),
    ],
    "Instructions to the Ambassador to NATO": [("to", "Ambassador to NATO", None, None, "office")],
    "Politburo Meeting, Transcript": [("by", "Politburo", None, None, "body")],
    "Proposal to Withdraw Troops from Hungary Submitted by Nagy": [("by", "Nagy", None, None, "person")],
    "List of Tanks Shipped from Odessa to Latakia": [],
    "Name List, Delegation to Ulaanbaatar": [],
    "Note on the Proclamation of the Republic": [],
    "Plan to Organize a Separatist Movement in Azerbaijan": [],
    "Draft Reply to the Note of the Government of the USA": [],
    "Report about Hong Kong": [],
    "Cable from Geneva: Zhou Enlai's Meeting with Eden": [("from", "Geneva", None, None, None)],
}


@pytest.mark.parametrize("title", TOLD)
def test_all_parties_of_a_title_are_told(title):
    found = [
        (each.value.role, each.value.name, each.value.alias, each.value.office, each.value.party_kind)
        for each in title_facts(title).parties
    ]
    assert found == TOLD[title]


def test_a_government_is_a_body_and_not_its_state():
    parties = [found.value for found in title_facts("Note from the Soviet Government to the USSR").parties]
    assert [(party.name_normalized, party.party_kind, party.wikidata_id) for party in parties] == [
        ("Government of the Soviet Union", "body", None),
        ("Soviet Union", "state", "Q15180"),
    ]


@pytest.mark.parametrize(
    ("title", "number"),
    [
        ("Coded Telegram (No. 4/6759), Orlov to Stalin", "4/6759"),
        ("UN General Assembly Resolution 1653 (XVI)", "1653 (XVI)"),
        ("UN Security Council Resolution 242 (1967)", "242"),
        ("CIA Information Report No. CS-3/461,320", "CS-3/461,320"),
    ],
)
def test_a_number_is_told_as_printed(title, number):
    found = title_facts(title).number
    assert found
    assert found.value.text == number


def test_a_kind_of_several_words_that_ends_a_longer_one_is_found_once():
    found = title_facts("National Security Decision Memorandum No. 13").genre
    assert found
    assert (found.value, found.first, found.last) == ("memorandum", 1, 37)
