"""Laws of reading, on pages that nobody looked at: made ones of every layout, and any lines at all."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.pages import ENTRIES_A_PAGE, LAYOUTS, make_document, make_page
from pipelines.extract import read_page
from pipelines.extract.kinds import FIXED
from pipelines.read.text_page import page_of

# What pages are made of, so that random pages come close to every grammar.
LINES = st.one_of(
    st.sampled_from([*FIXED, "", "", "", "January 5, 1950", "  • January 05, 1950", "  •", "• Note", "    Letter, A to B"]),
    st.sampled_from(["1893-1976", "(372) documents", "1 - 10 of 12", "Letter, A to B", "What it says.", "Aug", "July 9", "1948", "-"]),
    st.text(alphabet=st.characters(exclude_characters="\n\r\0", exclude_categories=["Cs"]), max_size=30),
)  # fmt: skip


def made(layout, seed, *, undated=0.0, bare=0.0):
    chance = random.Random(f"{layout}/{seed}")
    listings = [make_document(chance, n) for n in range(chance.randint(1, ENTRIES_A_PAGE[layout] or 1))]
    listings = [replace(listed, date=None) if chance.random() < undated else listed for listed in listings]
    listings = [replace(listed, summary=None) if chance.random() < bare else listed for listed in listings]
    return make_page(chance, layout, listings)


def read(text):
    return read_page(page_of(text.encode(), "page.txt"))


def told(entry):
    return {
        "position": entry.position, "section": entry.section, "line_first": entry.line_first, "line_last": entry.line_last,
        "date_edtf": entry.date.edtf if entry.date else None, "title": entry.title, "summary": entry.summary,
    }  # fmt: skip


def fates(reading):
    """Each line's fate, from what the reading says and nothing else."""
    found = [(entry.line_first, entry.line_last, "entry") for entry in reading.entries]
    found += [(span.line_first, span.line_last, "furniture") for span in reading.furniture]
    found += [
        (issue.line_first, issue.line_last, "issue") for issue in reading.issues if issue.raw_text is not None and issue.line_first
    ]  # fmt: skip
    return [(line, fate) for first, last, fate in found for line in range(first, last + 1)]


def assert_each_line_has_one_fate(text, reading):
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    lines = lines[:-1] if lines and not lines[-1] else lines
    filled = [number for number, line in enumerate(lines, 1) if line.strip()]
    assert sorted(line for line, _ in fates(reading) if lines[line - 1].strip()) == filled
    ledger = reading.ledger
    assert ledger.line_count == len(lines)
    assert ledger.blank_line_count == len(lines) - len(filled)
    for fate in ("entry", "furniture", "issue"):
        count = sum(1 for line, found in fates(reading) if found == fate and lines[line - 1].strip())
        assert getattr(ledger, f"{fate}_line_count") == count


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_entry_of_a_made_page_is_exact(layout):
    for seed in range(150):
        page = made(
            layout,
            seed,
            bare=0.0 if layout == "N4" else 0.1,
            undated=0.1 if layout in ("N1", "N2", "N3", "N5") else 0.0,
        )
        reading = read(page.text)
        assert reading.layout == layout, page.text
        assert [told(entry) for entry in reading.entries] == page.entries
        assert_each_line_has_one_fate(page.text, reading)


@pytest.mark.parametrize("layout", [layout for layout in LAYOUTS if layout != "N6"])
@pytest.mark.parametrize("fragment", ["Aug", "July 9", "December 20, 19", "S"])
def test_a_date_that_was_cut_is_an_issue_and_spoils_nothing(layout, fragment):
    page = made(layout, 7)
    prefix = "  • " if layout in ("O1", "O2", "O3", "O4") else "-\n" if layout == "O5" else ""
    reading = read(page.text + prefix + fragment)
    assert reading.is_cut
    assert [issue.problem for issue in reading.issues if issue.problem == "cut_fragment"] == ["cut_fragment"]
    assert [told(entry) for entry in reading.entries] == page.entries


@pytest.mark.parametrize("layout", LAYOUTS)
def test_line_ends_and_byte_order_marks_change_nothing(layout):
    page = made(layout, 3)
    plain = read(page.text)
    for end in ("\r\n", "\r"):
        for mark in (b"", b"\xef\xbb\xbf"):
            other = read_page(page_of(mark + page.text.replace("\n", end).encode(), "page.txt"))
            assert (other.layout, other.entries, other.ledger) == (plain.layout, plain.entries, plain.ledger)


@settings(max_examples=400, deadline=None)
@given(st.lists(LINES, max_size=40))
def test_any_lines_are_read_or_refused_and_each_is_accounted_for_once(lines):
    text = "\n".join(lines)
    assert_each_line_has_one_fate(text, read(text))


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(LAYOUTS), st.integers(0, 50), st.randoms(use_true_random=False))
def test_a_page_with_lines_lost_doubled_or_exchanged_is_still_accounted_for(layout, seed, chance):
    lines = made(layout, seed).text.split("\n")
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(lines))
        match chance.randrange(4):
            case 0:
                del lines[at]
                lines = lines or [""]
            case 1:
                lines.insert(at, lines[at])
            case 2:
                other = chance.randrange(len(lines))
                lines[at], lines[other] = lines[other], lines[at]
            case 3:
                lines[at] = lines[at][: chance.randint(0, len(lines[at]))]
    text = "\n".join(lines)
    assert_each_line_has_one_fate(text, read(text))


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_a_page_or_refused_with_a_reason(data):
    found = page_of(data, "page.txt")
    if hasattr(found, "lines"):
        read_page(found)
    else:
        assert ": file refused: " in found.message


def test_a_page_of_two_layouts_is_refused_whole():
    reading = read(made("O2", 1).text + made("N1", 1).text)
    assert reading.layout is None
    assert reading.entries == ()
    assert reading.ledger.issue_line_count == reading.ledger.line_count - reading.ledger.blank_line_count


def test_a_page_that_two_grammars_claim_is_refused_with_both_names(monkeypatch):
    from pipelines.extract import reading as room

    monkeypatch.setattr(room, "LAYOUTS", (*room.LAYOUTS, replace(room.LAYOUTS[0], name="O1 again")))
    reading = read(made("O1", 1).text)
    assert [issue.problem for issue in reading.issues] == ["layout_ambiguous"]
    assert "O1 and O1 again" in reading.issues[0].message


def test_a_grammar_that_loses_lines_is_caught_at_run_time(monkeypatch):
    from pipelines.extract import reading as room

    whole = room._strays  # noqa: SLF001 broken on purpose
    monkeypatch.setattr(room, "_strays", lambda *arguments: (whole(*arguments)[0], []))
    reading = read(made("N1", 2).text + "A third paragraph.\n\nAnd a fourth.\n")
    assert [issue.problem for issue in reading.issues] == ["ledger_unbalanced"]


def test_a_pager_that_promises_more_is_reported():
    reading = read("Skip to content\n\n\n1 - 10 of 40\n\n\nMay 1, 1950\n\nLetter, A to B\n\nOne.\n")
    assert [(issue.problem, issue.value) for issue in reading.issues] == [("pager_mismatch", "1 - 10 of 40")]
    assert reading.is_cut


def test_an_old_page_out_of_order_is_reported_with_the_line():
    page = "  • May 02, 1950\n\n    Letter\n\n    One.\n\n  • May 01, 1950\n\n    Note\n\n    Two.\n"
    assert [(issue.problem, issue.line_first) for issue in read(page).issues] == [("dates_not_ascending", 7)]


def test_a_list_without_entries_is_an_error():
    reading = read("Skip to content\n\nHarbour Papers, 1921-1939\n\nPopular Documents\n")
    assert [issue.problem for issue in reading.issues] == ["entries_missing"]


def test_a_topic_page_without_entries_is_right():
    reading = read("Skip to content\n\nHerring\n\nOne paragraph.\n\nAnother.\n\nTimeline\n")
    assert (reading.layout, reading.issues) == ("N6", ())


def test_a_day_that_does_not_exist_keeps_its_text_and_has_no_bounds():
    entry = read("  • February 30, 1950\n\n    Letter\n\n    One.\n").entries[0]
    assert (entry.date_text, entry.date) == ("February 30, 1950", None)


def test_a_title_printed_twice_stays_as_printed_and_is_reported():
    title = "Letter from the Harbour Master" * 2
    reading = read(f"  • May 02, 1950\n\n    {title}\n\n    One.\n")
    assert reading.entries[0].title == title
    assert [issue.problem for issue in reading.issues] == ["title_repeated"]


def test_a_title_that_looks_like_a_date_is_a_title_under_a_bullet():
    entry = read("  • May 02, 1950\n\n    January 5, 1949\n\n    One.\n").entries[0]
    assert (entry.date_text, entry.title) == ("May 02, 1950", "January 5, 1949")


def test_the_last_entry_without_a_summary_is_marked_as_possibly_cut():
    reading = read("  • May 02, 1950\n\n    Letter\n\n  • May 03, 1950\n\n    Note\n")
    assert [entry.is_possibly_cut for entry in reading.entries] == [False, True]


SITE = "Digital Archive International History Declassified"
BULLETED = "  • May 05, 1950\n\n    Note, A to B\n\n    One.\n"
NEW = "Skip to content\n\n\n1 - 1 of 1\n\n\n"


@pytest.mark.parametrize("order", [[0, 1, 2], [1, 0, 2], [2, 1, 0], [1, 2], [0, 1], [0, 2], [2, 0]], ids=str)
def test_the_lines_of_an_old_search_head_stand_in_any_order(order):
    head = [SITE, "ADD SEARCH FILTER CANCEL SEARCH FILTER", "SEARCH RESULTS"]
    reading = read("\n\n".join(["Search in", *(head[number] for number in order), BULLETED]))
    assert (reading.layout, len(reading.entries), reading.issues) == ("O2", 1, ())


@pytest.mark.parametrize("title", ["3-10 March 1964", "1968", "Spring 1968", "5/1/50", "May 5, 1950", "1945-1950"])
@pytest.mark.parametrize(
    "page",
    [
        "  • May 06, 1950\n\n    {}\n\n    What it says.\n",
        "-\nMay 06, 1950\n{}\nWhat it says.\n",
        NEW + "May 6, 1950\n\n{}\n\nWhat it says.\n",
    ],
    ids=["O4", "O5", "N1"],
)
def test_what_follows_a_date_is_the_title_even_if_it_looks_like_a_date(page, title):
    entry = read(page.format(title)).entries[0]
    assert (entry.date.edtf, entry.title, entry.summary) == ("1950-05-06", title, "What it says.")


@pytest.mark.parametrize("heading", ["Spring 1968", "1968", "Fall 1989"])
def test_a_heading_may_look_like_a_date(heading):
    page = f"Skip to content\n\n{heading}\n\nPapers.\n\nPopular Documents\n\nMay 5, 1950\n\nNote\n\nOne.\n"
    assert read(page).frame.heading == heading


@pytest.mark.parametrize(
    "summary", ["Points:\n-\none.", "1950\nwas cold.", "It began in\n1950", "Timeline", "No image found."]
)
def test_what_looks_like_something_else_is_text_within_a_summary(summary):
    reading = read(f"{NEW}May 6, 1950\n\nNote\n\n{summary}\n")
    assert [entry.summary for entry in reading.entries] == [summary]


def test_text_right_under_the_heading_of_new_results_has_no_date():
    reading = read(
        "Skip to content\nResults:\n1 - 2 of 2\nDocuments\n\nNote\n\nOne.\n\nMay 6, 1950\n\nLetter\n\nTwo.\n"
    )
    assert [(entry.date_text, entry.title) for entry in reading.entries] == [(None, "Note"), ("May 6, 1950", "Letter")]


def test_a_pager_of_nothing_promises_nothing():
    reading = read("Skip to content\n\n\n0 - 0 of 0\n\n\n")
    assert (reading.layout, reading.issues, reading.is_cut) == ("N1", (), False)


def test_a_heading_right_under_the_skip_link_is_no_caption():
    page = "Skip to content\n{}\n\nThis is a collection of many papers about herring, salt, harbours and the law of the sea.\n\nPopular Documents\n"
    for heading in ("Harbour Papers, 1921-1939", "Herring"):
        assert (read(page.format(heading)).frame.heading, read(page.format(heading)).frame.image_caption) == (
            heading,
            None,
        )


def test_a_caption_right_under_the_skip_link_is_no_heading():
    page = "Skip to content\nBoats in the port\n\nHarbour Papers, 1921-1939\n\nThis is a collection.\n\nPopular Documents\n"
    assert (read(page).frame.heading, read(page).frame.image_caption) == (
        "Harbour Papers, 1921-1939",
        "Boats in the port",
    )


def test_a_refused_page_that_ends_within_a_character_says_both():
    reading = read_page(page_of("Nothing here is a listing “".encode()[:-1], "page.txt"))
    assert [issue.problem for issue in reading.issues] == ["cut_character", "layout_unknown"]
