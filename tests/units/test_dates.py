import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.dates import LONGEST_DATE_LINE, is_date_start, is_undated, read_date

MONTHS = {
    1: "January",
    2: "February",
    3: "March",
    4: "April",
    5: "May",
    6: "June",
    7: "July",
    8: "August",
    9: "September",
    10: "October",
    11: "November",
    12: "December",
}
LAST_DAYS = [
    (1, 31),
    (2, 28),
    (3, 31),
    (4, 30),
    (5, 31),
    (6, 30),
    (7, 31),
    (8, 31),
    (9, 30),
    (10, 31),
    (11, 30),
    (12, 31),
]

DAYS = [
    ("January 05, 1950", "1950-01-05"),
    ("January 5, 1950", "1950-01-05"),
    ("December 31, 1999", "1999-12-31"),
    ("February 29, 1952", "1952-02-29"),
    ("February 29, 2000", "2000-02-29"),
    ("JANUARY 5, 1950", "1950-01-05"),
    ("january 5, 1950", "1950-01-05"),
    ("  January 5, 1950 ", "1950-01-05"),
    ("January  5,\t1950", "1950-01-05"),
    ("January 5 1950", "1950-01-05"),
    ("January 5th, 1950", "1950-01-05"),
    ("March 1st 1950", "1950-03-01"),
    ("March 2nd, 1950", "1950-03-02"),
    ("March 3rd, 1950", "1950-03-03"),
    ("Jan 5, 1950", "1950-01-05"),
    ("Jan. 5, 1950", "1950-01-05"),
    ("Sept. 5, 1950", "1950-09-05"),
    ("Sep 5 1950", "1950-09-05"),
    ("5 January 1950", "1950-01-05"),
    ("05 January 1950", "1950-01-05"),
    ("5 January, 1950", "1950-01-05"),
    ("5th Jan. 1950", "1950-01-05"),
    ("1950-01-05", "1950-01-05"),
]

MONTHS_OF_ONE_YEAR = [
    ("February, 1950", "1950-02", date(1950, 2, 1), date(1950, 2, 28)),
    ("February 1950", "1950-02", date(1950, 2, 1), date(1950, 2, 28)),
    ("February, 1952", "1952-02", date(1952, 2, 1), date(1952, 2, 29)),
    ("FEBRUARY 1950", "1950-02", date(1950, 2, 1), date(1950, 2, 28)),
    ("May 1950", "1950-05", date(1950, 5, 1), date(1950, 5, 31)),
    ("Sept. 1950", "1950-09", date(1950, 9, 1), date(1950, 9, 30)),
    ("Dec 1950", "1950-12", date(1950, 12, 1), date(1950, 12, 31)),
    ("1950-01", "1950-01", date(1950, 1, 1), date(1950, 1, 31)),
    ("1950-12", "1950-12", date(1950, 12, 1), date(1950, 12, 31)),
]

YEARS = [
    ("1948", date(1948, 1, 1), date(1948, 12, 31)),
    ("1000", date(1000, 1, 1), date(1000, 12, 31)),
    ("2100", date(2100, 1, 1), date(2100, 12, 31)),
]

DECADES = [
    ("1950s", "195X", date(1950, 1, 1), date(1959, 12, 31)),
    ("1950S", "195X", date(1950, 1, 1), date(1959, 12, 31)),
    ("195X", "195X", date(1950, 1, 1), date(1959, 12, 31)),
    ("195x", "195X", date(1950, 1, 1), date(1959, 12, 31)),
]

INTERVALS = [
    ("January 5-7, 1950", "1950-01-05/1950-01-07", date(1950, 1, 5), date(1950, 1, 7)),
    ("January 5 – 7, 1950", "1950-01-05/1950-01-07", date(1950, 1, 5), date(1950, 1, 7)),
    ("January 05—07 1950", "1950-01-05/1950-01-07", date(1950, 1, 5), date(1950, 1, 7)),
    ("3-10 March 1964", "1964-03-03/1964-03-10", date(1964, 3, 3), date(1964, 3, 10)),
    ("3 – 10 March, 1964", "1964-03-03/1964-03-10", date(1964, 3, 3), date(1964, 3, 10)),
    ("January-March 1950", "1950-01/1950-03", date(1950, 1, 1), date(1950, 3, 31)),
    ("Jan.–Feb., 1952", "1952-01/1952-02", date(1952, 1, 1), date(1952, 2, 29)),
    ("1950-1952", "1950/1952", date(1950, 1, 1), date(1952, 12, 31)),
    ("1950 - 1952", "1950/1952", date(1950, 1, 1), date(1952, 12, 31)),
    ("1950–1952", "1950/1952", date(1950, 1, 1), date(1952, 12, 31)),
    ("1950/1952", "1950/1952", date(1950, 1, 1), date(1952, 12, 31)),
    ("1950 to 1952", "1950/1952", date(1950, 1, 1), date(1952, 12, 31)),
    ("1950-01/1950-03", "1950-01/1950-03", date(1950, 1, 1), date(1950, 3, 31)),
    ("1950-01-05/1950-01-07", "1950-01-05/1950-01-07", date(1950, 1, 5), date(1950, 1, 7)),
    ("January 5, 1950 - February 7, 1950", "1950-01-05/1950-02-07", date(1950, 1, 5), date(1950, 2, 7)),
    ("January 05, 1950 to February 07, 1950", "1950-01-05/1950-02-07", date(1950, 1, 5), date(1950, 2, 7)),
    ("October 1949 – January 5, 1950", "1949-10/1950-01-05", date(1949, 10, 1), date(1950, 1, 5)),
    ("September 28, 1950 – September 30, 1951", "1950-09-28/1951-09-30", date(1950, 9, 28), date(1951, 9, 30)),
]

APPROXIMATE = [
    ("circa 1950", "1950~", date(1950, 1, 1), date(1950, 12, 31), "year"),
    ("Circa 1950", "1950~", date(1950, 1, 1), date(1950, 12, 31), "year"),
    ("ca. 1950", "1950~", date(1950, 1, 1), date(1950, 12, 31), "year"),
    ("ca 1950", "1950~", date(1950, 1, 1), date(1950, 12, 31), "year"),
    ("c. 1950", "1950~", date(1950, 1, 1), date(1950, 12, 31), "year"),
    ("about January 1950", "1950-01~", date(1950, 1, 1), date(1950, 1, 31), "month"),
    ("approximately January 5, 1950", "1950-01-05~", date(1950, 1, 5), date(1950, 1, 5), "day"),
    ("1950~", "1950~", date(1950, 1, 1), date(1950, 12, 31), "year"),
    ("1950?", "1950?", date(1950, 1, 1), date(1950, 12, 31), "year"),
    ("1950-01~", "1950-01~", date(1950, 1, 1), date(1950, 1, 31), "month"),
    ("1950-01-05?", "1950-01-05?", date(1950, 1, 5), date(1950, 1, 5), "day"),
    ("January 1950?", "1950-01?", date(1950, 1, 1), date(1950, 1, 31), "month"),
    ("January 5, 1950 ?", "1950-01-05?", date(1950, 1, 5), date(1950, 1, 5), "day"),
]

IMPOSSIBLE = [
    "February 30, 1950",
    "February 29, 1950",
    "February 29, 1900",
    "February 30 1950",
    "30 February 1950",
    "1950-02-30",
    "1950-13-01",
    "April 31, 1950",
    "April 00, 1950",
    "January 32, 1950",
    "January 5, 0000",
    "January 0000",
    "February 28-30, 1950",
    "January 7-5, 1950",
    "March-January 1950",
    "1952-1950",
    "1952/1950",
    "February 30, 1950 - March 2, 1950",
]

UNCLEAR = [
    "Janaury 5, 1950",
    "17/4/95",
    "17/4/1995",
    "4.17.1995",
    "17-4-1995",
    "01/1950",
    "1950-13",
    "1950-1-5",
    "1950/01/05",
    "1950-51",
    "January 5,1950",
    "January, 5 1950",
    "January 5, [1950]",
    "[1950]",
    "1950 January 5",
    "January 5 – February 7, 1950",
    "December 1950-January 1951",
    "January to March 1950",
    "Spring 1950",
    "early 1950",
    "mid-1950s",
    "before 1950",
    "between 1950 and 1952",
    "1950 or 1951",
    "circa 1950s",
    "circa 1950?",
    "1950/..",
    "../1950",
]

UNDATED = ["undated", "Undated", "UNDATED", "n.d.", "N.D.", "n. d.", "no date", "Date unknown", "not dated"]

NOT_DATES = [
    "",
    " ",
    "Minutes of the Fishing Council on 16 December 1949",
    "Herring Talks, 3-10 March 1964",
    "Herring Quotas, 17/4/95-12/5/95",
    "January 5, 1950: Minutes of the Fishing Council",
    "Report for January 1950",
    "Monthly 1950",
    "Monthly, 1950",
    "Monthly 5 1950",
    "Marching 1950",
    "5 Herrings 1950",
    "5",
    "12",
    "999",
    "0999",
    "2101",
    "9999",
    "12345",
    "19500105",
    "1,950",
    "Y1950",
    "No. 1950",
    "NSC 8/1",
    "61 - 70 of 120",
    "1 - 10 of 20",
    "(372) documents",
    "(1950) documents",
    "January",
    "May",
    "May 5",
    "July 9",
    "December 20, 19",
    "January 5, 195",
    "１９５０",
    "١٩٥٠",
    "January ５, 1950",
    "January ٥, 1950",
    "195²",
    "not a date",
    "undated herring",
    "• January 05, 1950",
]


@pytest.mark.parametrize(("text", "day"), DAYS)
def test_a_full_date_is_read_as_its_day(text, day):
    bound = date.fromisoformat(day)
    assert read_date(text) == ((day, bound, bound, "day"), None)


@pytest.mark.parametrize(("month", "last"), LAST_DAYS)
def test_a_month_with_a_comma_is_read_as_a_month(month, last):
    expected = (f"1950-{month:02d}", date(1950, month, 1), date(1950, month, last), "month")
    assert read_date(f"{MONTHS[month]}, 1950") == (expected, None)


@pytest.mark.parametrize(("text", "edtf", "start", "end"), MONTHS_OF_ONE_YEAR)
def test_a_month_and_a_year_are_read_as_a_month(text, edtf, start, end):
    assert read_date(text) == ((edtf, start, end, "month"), None)


@pytest.mark.parametrize(("text", "start", "end"), YEARS)
def test_a_bare_number_within_the_bounds_is_a_year(text, start, end):
    assert read_date(text) == ((text, start, end, "year"), None)


@pytest.mark.parametrize(("text", "edtf", "start", "end"), DECADES)
def test_a_decade_has_bounds_and_no_precision(text, edtf, start, end):
    assert read_date(text) == ((edtf, start, end, None), None)


@pytest.mark.parametrize(("text", "edtf", "start", "end"), INTERVALS)
def test_an_interval_has_the_bounds_of_both_its_ends_and_no_precision(text, edtf, start, end):
    assert read_date(text) == ((edtf, start, end, None), None)


@pytest.mark.parametrize(("text", "edtf", "start", "end", "precision"), APPROXIMATE)
def test_an_approximate_date_keeps_its_mark_and_is_doubted_aloud(text, edtf, start, end, precision):
    assert read_date(text) == ((edtf, start, end, precision), "date_approximate")


@pytest.mark.parametrize("text", IMPOSSIBLE)
def test_a_date_that_does_not_exist_is_impossible(text):
    assert read_date(text) == (None, "date_impossible")


@pytest.mark.parametrize("text", UNCLEAR)
def test_a_date_that_cannot_be_read_in_one_way_only_is_unclear(text):
    assert read_date(text) == (None, "date_unclear")


@pytest.mark.parametrize("text", UNDATED)
def test_words_that_say_there_is_no_date_are_undated(text):
    assert read_date(text) == (None, "date_undated")
    assert is_undated(text)


@pytest.mark.parametrize("text", ["", "1950", "undated herring", "Washington, undated.", "herring"])
def test_other_words_do_not_say_that_there_is_no_date(text):
    assert not is_undated(text)


@pytest.mark.parametrize("text", NOT_DATES)
def test_a_text_that_is_not_a_date_as_a_whole_is_none(text):
    assert read_date(text) is None


@pytest.mark.parametrize("text", ["January 5, 1950" + "0" * 200_000, "1950 " * 50_000, "9" * 200_000, "(" * 200_000])
def test_a_very_long_line_is_no_date(text):
    assert read_date(text) is None


def test_a_date_followed_by_more_than_the_longest_date_line_is_no_date():
    assert read_date("January 5, 1950".ljust(LONGEST_DATE_LINE)) is not None
    assert read_date("January 5, 1950".ljust(LONGEST_DATE_LINE + 1)) is None


@pytest.mark.parametrize(
    "text",
    ["1 - 10 of 1950", "Telegram 5, 1950", "Bulletin 12, 1950", "5678.", "(5678)", "1234 5678", "5678-1234"],
)
def test_a_pager_a_numbered_title_and_numbers_that_are_no_years_are_no_dates(text):
    assert read_date(text) is None


@pytest.mark.parametrize("text", ["1700s", "1900s"])
def test_what_may_be_a_century_or_a_decade_is_not_read_as_a_decade(text):
    assert read_date(text).span is None


@given(st.dates())
def test_every_day_printed_by_the_old_site_reads_back_to_that_day(day):
    printed = f"{MONTHS[day.month]} {day.day:02d}, {day.year:04d}"
    assert read_date(printed) == ((day.isoformat(), day, day, "day"), None)


@given(st.dates())
def test_every_day_printed_by_the_new_site_reads_back_to_that_day(day):
    printed = f"{MONTHS[day.month]} {day.day}, {day.year:04d}"
    assert read_date(printed) == ((day.isoformat(), day, day, "day"), None)


@given(st.dates())
def test_every_month_reads_the_same_from_both_generations(day):
    old, new = f"{MONTHS[day.month]}, {day.year:04d}", f"{MONTHS[day.month]} {day.year:04d}"
    assert read_date(old) == read_date(new)
    assert read_date(old).span.edtf == f"{day.year:04d}-{day.month:02d}"


@given(st.dates(), st.dates())
def test_two_days_with_a_dash_between_them_are_an_interval_or_impossible(one, other):
    printed = " – ".join(f"{MONTHS[day.month]} {day.day}, {day.year:04d}" for day in (one, other))
    edtf = f"{one.isoformat()}/{other.isoformat()}"
    expected = ((edtf, one, other, None), None) if one <= other else (None, "date_impossible")
    assert read_date(printed) == expected


@given(st.text(st.characters()))
def test_no_text_ever_raises(text):
    read_date(text)
    is_date_start(text)
    is_undated(text)


_WORDS = st.sampled_from(
    [
        *[*MONTHS.values(), "Jan.", "Sept", "1950", "1952", "1899", "1", "5", "07", "28", "30", "5th", "195", "195X"],
        *[
            "1950s",
            "circa",
            "ca.",
            "c.",
            "about",
            "early",
            "Spring",
            "between",
            "and",
            "or",
            "of",
            "[",
            "(",
            "..",
            "fish",
        ],
    ],
)
_BETWEEN = st.sampled_from([" ", " ", " ", ", ", ", ", "-", " - ", "–", " – ", "/", " to ", ""])
_DATE_LIKE = st.builds(
    lambda words, mark: "".join(f"{word}{between}" for word, between in words) + mark,
    st.lists(st.tuples(_WORDS, _BETWEEN), max_size=5),
    st.sampled_from(["", "", "", "~", "?", ".", "]"]),
)


@given(_DATE_LIKE)
def test_no_text_made_of_the_pieces_of_dates_raises(text):
    read_date(text)


@settings(max_examples=1000)
@given(_DATE_LIKE)
def test_a_date_is_never_more_precise_than_it_is_printed(text):
    reading = read_date(text)
    if reading and reading.span and reading.span.precision:
        printed = re.findall(r"[0-9]+|" + "|".join([*MONTHS.values(), "Jan", "Sept"]), text)
        assert len(printed) >= {"year": 1, "month": 2, "day": 3}[reading.span.precision]


@settings(max_examples=1000)
@given(_DATE_LIKE)
def test_a_date_that_is_read_ends_no_earlier_than_it_starts(text):
    reading = read_date(text)
    if reading and reading.span:
        assert reading.span.start <= reading.span.end


@given(_DATE_LIKE)
def test_a_date_line_has_a_span_or_a_problem(text):
    reading = read_date(text)
    assert reading is None or reading.span is not None or reading.problem is not None


@given(st.dates())
def test_every_beginning_of_a_full_date_is_the_start_of_a_date(day):
    for printed in (
        f"{MONTHS[day.month]} {day.day:02d}, {day.year:04d}",
        f"{MONTHS[day.month]} {day.day}, {day.year:04d}",
    ):
        beginnings = {printed[:end].rstrip() for end in range(1, len(printed))}
        assert [text for text in beginnings if not is_date_start(text)] == []


@given(st.dates(min_value=date(1000, 1, 1), max_value=date(2100, 12, 31)))
def test_every_beginning_of_a_coarse_date_is_the_start_of_a_date(day):
    for printed in (f"{MONTHS[day.month]}, {day.year}", f"{MONTHS[day.month]} {day.year}", f"{day.year}"):
        beginnings = {printed[:end].rstrip() for end in range(1, len(printed))}
        assert [text for text in beginnings if not is_date_start(text)] == []


@given(st.dates())
def test_a_whole_date_is_not_the_start_of_one(day):
    assert not is_date_start(f"{MONTHS[day.month]} {day.day}, {day.year:04d}")


@pytest.mark.parametrize(
    "text",
    [
        *[
            "",
            "Augur",
            "Herring",
            "Marble",
            "Mayor",
            "Junk",
            "Janus",
            "Decade",
            "Octopus",
            "Apr 5",
            "the",
            "x",
            "-",
            "•",
        ],
        *["Minutes", "Julyish", "July 1234", "July 9, 1950 and", "July 9.", "3", "950", "1950s", "19500", "1,"],
        *["١", "July ٩"],
    ],
)
def test_an_ordinary_word_is_not_the_start_of_a_date(text):
    assert not is_date_start(text)


@given(st.text("abcdefghijklmnopqrstuvwxyz", min_size=10))
def test_a_word_longer_than_any_month_is_not_the_start_of_a_date(word):
    assert not is_date_start(word)
