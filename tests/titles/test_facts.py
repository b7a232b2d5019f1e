"""What holds for every title, whatever it says."""

import time

from hypothesis import given
from hypothesis import strategies as st

from pipelines.titles.facts import TitleReader, title_facts
from pipelines.titles.found import TitleFacts

READER = TitleReader()
WORDS = st.sampled_from(
    [
        "Telegram",
        "from",
        "to",
        "Mao",
        "Zedong",
        "Stalin",
        "[Stalin]",
        "Letter",
        ",",
        "and",
        "the",
        "Ambassador",
        "in",
        "Moscow",
        "of",
        "Record",
        "Conversation",
        "with",
        "between",
        "No.",
        "5",
        "16",
        "December",
        "1949",
        "on",
        "Report",
        "'Speech'",
        "(",
        ")",
        "“",
        "”",
        "–",
        "CC",
        "CPSU",
        "Comrade",
        "Soviet",
        "by",
        "via",
        "Molotov",
        "regarding",
        "Arrest",
        "a",
        "10:30",
        "p.m.",
        "'s",
        ":",
        "#",
        "]",
        "[",
    ]
)
TITLES = st.lists(WORDS, max_size=25).map(" ".join) | st.text(max_size=80)
VALUES = {
    "event_date": lambda value: value.text,
    "number": lambda value: value.text.rsplit(" ", 1)[-1],
}


def all_of(facts):
    """Every value of a title, with what of it must stand in its characters."""
    for field in ("genre", "number", "event_date", "event_time"):
        if found := getattr(facts, field):
            yield found, VALUES.get(field, lambda _: "")(found.value)
    yield from ((found, found.value.name) for found in facts.parties)


@given(TITLES)
def test_evidence_is_part_of_the_title_and_holds_the_value(title):
    for found, text in all_of(READER.read(title)):
        assert 1 <= found.first <= found.last <= len(title)
        assert " ".join(text.split()) in " ".join(title[found.first - 1 : found.last].split())


@given(TITLES)
def test_another_reader_reads_the_same(title):
    assert READER.read(title) == TitleReader().read(title)


@given(st.lists(WORDS, max_size=20))
def test_more_white_space_tells_nothing_else(words):
    one, other = READER.read(" ".join(words)), READER.read("  ".join(words))
    assert [(found.rule, " ".join(text.split())) for found, text in all_of(one)] == [
        (found.rule, " ".join(text.split())) for found, text in all_of(other)
    ]


@given(TITLES)
def test_a_party_stands_once_in_a_role_and_in_the_order_of_the_title(title):
    parties = READER.read(title).parties
    assert len({(each.value.role, each.value.name) for each in parties}) == len(parties)
    assert [each.first for each in parties] == sorted(each.first for each in parties)


def test_a_title_that_is_too_long_says_nothing():
    assert title_facts("Letter from A. Orlov " * 200) == TitleFacts()


def test_what_was_read_before_changes_nothing():
    fresh, used = TitleReader(), TitleReader()
    for title in ("talk at 10 p.m.", "us and them", "STALIN TO MAO", "Report by n. orlov"):
        used.read(title)
    title = "Memorandum of Conversation of A.M. Puzanov with the US Ambassador at 10 p.m."
    assert used.read(title) == fresh.read(title)


def test_hostile_titles_of_full_length_are_read_at_once():
    units = [
        "A ",
        "A, ",
        "A and ",
        "from A to B ",
        "on A ",
        "[A] ",
        "“",
        "No. 1 ",
        "1 May 1950 ",
        "of the A ",
        "Kim Il Sung, ",
    ]
    units += [
        "Report of ",
        "Minister of ",
        "A's ",
        "(",
        "1950 ",
        "1/1/50-",
        "Embassy in A ",
        "A. ",
        "\ue000",
        "between A and ",
    ]
    start = time.process_time()
    for unit in units:
        for head in ("", "Report, ", "Letter from A to B on ", "Record of Conversation between "):
            READER.read((head + unit * 2_000)[:2_000])
    assert time.process_time() - start < 4
