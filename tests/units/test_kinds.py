import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.extract.kinds import bullet_text, kinds_of

FURNITURE = [
    ("", "b"),
    ("-", "-"),
    ("Search in", "S"),
    ("ADD SEARCH FILTER CANCEL SEARCH FILTER", "A"),
    ("SEARCH RESULTS", "R"),
    ("No image found.", "N"),
    ("Skip to content", "K"),
    ("Results:", "Q"),
    ("Documents", "O"),
    ("Popular Documents", "P"),
    ("Timeline", "T"),
    ("Placeholder image for when a portrait image is not available", "H"),
]

NEAR_FURNITURE = [
    "--",
    "–",
    "Search in:",
    "search in",
    "Search results",
    "SEARCH  RESULTS",
    "No image found",
    "Skip to the content",
    "Results",
    "documents",
    "Popular documents",
    "Popular Documents:",
    "Timelines",
    "Placeholder image",
]

OTHERS = [
    (" ", "b"),
    ("\t", "b"),
    ("\xa0", "b"),
    (" " * 200, "b"),
    ("- ", "-"),
    ("Timeline ", "T"),
    ("Minutes of the Fishing Council", "t"),
    ("Herring", "t"),
    ("Minutes of the Fishing Council on 16 December 1949", "t"),
    ("Monthly 1950", "t"),
    ("Report No. 12", "t"),
    ("fish " * 100, "t"),
    ("1" * 200, "t"),
    ("    Minutes of the Fishing Council", "i"),
    ("\tHerring", "i"),
    ("\xa0Herring", "i"),
    (" " * 200 + "Herring", "i"),
    ("    " + "fish " * 100, "i"),
    ("January 05, 1950", "d"),
    ("January 5, 1950", "d"),
    ("January 5, 1950  ", "d"),
    ("February, 1950", "d"),
    ("February 1950", "d"),
    ("1948", "d"),
    ("circa 1950", "d"),
    ("1950/1952", "d"),
    ("February 30, 1950", "d"),
    ("Spring 1950", "d"),
    ("undated", "d"),
    ("n.d.", "d"),
    ("undated herring", "t"),
    ("January 5, 1950: Herring", "t"),
    ("January 5, 195", "t"),
    ("1893-1976", "y"),
    ("1893–1976", "y"),
    ("1912- 1994", "y"),
    ("1912 - 1994", "y"),
    ("1912-", "y"),
    ("1912 -", "y"),
    ("1893-1976.", "d"),
    ("-1976", "d"),
    ("Herring 1893-1976", "t"),
    ("(372) documents", "c"),
    ("(1) document", "c"),
    ("(1,372) documents", "c"),
    ("(372) Documents", "t"),
    ("372 documents", "t"),
    ("() documents", "t"),
    ("(372) documents found", "t"),
    ("61 - 70 of 120", "p"),
    ("61-70 of 120", "p"),
    ("61 – 70 of 1,120", "p"),
    ("1 - 10 of 1950", "p"),
    ("1991 - 2000 of 2010", "p"),
    ("61 - 70", "t"),
    ("61 - 70 of", "t"),
    ("61 to 70 of 120", "t"),
    ("Showing 61 - 70 of 120", "t"),
    ("61 - 70 of 120 results", "t"),
    ("• January 05, 1950", "D"),
    ("  • January 05, 1950", "D"),
    ("\t•\tFebruary, 1950", "D"),
    ("  * 1948", "D"),
    ("  · 1948", "D"),
    ("  •", "D"),
    ("•", "D"),
    ("  • undated", "D"),
    (" " * 200 + "• January 05, 1950", "D"),
    ("  • February 30, 1950", "D"),
    ("  • sometime in the year 1950", "D"),
    ("• Herring", "u"),
    ("  • Herring", "u"),
    ("  • 12 herrings", "u"),
    ("• " + "fish " * 100, "u"),
    ("  • " + "fish 1950 " * 100, "u"),
    ("•January 05, 1950", "u"),
    ("* a herring", "t"),
    ("  * a herring", "i"),
    ("· a herring", "t"),
    ("*January 05, 1950", "t"),
    ("** 1948", "t"),
]


@pytest.mark.parametrize(("line", "kind"), FURNITURE)
def test_a_line_that_the_site_prints_letter_for_letter_has_its_own_kind(line, kind):
    assert kinds_of([line, "Herring"]) == f"{kind}t"


@pytest.mark.parametrize("line", NEAR_FURNITURE)
def test_a_line_that_is_nearly_one_of_the_site_is_text(line):
    assert kinds_of([line, "Herring"]) == "tt"


@pytest.mark.parametrize(("line", "kind"), OTHERS)
def test_a_line_is_what_it_looks_like(line, kind):
    assert kinds_of([line, "Herring"]) == f"{kind}t"


@pytest.mark.parametrize(
    "line",
    [line for line, _ in FURNITURE if line]
    + ["January 05, 1950", "1948", "undated", "1893-1976", "61 - 70 of 120", "(372) documents", "Herring"],
)
def test_an_indented_line_is_indented_whatever_it_says(line):
    assert kinds_of([f"    {line}", "Herring"]) == "it"


@pytest.mark.parametrize(
    ("line", "kind"),
    [("January 5, 1950", "d"), ("Popular Documents", "P"), ("61 - 70 of 120", "p"), ("  • January 05, 1950", "D")],
)
def test_a_line_padded_with_spaces_is_what_it_is_without_them(line, kind):
    assert kinds_of([line.ljust(80), "Herring"]) == f"{kind}t"


CUT_DATES = ["A", "Aug", "August", "July 9", "July 09,", "December 20, 19", "Februar", "February, 19", "1", "19", "195"]
NEAR_CUTS = ["Augur", "3", "July 9, herring", "Herring", "Julyish"]


@pytest.mark.parametrize("line", CUT_DATES)
def test_a_last_line_that_begins_a_date_is_a_cut_date(line):
    assert kinds_of(["Herring", line]) == "tf"


@pytest.mark.parametrize("line", CUT_DATES)
def test_blank_lines_may_follow_a_cut_date(line):
    assert kinds_of(["Herring", line, "", "  "]) == "tfbb"


@pytest.mark.parametrize("line", CUT_DATES)
def test_the_beginning_of_a_date_is_text_where_more_follows(line):
    assert kinds_of([line, "Herring"]) == "tt"


@pytest.mark.parametrize("line", NEAR_CUTS)
def test_a_last_line_that_begins_no_date_is_text(line):
    assert kinds_of(["Herring", line]) == "tt"


@pytest.mark.parametrize("line", CUT_DATES)
def test_an_indented_last_line_is_never_a_cut_date(line):
    assert kinds_of(["Herring", f"    {line}"]) == "ti"


@pytest.mark.parametrize("line", ["•", "  •", "  • ", *(f"  • {line}" for line in CUT_DATES), "• Aug"])
def test_a_last_bullet_with_nothing_or_the_beginning_of_a_date_is_a_cut_bullet(line):
    assert kinds_of(["Herring", line, ""]) == "tFb"


@pytest.mark.parametrize("line", ["  • Aug", "  • July 9", "  • J"])
def test_a_bullet_before_the_beginning_of_a_date_is_another_bullet_where_more_follows(line):
    assert kinds_of([line, "Herring"]) == "ut"


@pytest.mark.parametrize(
    ("line", "kind"),
    [("January 05, 1950", "d"), ("1950", "d"), ("  • January 05, 1950", "D"), ("  • Herring", "u"), ("Timeline", "T")],
)
def test_a_whole_last_line_is_no_cut(line, kind):
    assert kinds_of(["Herring", line]) == f"t{kind}"


@pytest.mark.parametrize(("lines", "kinds"), [([], ""), ([""], "b"), (["", "  ", ""], "bbb")])
def test_a_page_without_text_has_blank_kinds_only(lines, kinds):
    assert kinds_of(lines) == kinds


def test_a_page_is_one_letter_a_line():
    lines = ["Skip to content", "", "61 - 70 of 120", "", "January 5, 1950", "", "Herring", "", "A summary.", "", "Aug"]
    assert kinds_of(lines) == "Kbpbdbtbtbf"


@given(st.lists(st.text(st.characters(exclude_characters="\r\n"))))
def test_any_lines_have_one_letter_each(lines):
    assert len(kinds_of(lines)) == len(lines)


@given(st.text(st.characters(exclude_characters="\r\n")))
def test_the_kind_of_a_line_does_not_depend_on_the_lines_before_it(line):
    assert kinds_of(["Herring", line, "Ice"])[1] == kinds_of(["January 5, 1950", "", line, "Ice"])[2]


@given(st.text(st.characters(exclude_characters="\r\n")))
def test_a_line_is_blank_exactly_where_it_holds_nothing_but_white_space(line):
    assert (kinds_of([line, "Herring"]) == "bt") == (not line.strip())


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("  • January 05, 1950 ", "January 05, 1950"),
        ("• Herring", "Herring"),
        ("*\tHerring", "Herring"),
        ("· Herring", "Herring"),
        ("  •", ""),
        ("  •   ", ""),
        ("• • Herring", "• Herring"),
        ("•Herring", None),
        ("- Herring", None),
        ("Herring", None),
        ("Herring • Ice", None),
        ("", None),
    ],
)
def test_the_text_of_a_bullet_is_what_follows_it(line, text):
    assert bullet_text(line) == text
