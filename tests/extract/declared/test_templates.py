"""Templates: what they match, what they must not, and how long it takes."""

import time

import pytest

from pipelines.extract.declared.template import FIELDS, line_of, match
from pipelines.extract.declared.writing import MOST_FIELDS, TemplateError, nearest, read_template

# A line as long as no page has one, and the seconds of the processor that it may take; a quadratic search takes minutes.
LONG, MOST_SECONDS = 100_000, 0.5


def told(template, line):
    return match(read_template(template), line_of(line))


@pytest.mark.parametrize(
    ("template", "line", "values"),
    [
        ("{number}. {title}", "12. Letter, A to B", {"number": "12", "title": "Letter, A to B"}),
        ("{number}. {title}", "12a. Mr. Venn", {"number": "12a", "title": "Mr. Venn"}),
        ("Source: {summary}", "Source: Files. Box 1: a", {"summary": "Files. Box 1: a"}),
        ("Identifier: {number}", "Identifier: MS 12.3/4", {"number": "MS 12.3/4"}),
        ("{title} [{number}]", "Letter [copy] to B [MS 12]", {"title": "Letter [copy] to B", "number": "MS 12"}),
        ("Showing {_}: {first} - {last} of {total}", "Showing All: 1 - 10 of 1,057", {"first": "1", "last": "10", "total": "1,057"}),
        ("Collection", "Collection", {}),
        ("{{{title}}}", "{Letter}", {"title": "Letter"}),
        ("{title}", "anything at all", {"title": "anything at all"}),
    ],
)  # fmt: skip
def test_a_line_gives_the_fields_of_its_template(template, line, values):
    assert told(template, line) == values


@pytest.mark.parametrize(
    ("template", "line", "date"),
    [
        ("{_}, {date}.", "Washington, January 20, 1969.", "January 20, 1969"),
        ("{_}, {date}.", "New York, N.Y., January 20, 1969.", "January 20, 1969"),
        ("{_}, {date}.", "Washington, undated.", "undated"),
        ("{_}, {date}, {_}.", "Washington, January 20, 1969, 10 a.m., at sea.", "January 20, 1969"),
        ("{title} ({date})", "Letter (copy) from A to B (3 May 1951)", "3 May 1951"),
        ("{date}: {title}", "May 3, 1951: Letter: a copy", "May 3, 1951"),
        ("{date}, {title}", "May 3, 1951, Letter, 1950", "May 3, 1951"),
        ("{title}, {date}", "Log, 1945, 1945-1946", "1945-1946"),
        ("{title}, as the register of the harbour says, on {date}", "Log, as the register of the harbour says, on May 3, 1951", "May 3, 1951"),
        ("{date} is what the register of the harbour says of {title}", "May 3, 1951 is what the register of the harbour says of Log", "May 3, 1951"),
        ("{date}", "February 30, 1950", "February 30, 1950"),
        ("{date}", "03.05.1951", "03.05.1951"),
    ],
)  # fmt: skip
def test_a_date_is_the_longest_text_there_that_reads_as_one(template, line, date):
    assert told(template, line)["date"] == date


def test_what_stands_before_and_after_a_date_is_given_as_printed():
    assert told("{number}. {date}: {title}", "12. May 3, 1951: Letter: a copy") == {
        "number": "12",
        "date": "May 3, 1951",
        "title": "Letter: a copy",
    }


@pytest.mark.parametrize(
    ("template", "line"),
    [
        ("{number}. {title}", "Mr. Venn to Mr. Wick"),
        ("{number}. {title}", "1.5 million herring"),
        ("{number}. {title}", "12."),
        ("{number}. {title}", "Source: box 12. A file"),
        ("{number}. {title}", "It was, in 1950. Nobody came"),
        ("Source: {summary}", "Source:"),
        ("Source: {summary}", "The Source: files"),
        ("Source: {summary}", "source: files"),
        ("Collection", "Collections"),
        ("Collection", "A Collection"),
        ("{_}, {date}.", "Washington, a city."),
        ("{_}, {date}.", "January 20, 1969."),
        ("{_}, {date}.", "Oslo January 20, 1969."),
        ("{title}, {date}", "Reports of May, 1950"),
        ("{_}, {date}.", "Washington, January 20, 1969"),
        ("{title} ({date})", "Letter (copy)"),
        ("{date}", "Letter of May 3, 1951"),
        ("Showing {_}: {first} - {last} of {total}", "Showing All: one - 10 of 57"),
        ("{first} - {last} of {total}", f"1 - 2 of {'9' * 5000}"),
    ],
)
def test_a_line_that_lacks_something_does_not_match(template, line):
    assert told(template, line) is None


def test_a_date_behind_a_label_of_its_own_may_be_anything():
    assert told("Dates: {date}", "Dates: 1945-1967, bulk 1950") == {"date": "1945-1967, bulk 1950"}


def test_a_date_that_shares_its_line_must_read_as_one():
    assert told("Dates: {date}, {_}", "Dates: whenever, at sea") is None


def test_a_space_stands_for_any_white_space_and_fields_stay_as_printed():
    line = "  Source:\u00a0\t Files  of\tthe  port  "
    assert told("Source: {summary}", line) == {"summary": "Files  of\tthe  port"}


def test_white_space_around_fields_in_braces_and_at_the_ends_of_a_template_means_nothing():
    assert read_template("  { number }.  {title} ").texts == ("", ". ", "")


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("", "is empty"),
        ("   ", "is empty"),
        ("{titel}", "has an unknown field {titel}; did you mean title?"),
        ("{title", "has a brace that is not closed; a brace of the line itself is written {{"),
        ("title}", "has a brace that was not opened; a brace of the line itself is written }}"),
        ("{title}{date}", "has nothing between {title} and {date} that tells them apart"),
        ("{date} or {date}", "has the field {date} twice"),
        ("x" * 501, "has 501 characters, the limit is 500"),
        ("{_}," * (MOST_FIELDS + 1), f"has {MOST_FIELDS + 1} fields, the limit is {MOST_FIELDS}"),
    ],
)
def test_a_template_that_cannot_be_says_why(written, reason):
    with pytest.raises(TemplateError) as caught:
        read_template(written)
    assert str(caught.value) == reason


def test_a_template_may_have_twelve_fields():
    assert len(read_template("{_}," * MOST_FIELDS).fields) == MOST_FIELDS


def test_a_name_like_nothing_that_is_known_is_answered_with_all_that_is():
    assert nearest("xyz", ["b", "a"]) == "; known are a, b"


def test_every_field_says_what_it_takes():
    assert all(FIELDS.values())


@pytest.mark.parametrize("unit", [", ", ". ", " (", "May 3, 1951, ", "1, ", "  ", "\t a", "1951 ", "a", "1"])
@pytest.mark.parametrize(
    "template",
    ["{number}. {title}", "{_}, {date}.", "{_}, {date}, {_}.", "{title} ({date})", "{date}, {title}", "{_}, {_}, {title} ({number})"],
)  # fmt: skip
def test_the_longest_line_is_matched_at_once(template, unit):
    parsed = read_template(template)
    for line in (unit * (LONG // len(unit)), f"x{unit * (LONG // len(unit))}.", f"1. {unit * (LONG // len(unit))})"):
        start = time.process_time()
        match(parsed, line_of(line))
        assert time.process_time() - start < MOST_SECONDS
