"""Laws of declared layouts, on pages that nobody looked at: every line has one fate, nothing raises, time grows with the page."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.collector import collector_paused
from pipelines.errors import LayoutError
from pipelines.extract import read_page
from pipelines.extract.declared import Claim, claim_any_way, filled_lines, read_claimed
from tests.extract.declared.pages import HERE, all_layouts, layout, page
from tests.test_reading_laws import assert_each_line_has_one_fate

LAYOUTS = all_layouts()
TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in sorted((HERE / "pages").glob("*.txt"))}
# What pages are made of, so that random pages come close to every layout.
PRINTED = sorted({line for text in TEXTS.values() for line in text.split("\n")})
LINES = st.one_of(
    st.sampled_from(PRINTED),
    st.sampled_from(["", "", "-", "More", "Jul", "1. A", "2. B (1950)", "Dates: 1950", "May 5, 1950", "Scope: x", "Harbour list"]),
    st.text(alphabet=st.characters(exclude_characters="\n\r\0", exclude_categories=["Cs"]), max_size=30),
)  # fmt: skip
# Parts of entries, of which layouts are put together that nobody would write.
BLOCKS = [
    'line = "{date}"', 'line = "{title}"', 'line = "{number}. {title}"', 'line = ["{title} ({date})", "{title}."]',
    'line = "{summary}"\noptional = true\nruns_over = "paragraphs"', 'line = "Scope: {summary}"\noptional = true\nrepeated = true',
    'line = "Dates: {date}"\noptional = true', 'line = "{_}"\noptional = true', 'line = "More"',
]  # fmt: skip
LISTS = ["", "any_order = true", 'separator = "-"', 'blank_lines = 1\nafter = "Harbour list"', 'before = "More"']
# A page of so many lines takes at most so many times as long as a quarter of it; below the floor nothing is measured.
LINES_OF_A_PAGE, MOST_GROWTH, FLOOR = 8_000, 8, 0.2
# The longest page, and the longest line, read by one layout in so many seconds of the processor.
MANY, MOST_SECONDS = 100_000, 6.0


def assert_whole(text, how):
    lines = page(text)
    found = claim_any_way(filled_lines(lines), how)
    if isinstance(found, Claim):
        assert_each_line_has_one_fate(text, read_claimed(lines, found))


@settings(max_examples=300, deadline=None)
@given(st.lists(LINES, max_size=40))
def test_any_lines_are_read_or_refused_and_each_is_accounted_for_once(lines):
    text = "\n".join(lines)
    assert_each_line_has_one_fate(text, read_page(page(text), LAYOUTS))
    for how in LAYOUTS:
        assert_whole(text, how)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(BLOCKS), min_size=1, max_size=4), st.sampled_from(LISTS), st.lists(LINES, max_size=30))
def test_any_layout_that_can_be_declared_reads_any_lines(blocks, items, lines):
    try:
        how = layout(*blocks, tables=f"[list]\n{items}")
    except LayoutError:
        return
    assert_whole("\n".join(["Harbour list", *lines]), how)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(TEXTS)), st.randoms(use_true_random=False))
def test_a_page_with_lines_lost_doubled_or_exchanged_is_still_accounted_for(name, chance):
    lines = TEXTS[name].split("\n")
    for _ in range(chance.randint(1, 6)):
        at, other = chance.randrange(len(lines)), chance.randrange(len(lines))
        match chance.randrange(4):
            case 0:
                del lines[at]
                lines = lines or [""]
            case 1:
                lines.insert(at, lines[at])
            case 2:
                lines[at], lines[other] = lines[other], lines[at]
            case 3:
                lines[at] = lines[at][: chance.randint(0, len(lines[at]))]
    text = "\n".join(lines)
    assert_each_line_has_one_fate(text, read_page(page(text), LAYOUTS))


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_no_page_is_claimed_by_two_layouts(name):
    found = [claim_any_way(filled_lines(page(TEXTS[name])), how) for how in LAYOUTS]
    assert sum(isinstance(each, Claim) for each in found) == 1


RECOGNISED = """\
Stories from the port
Foreign Relations of the United States, V
1 - 2 of 3 entries
Search Results
Correspondence of X
Findbuch x
Latest
Showing Results: 1 - 10 of 20
"""
UNITS = [
    "1. A\nOslo, May 3, 1951.\nSource: Files.\n\n", "A\nFile\nDates: 1950\nScope and Contents: x\n", "A title\n", "\n\n\nA\n",
    "A (1950)\nB\n", "-\n", "Read more\nA\n", "Source: x\n", "1. A, B, 1950\n", "Dates: x\n", "May\n",
]  # fmt: skip


@collector_paused()  # as a build reads: the collector would walk over what other tests have left
def seconds(text, layouts=LAYOUTS):
    lines = page(RECOGNISED + text)
    start = time.process_time()
    for how in layouts:
        found = claim_any_way(filled_lines(lines), how)
        assert isinstance(found, Claim)
        read_claimed(lines, found)
    return time.process_time() - start


@pytest.mark.parametrize("unit", UNITS)
def test_time_grows_with_the_number_of_lines(unit):
    count = LINES_OF_A_PAGE // unit.count("\n")
    quarter, whole = seconds(unit * (count // 4)), seconds(unit * count)
    assert whole < max(FLOOR, MOST_GROWTH * quarter)


@pytest.mark.parametrize("how", LAYOUTS, ids=lambda how: how.name)
def test_a_page_of_very_many_lines_is_read(how):
    assert seconds(UNITS[0] * (MANY // UNITS[0].count("\n")), [how]) < MOST_SECONDS


@pytest.mark.parametrize("unit", [", ", "May 3, 1951, ", " (", ". ", "1. ", " > ", "  ", "a"])
@pytest.mark.parametrize("head", ["1. ", "Washington, ", "Source: ", "Dates: ", ""])
def test_a_line_as_long_as_a_page_is_read_at_once(head, unit):
    assert seconds(f"{head}{unit * (MANY // len(unit))}\n" * 2) < MOST_SECONDS / 2
