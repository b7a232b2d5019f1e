"""Candidates: what is worth comparing is found, however it is damaged, and nothing costs the square of what is listed."""

import random
import re
from pathlib import Path

import numpy as np
import pytest

from pipelines.deduplicate import deduplicate
from pipelines.deduplicate.blocks import LARGEST_BLOCK, LARGEST_UNDIVIDED_BLOCK, NEIGHBOURS, find_candidates
from pipelines.deduplicate.frame import as_records
from pipelines.deduplicate.texts import distinct_texts
from tests.deduplicate.corpora import CABLE, FISH, LONG, MONTH, NEXT_DAY, SALT, SHORT_FISH, Listed, frame

WORDS = [
    "herring", "harbour", "salt", "icebreaker", "pilot", "ferry", "customs", "loan", "quota", "lighthouse", "trawler",
    "coal", "barley", "timber", "canal",
]  # fmt: skip


def texts_of(entries):
    return distinct_texts(as_records(frame([entry._replace(name=f"e{at:05}") for at, entry in enumerate(entries)])))


def pairs_of(entries):
    return list(zip(*(side.tolist() for side in find_candidates(texts_of(entries))[:2]), strict=True))


def overflows_of(entries):
    return [(overflow.size, overflow.key) for overflow in find_candidates(texts_of(entries)).overflows]


def letters(number, count=4):
    """A number as a word."""
    return "".join(chr(ord("a") + number // 26**place % 26) for place in range(count))


def words(chance, count):
    return " ".join(chance.choice(WORDS) for _ in range(count))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Listed(), Listed(summary=SALT)),
        (Listed(), Listed(summary=None)),
        (Listed(), Listed("Telegram No. 7, Orlov from Petrov", SALT)),
        (Listed(), Listed("Petrov writes to Orlow", None)),
        (Listed(), Listed("Cable, Pyetrov to Orlov", None)),
        (Listed(), Listed("Note on the Icebreakers")),
        (Listed(), Listed("Note on the Icebreakers", SHORT_FISH)),
        (Listed(), Listed(None)),
        (Listed(), Listed(date=NEXT_DAY)),
        (Listed("Note", LONG), Listed("Minutes", LONG, date=None)),
        (Listed("Note", LONG), Listed("Minutes", LONG, date=MONTH)),
        (Listed(summary=None), Listed(date=None, summary=None)),
        (Listed(url="/document/7"), Listed("Minutes", LONG, NEXT_DAY, url="/document/7")),
    ],
    ids=[
        "summary", "no summary", "heading", "end of title", "beginning of title", "title", "cut summary", "no title",
        "date", "no date", "coarser date", "bare", "link",
    ],
)  # fmt: skip
def test_one_damaged_field_leaves_a_key_that_finds_the_pair(one, other):
    assert pairs_of([one, other]) == [(0, 1)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Listed(), Listed("Minutes of the Council", SALT)),
        (Listed(), Listed(date=NEXT_DAY, summary=SALT)),
        (Listed(None), Listed(None, date=NEXT_DAY)),
        (Listed(None, FISH), Listed(None, SALT)),
    ],
    ids=["nothing", "title", "summary", "date"],
)
def test_what_shares_too_little_is_not_compared(one, other):
    assert pairs_of([one, other]) == []


def test_each_pair_stands_once_the_smaller_number_first_and_in_order():
    pairs = pairs_of([Listed(), Listed(summary=None), Listed("Cable, Petrof to Orlov"), Listed(summary=SHORT_FISH)])
    assert pairs == [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)]


def test_a_small_block_is_compared_in_full():
    entries = [Listed(summary=f"{letters(n)} {words(random.Random(n), 6)}") for n in range(LARGEST_UNDIVIDED_BLOCK)]
    assert len(pairs_of(entries)) == LARGEST_UNDIVIDED_BLOCK * (LARGEST_UNDIVIDED_BLOCK - 1) / 2
    assert overflows_of(entries) == []


def test_a_large_block_is_divided_by_a_finer_key():
    entries = [
        Listed(f"Petrov {place} {letters(700 * n)}", None)
        for place in ("Tirana", "Murmansk", "Lisbon")
        for n in range(15)
    ]
    pairs = pairs_of(entries)
    within = {(one, other) for one in range(45) for other in range(one + 1, 45) if one // 15 == other // 15}
    assert within <= set(pairs)
    assert len(pairs) < 45 * 44 / 2
    assert overflows_of(entries) == []


def test_a_block_that_is_too_large_even_divided_is_reported():
    entries = [Listed(summary=f"The northern council speaks of {letters(n)}") for n in range(LARGEST_BLOCK + 1)]
    assert [count for count, _ in overflows_of(entries)] == [LARGEST_BLOCK + 1]


def test_in_a_block_that_is_too_large_neighbours_are_compared():
    entries = [Listed(summary=f"The northern council speaks of {letters(n)}") for n in range(300)]
    order = sorted(range(300), key=letters)
    near = {
        (min(pair), max(pair))
        for at in range(300) for pair in zip(order[at:], order[at + 1 : at + 1 + NEIGHBOURS], strict=False) if pair[0] == order[at]
    }  # fmt: skip
    assert near <= set(pairs_of(entries))


def test_two_spellings_in_a_block_that_is_too_large_still_meet():
    entries = [Listed(f"Report {letters(n)} on the Fishing Fleet of the North", None) for n in range(200)]
    twin = Listed(f"Report {letters(77)}s on the Fishing Fleet of the North", None)
    assert (77, 200) in pairs_of([*entries, twin])


def test_a_large_block_without_a_text_that_is_asked_about_is_passed_over():
    large = [Listed(summary=f"The northern council speaks of {letters(n)}") for n in range(LARGEST_BLOCK + 1)]
    texts = texts_of([*large, Listed("Note on Salt", SALT), Listed("Note on Salt", LONG)])
    around = np.arange(len(texts)) == len(texts) - 1
    left, right, overflows = find_candidates(texts, around)
    assert (list(zip(left.tolist(), right.tolist(), strict=True)), overflows) == (
        [(len(texts) - 2, len(texts) - 1)],
        (),
    )


def test_what_a_large_block_shares_is_named():
    one_link = [
        Listed(summary=f"{letters(n)} speaks of it.", date=None, url="/document/7") for n in range(LARGEST_BLOCK + 1)
    ]
    assert {key for _, key in overflows_of(one_link)} == {"link"}


def test_a_large_block_of_entries_without_a_title_is_told_as_that():
    said = "The northern council speaks about signals, herring, harbours, weather, pilots and lighthouses"
    entries = [Listed(None, f"{said} {letters(n)}.", name=f"e{n}") for n in range(LARGEST_BLOCK + 1)]
    (issue,) = deduplicate(frame(entries)).issues
    assert issue.message.endswith(": May 1, 1950, untitled")


def test_the_documentation_says_how_large_a_block_may_be():
    page = (Path(__file__).parents[2] / "docs" / "matching.md").read_text(encoding="utf-8")
    assert f"block of more than {LARGEST_UNDIVIDED_BLOCK} texts is divided by a finer key" in " ".join(page.split())
    assert f"one of more than {LARGEST_BLOCK} even then is compared with near neighbours only" in " ".join(page.split())


def test_what_was_not_compared_in_full_is_an_issue_that_says_so():
    entries = [Listed(summary=f"Number {n} speaks of matter {n * 7} alone.", name=f"e{n}") for n in range(150)]
    (issue,) = deduplicate(frame(entries)).issues
    assert (issue.problem, issue.value) == ("group_too_large", CABLE)
    assert (issue.table, issue.column) == ("entries", "title")
    assert re.match(
        r"1[45][0-9] different texts agree in date and title; each was compared with those near it", issue.message
    )
    assert issue.message.endswith("May 1, 1950, Cable, Petrov to Orlov")


def test_entries_that_say_the_same_make_no_block_large():
    found = deduplicate(frame([Listed(name=f"e{n}") for n in range(500)]))
    assert (found.documents.num_rows, found.matches.num_rows, found.issues) == (1, 0, ())


HOSTILE = {
    "one title, near summaries": lambda n, chance: Listed(summary=f"The minister asks for a loan and for {words(chance, 3)} {letters(n)}"),
    "one title, other summaries": lambda n, chance: Listed(summary=f"{words(chance, 9)} {letters(n)}"),
    "one title, every second without a summary": lambda n, chance: Listed(summary=f"{words(chance, 8)} {letters(n)}" if n % 2 else None, url=f"/document/{n}"),
    "one summary, other titles": lambda n, chance: Listed(f"Cable, {words(chance, 2)} {letters(n)} to Orlov"),
    "numbered titles": lambda n, _: Listed(f"Telegram No. {n}, Petrov to Orlov"),
    "one text under many links": lambda n, _: Listed(url=f"/document/{n}"),
    "one link": lambda n, chance: Listed(f"{words(chance, 3)} {letters(n)}", words(chance, 8), url="/document/7"),
    "one day": lambda n, chance: Listed(f"{words(chance, 4)} {letters(n)}", f"{words(chance, 8)} {letters(n)}"),
    "undated": lambda n, chance: Listed(summary=f"The minister asks for a loan and for {words(chance, 3)} {letters(n)}", date=None),
    "untitled": lambda n, chance: Listed(None, f"The minister asks for a loan and for {words(chance, 3)} {letters(n)}"),
    "days and their month": lambda n, _: Listed(date=f"May {n % 31 + 1}, 1950" if n % 2 else MONTH, summary=f"{FISH} {letters(n)}"),
    "two words in another order": lambda n, chance: Listed(" ".join(chance.sample([*WORDS, letters(n)], 9)), None),
}  # fmt: skip


@pytest.mark.parametrize("kind", HOSTILE)
def test_twice_as_many_texts_make_about_twice_as_many_pairs(kind):
    counts = {}
    for count in (2_000, 4_000):
        chance = random.Random(1)
        counts[count] = len(find_candidates(texts_of([HOSTILE[kind](n, chance) for n in range(count)])).left)
    # Each key compares a text with few others; up to a block's size that number may still grow.
    assert counts[4_000] <= 2 * LARGEST_BLOCK * 4_000
    assert counts[4_000] <= 3 * max(counts[2_000], 4_000)
