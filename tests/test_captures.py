"""Captures of one page: which are one, which of them counts, and what is said of the others."""

import random
import time
from datetime import UTC, datetime
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.captures import merge_readings
from pipelines.records import Entry, Frame, Issue, Ledger, Page, Pager, PageReading, RawReading

SEARCH = "https://archive.example/search?f[0]=topics:7"
DAY = datetime(2019, 3, 1, 12, tzinfo=UTC)
LATER = datetime(2020, 3, 1, 12, tzinfo=UTC)
HERRING = ("May 1, 1951", "Letter on Herring", "About ‘herring’.")
COD = ("May 2, 1951", "Letter on Cod", "About cod.")


def capture(path, *listed, name=None, url=None, at=None, frame=None, layout="N1", linked=False, issues=()):
    """A reading of a page; `name` stands for its bytes."""
    page = Page(f"p1-{name or path}", path, "0" * 64, 1, "utf-8", url=url, captured_at=at)
    entries = tuple(
        Entry(at, None, at, at, date, title, summary, None, url=f"https://archive.example/document/{at}" if linked else None)
        for at, (date, title, summary) in enumerate(listed, 1)
    )  # fmt: skip
    frame = frame or Frame("search")
    return PageReading(page, layout, frame, entries, (), issues, Ledger(0, 0, 0, 0, 0))


def merged(*readings, issues=()):
    """What is merged in every order, as one and as a shard each."""
    every = [merge_readings([RawReading(order)], issues) for order in permutations(readings)]
    every += [merge_readings([RawReading((reading,)) for reading in readings], issues)]
    assert len({found.pages for found in every}) == 1
    assert len({tuple(sorted(issue.message for issue in found.issues)) for found in every}) == 1
    return every[0]


def told(found):
    return sorted((issue.problem, issue.message) for issue in found.issues)


def paths(found):
    return sorted(reading.page.source_path for reading in found.pages)


def test_of_the_same_bytes_the_first_by_path_counts():
    found = merged(capture("b.txt", HERRING, name="x"), capture("a.txt", HERRING, name="x"), capture("c.txt", COD))
    assert paths(found) == ["a.txt", "c.txt"]
    assert told(found) == [("capture_repeated", "b.txt: the same bytes as a.txt, which counts")]


def test_the_same_listing_in_another_form_counts_once():
    text = capture("a.txt", HERRING, COD)
    html = capture("b.html", ("May 1, 1951", "Letter on  Herring", "About 'herring'."), COD, url=SEARCH, linked=True)
    found = merged(text, html)
    assert paths(found) == ["b.html"]
    assert told(found) == [("capture_repeated", "a.txt: the same listing as b.html, which counts")]
    assert (found.issues[0].page_id, found.issues[0].source_path, found.issues[0].value) == (
        "p1-b.html",
        "a.txt",
        "b.html",
    )


@pytest.mark.parametrize(
    "other",
    [
        capture("b.txt", HERRING),
        capture("b.txt", COD, HERRING),
        capture("b.txt", HERRING, (COD[0], COD[1], None)),
        capture("b.txt", HERRING, (COD[0], "Letter on Cods", COD[2])),
        capture("b.txt", HERRING, ("May 3, 1951", COD[1], COD[2])),
        capture("b.txt", HERRING, COD, frame=Frame("search", "Fish")),
        capture("b.txt", HERRING, COD, frame=Frame("search", description="Fish.")),
        capture("b.txt", HERRING, COD, frame=Frame("search", pager=Pager(1, 2, 9))),
    ],
)
def test_what_lists_something_else_is_another_page(other):
    found = merged(capture("a.txt", HERRING, COD), other)
    assert paths(found) == ["a.txt", "b.txt"]
    assert told(found) == []


@pytest.mark.parametrize(
    ("url", "where"),
    [
        (f"{SEARCH}&utm_source=x", ""),
        ("http://staging.archive.example/search?f%255B0%255D=topics:7&page=0", ""),
        (f"https://web.archive.org/web/2019/{SEARCH}", ""),
        ("https://mirror.library.example/search?f[0]=topics:7", ", at another host"),
    ],
)
def test_addresses_that_are_one_do_not_part_a_listing(url, where):
    found = merged(capture("a.html", HERRING, url=SEARCH), capture("b.html", HERRING, url=url))
    assert told(found) == [("capture_repeated", f"b.html: the same listing as a.html, which counts{where}")]


def test_one_listing_at_two_addresses_is_two_pages():
    found = merged(capture("a.html", HERRING, url=SEARCH), capture("b.html", HERRING, url=f"{SEARCH}&page=1"))
    assert paths(found) == ["a.html", "b.html"]
    assert told(found) == []


def test_a_capture_without_an_address_is_one_with_the_first_of_two_addresses():
    found = merged(
        capture("a.txt", HERRING),
        capture("b.html", HERRING, url=SEARCH),
        capture("c.html", HERRING, url=f"{SEARCH}&page=1"),
    )
    assert paths(found) == ["b.html", "c.html"]
    assert told(found) == [("capture_repeated", "a.txt: the same listing as b.html, which counts")]


def test_the_same_bytes_at_two_addresses_are_one_page_and_the_other_address_is_said():
    found = merged(
        capture("a.html", HERRING, name="x", url=SEARCH), capture("b.html", HERRING, name="x", url=f"{SEARCH}&page=1")
    )
    assert told(found) == [
        ("capture_repeated", f"b.html: the same bytes as a.html, which counts, at another address ({SEARCH}&page=1)")
    ]


@pytest.mark.parametrize(
    ("more", "less"),
    [
        ({"url": SEARCH}, {"linked": True, "at": DAY}),
        ({"linked": True}, {"at": DAY}),
        ({"at": LATER}, {}),
        ({"at": DAY}, {"at": LATER}),
    ],
)
def test_the_capture_that_knows_most_counts_and_of_two_the_earlier(more, less):
    assert paths(merged(capture("z.html", HERRING, **more), capture("a.html", HERRING, **less))) == ["z.html"]


def test_another_listing_at_one_address_counts_too_and_is_named():
    found = merged(
        capture("a.html", HERRING, url=SEARCH, at=LATER),
        capture("b.html", HERRING, COD, url=f"{SEARCH}&page=0", at=DAY),
        capture("c.html", COD, url="https://library.example/search?f[0]=topics:7"),
    )
    assert paths(found) == ["a.html", "b.html", "c.html"]
    assert told(found) == [("capture_differs", "a.html: the same address as b.html, another listing; both count")]
    assert found.issues[0].page_id == "p1-a.html"


def test_pages_without_entries_are_one_only_at_one_address():
    frame = Frame("unknown", "Herring War", "A war.")
    at_one = [capture(f"{name}.html", frame=frame, layout="N6", url=SEARCH) for name in "ab"]
    unknown = [capture(f"{name}.txt", frame=frame, layout="N6") for name in "cd"]
    elsewhere = capture("e.html", frame=frame, layout="N6", url=f"{SEARCH}&page=1")
    found = merged(*at_one, *unknown, elsewhere)
    assert paths(found) == ["a.html", "c.txt", "d.txt", "e.html"]
    assert told(found) == [("capture_repeated", "b.html: the same listing as a.html, which counts")]


def test_pages_that_were_refused_are_one_only_by_their_bytes():
    refused = {"layout": None, "url": SEARCH}
    found = merged(capture("a", **refused), capture("b", **refused), capture("c", name="a", **refused))
    assert paths(found) == ["a", "b"]
    assert told(found) == [("capture_repeated", "c: the same bytes as a, which counts")]


def test_an_issue_about_a_capture_that_does_not_count_leads_to_the_page_that_does():
    issue = Issue("file_changed", "b.txt: doubted", source_path="b.txt", page_id="p1-b.txt")
    other = Issue("file_changed", "c.txt: doubted", source_path="c.txt")
    found = merge_readings([RawReading((capture("a.txt", HERRING), capture("b.txt", HERRING)), (issue,))], [other])
    assert [(said.message, said.page_id) for said in found.issues[:2]] == [
        ("c.txt: doubted", None),
        ("b.txt: doubted", "p1-a.txt"),
    ]


def test_a_copy_of_a_capture_that_does_not_count_names_the_one_that_does():
    found = merged(
        capture("a.html", HERRING, url=SEARCH), capture("b.txt", HERRING), capture("c.txt", HERRING, name="b.txt")
    )
    assert told(found) == [
        ("capture_repeated", "b.txt: the same listing as a.html, which counts"),
        ("capture_repeated", "c.txt: the same listing as a.html, which counts"),
    ]


URLS = st.sampled_from([None, SEARCH, f"{SEARCH}&utm_id=1", f"{SEARCH}&page=1", "http://www.archive.example/x"])
CAPTURES = st.lists(
    st.tuples(
        st.sampled_from("xyz"), st.sampled_from([(), (HERRING,), (COD,)]), URLS, st.sampled_from([None, DAY, LATER]), st.booleans()
    ),
    max_size=7,
)  # fmt: skip


@settings(deadline=None)
@given(CAPTURES, st.randoms(use_true_random=False))
def test_each_capture_counts_or_is_named_in_any_order(made, chance):
    readings = [
        capture(f"{number}", *listed, name=f"{name}{listed}", url=url, at=at, linked=linked)
        for number, (name, listed, url, at, linked) in enumerate(made)
    ]
    found = merge_readings([RawReading(tuple(readings))])
    chance.shuffle(readings)
    again = merge_readings([RawReading((reading,)) for reading in readings])
    assert found.pages == again.pages
    assert told(found) == told(again)
    named = [issue.source_path for issue in found.issues if issue.problem == "capture_repeated"]
    assert sorted([*paths(found), *named]) == sorted(reading.page.source_path for reading in readings)
    assert len({reading.page.page_id for reading in found.pages}) == len(found.pages)
    assert {issue.page_id for issue in found.issues} <= {reading.page.page_id for reading in found.pages}


def test_a_hundred_thousand_entries_are_compared_in_no_time():
    chance = random.Random(1)
    days = [f"May {day}, {year}" for day in range(1, 32) for year in range(1945, 1991)]
    readings = [
        capture(
            f"{number:05}",
            *(
                (chance.choice(days), f"Letter No. {chance.random()}", "About herring, cod and salt. " * 7)
                for _ in range(10)
            ),
            url=f"{SEARCH}&page={number}",
        )
        for number in range(10_000)
    ]
    start = time.process_time()
    found = merge_readings([RawReading(tuple(readings))])
    taken = time.process_time() - start
    assert len(found.pages) == 10_000
    assert taken < 2  # 0.3 s and less where nothing else runs; a quadratic way would take minutes


def test_listings_without_dates_are_compared_in_no_time():
    readings = [
        capture(f"{number:05}", (None, f"Letter No. {number}", "About herring. " * 10), (None, "Salt", None))
        for number in range(20_000)
    ]
    start = time.process_time()
    assert len(merge_readings([RawReading(tuple(readings))]).pages) == 20_000
    assert time.process_time() - start < 2
