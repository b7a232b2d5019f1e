"""Whom a title names: rule by rule, and the traps in which no party is."""

import pytest

from pipelines.titles.facts import title_facts

# role, name, alias, office, kind; and the rule.
TOLD = {
    "Letter, Zhou Enlai to Comrade Molotov": [
        ("from", "Zhou Enlai", None, None, "person", "sender"),
        ("to", "Molotov", None, None, "person", "receiver"),
    ],
    "Ciphered Telegram No. 3172, Filippov [Stalin] to Krasovsky, for Cde. Mao Zedong": [
        ("from", "Filippov", "Stalin", None, "person", "sender"),
        ("to", "Krasovsky", None, None, "person", "receiver"),
        ("to", "Mao Zedong", None, None, "person", "receiver"),
    ],
    "Telegram, Orlov and V. Petrov to Kirov, Lee Wen, and the Ministry of Canals (via Shtykov)": [
        ("from", "Orlov", None, None, "person", "sender"),
        ("from", "V. Petrov", None, None, "person", "sender"),
        ("to", "Kirov", None, None, "person", "receiver"),
        ("to", "Lee Wen", None, None, "person", "receiver"),
        ("to", "Ministry of Canals", None, None, "body", "receiver"),
        ("via", "Shtykov", None, None, "person", "way"),
    ],
    "Telegram from Soviet Ambassador to Cuba A. Orlov to the USSR Ministry of Foreign Affairs": [
        ("from", "A. Orlov", None, "Soviet Ambassador to Cuba", "person", "sender"),
        ("to", "USSR Ministry of Foreign Affairs", None, None, "body", "receiver"),
    ],
    "Report from the Romanian Embassy to Pyongyang to the Ministry of Foreign Affairs": [
        ("from", "Romanian Embassy to Pyongyang", None, None, "body", "sender"),
        ("to", "Ministry of Foreign Affairs", None, None, "body", "receiver"),
    ],
    "Telegram of the Soviet Chargé to the PRC to the Chairman of the USSR Council of Ministers": [
        ("from", "Soviet Chargé to the PRC", None, None, "office", "author_after_of"),
        ("to", "Chairman of the USSR Council of Ministers", None, None, "office", "receiver"),
    ],
    "Telegram, Orlov in Pyongyang to Beijing": [
        ("from", "Orlov", None, None, "person", "sender"),
        ("to", "Beijing", None, None, None, "receiver"),
    ],
    "Telegram from Warsaw, Zhukov and Grechko to Moscow": [
        ("from", "Zhukov", None, None, "person", "sender"),
        ("from", "Grechko", None, None, "person", "sender"),
        ("to", "Moscow", None, None, None, "receiver"),
    ],
    "Cable from the Embassy in Washington (Orlov)": [
        ("from", "Embassy in Washington", None, None, "body", "sender"),
        ("from", "Orlov", None, None, "person", "sender"),
    ],
    "Record of Conversation between Generals Orlov and Petrov and Zhou Enlai, Premier of the State Council": [
        ("with", "Orlov", None, "Generals", "person", "participant"),
        ("with", "Petrov", None, "Generals", "person", "participant"),
        ("with", "Zhou Enlai", None, "Premier of the State Council", "person", "participant"),
    ],
    "Memorandum of Conversation with the Ambassador of Poland, Comrade Orlov, Recorded by I. Petrov": [
        ("with", "Orlov", None, "Ambassador of Poland", "person", "participant"),
        ("by", "I. Petrov", None, None, "person", "author_after_by"),
    ],
    "Todor Zhivkov – Leonid Brezhnev, Record of Conversation": [
        ("with", "Todor Zhivkov", None, None, "person", "dash"),
        ("with", "Leonid Brezhnev", None, None, "person", "dash"),
    ],
    "Orlov's Report for Petrov": [
        ("from", "Orlov", None, None, "person", "author_before_kind"),
        ("to", "Petrov", None, None, "person", "receiver"),
    ],
    "CPSU CC Politburo Decision No. 5": [("by", "CPSU CC Politburo", None, None, "body", "author_before_kind")],
    "Anna Orlova, 'Speech on the Fleet'": [("by", "Anna Orlova", None, None, "person", "author_before_quotation")],
    "Statement by the USSR and the PRC": [
        ("by", "USSR", None, None, "state", "author_after_by"),
        ("by", "PRC", None, None, "state", "author_after_by"),
    ],
    "From the Diary of Ambassador Orlov: Reception of Minister Petrov": [
        ("by", "Orlov", None, "Ambassador", "person", "diary_owner"),
        ("with", "Petrov", None, "Minister", "person", "participant"),
    ],
    "Telegram from Orlov to Petrov Transmitting a Message from Kirov to Mao Zedong": [
        ("from", "Orlov", None, None, "person", "sender"),
        ("to", "Petrov", None, None, "person", "receiver"),
        ("by", "Kirov", None, None, "person", "passed_on"),
        ("to", "Mao Zedong", None, None, "person", "receiver"),
    ],
    "Report on the Arrest of Beria and on the Soviet Government’s Answer": [
        ("about", "Beria", None, None, "person", "topic"),
        ("about", "Soviet Government", None, None, "body", "topic"),
    ],
    "Minutes, Politburo of the Hungarian Workers' Party": [
        ("by", "Politburo of the Hungarian Workers' Party", None, None, "body", "author_after_of")
    ],
    "Agreement between the Government of Poland and Cuba on Fish": [
        ("with", "Government of Poland", None, None, "body", "participant"),
        ("with", "Cuba", None, None, "state", "participant"),
    ],
    "Biography of Liu Shaoqi": [("about", "Liu Shaoqi", None, None, "person", "topic")],
}  # fmt: skip

SILENT = [
    "Report on the Visit to Moscow",
    "The Position of the United States with Respect to Korea",
    "Plan of Measures for May 1968",
    "Appeal to the Workers of Gdańsk",
    "Letter to Brother [Unsigned]",
    "Summary of Novotný's Telegrams to Orlov",
    "Speech at the Meeting of the Political Committee",
    "Report on NATO Deployments",
    "Decision on Sending 40 Tanks to North Korea",
    "Declaration on the Occasion of the 40th Anniversary of the October Revolution",
    "Memorandum on behalf of the Committee",
    "Photographs with Fidel Castro",
    "Ice Report",
    "Secret Annex to the Lurra Agreement",
    "From Yalta to Geneva",
    "Road from Hunger to Wealth",
    "List of Participants",
    "Vasil Bil'ak",
    "Directives Edited by Mao",
    "Memorandum for the Record",
    "Notes on Arms for the Fenwald Militia",
    "Letter of Resignation",
    "Łużawa – État des eaux",
]


@pytest.mark.parametrize("title", TOLD)
def test_parties_are_told_with_their_roles_and_rules(title):
    found = [
        (party.role, party.name, party.alias, party.office, party.party_kind, each.rule)
        for each in title_facts(title).parties
        for party in (each.value,)
    ]
    assert found == TOLD[title]


@pytest.mark.parametrize("title", SILENT)
def test_no_party_is_read_where_none_is_named(title):
    assert title_facts(title).parties == ()


def test_a_name_is_printed_and_normalized():
    sender, receiver = (each.value for each in title_facts("Letter, Mao Tse-tung to N. S. Khrushchev").parties)
    assert (sender.name, sender.name_normalized) == ("Mao Tse-tung", "Mao Zedong")
    assert (receiver.name, receiver.name_normalized) == ("N. S. Khrushchev", "Nikita Khrushchev")


def test_an_alias_tells_whom_a_name_stands_for():
    (party,) = title_facts("Cable from Semenov [Stalin]").parties
    assert (party.value.name, party.value.name_normalized) == ("Semenov", "Joseph Stalin")


def test_what_a_bracket_completes_is_one_name():
    names = [each.value.name_normalized for each in title_facts("Cable to Liu [Shaoqi] and [Li] Fuchun").parties]
    assert names == ["Liu Shaoqi", "Li Fuchun"]


def test_a_family_name_that_many_bear_is_left_as_it_is():
    (party,) = title_facts("Letter from Petrov").parties
    assert (party.value.name_normalized, party.value.wikidata_id) == (None, None)


def test_organs_of_bodies_are_joined_in_either_order():
    titles = ["CC CPSU", "CPSU CC", "CPSU Central Committee", "Central Committee of the CPSU"]
    normalized = {title_facts(f"Letter to the {name}").parties[0].value.name_normalized for name in titles}
    assert normalized == {"Central Committee of the Communist Party of the Soviet Union"}


def test_evidence_is_what_was_read_of_the_party():
    title = "Cable, the Soviet Ambassador Orlov to Comrade Filippov [Stalin]"
    found = [title[each.first - 1 : each.last] for each in title_facts(title).parties]
    assert found == ["Soviet Ambassador Orlov", "Comrade Filippov [Stalin]"]
