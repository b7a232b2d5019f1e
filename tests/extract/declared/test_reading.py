"""How a declared layout claims a page and reads it: one rule a test."""

import pytest

from pipelines.extract import read_page
from pipelines.extract.declared import Refusal
from tests.extract.declared.pages import claimed, layout, page

NUMBERED = layout("{number}. {title}", 'line = "Source: {summary}"\noptional = true\nruns_over = "paragraphs"')
DATED = layout("{date}", "{title}", 'line = "{summary}"\noptional = true')
TITLED = layout("{title}", "Dates: {date}", 'line = "{summary}"\noptional = true\nruns_over = "lines"')


def read(text, *layouts):
    return read_page(page(f"Harbour list\n{text}"), layouts)


def listed(text, how):
    return [(entry.date_text, entry.title, entry.summary) for entry in read(text, how).entries]


def doubts(text, how):
    return [(issue.problem, issue.line_first) for issue in read(text, how).issues]


def test_a_page_is_read_like_any_other():
    reading = read("\n1. Letter\nSource: Files.\n", NUMBERED)
    assert (reading.layout, reading.frame.kind, reading.issues) == ("Test", "unknown", ())
    (entry,) = reading.entries
    assert (entry.position, entry.line_first, entry.line_last, entry.number) == (1, 3, 4, "1")
    assert reading.furniture == (("page_mark", 1, 1),)


def test_a_page_that_does_not_begin_as_it_must_is_not_claimed():
    assert claimed("Herring list\n1. Letter\n", NUMBERED) == Refusal(
        "Test", "the page does not begin with “Harbour list”", 1
    )


def test_a_page_that_lacks_one_of_the_lines_it_must_have_is_not_claimed():
    how = layout("{number}. {title}", head='has = ["A {_}", "B"]')
    assert claimed("Harbour list\nA b\n1. Letter\n", how) == Refusal("Test", "no line is “B”, which the page must have")


def test_a_page_with_a_line_that_it_must_not_have_is_not_claimed():
    how = layout("{number}. {title}", head='has_not = ["Cart", "Basket of {_}"]')
    refusal = Refusal("Test", "the page has “Cart” or “Basket of {_}”, which it must not have", 3)
    assert claimed("Harbour list\n1. Letter\nBasket of Ann\n", how) == refusal


def test_a_page_without_the_line_after_which_the_list_begins_is_not_claimed():
    how = layout("{number}. {title}", tables='[list]\nafter = ["Results", "Hits"]')
    refusal = Refusal("Test", "no line is “Results” or “Hits”, after which the list begins")
    assert claimed("Harbour list\n1. Letter\n", how) == refusal


def test_a_page_most_of_which_has_no_place_is_not_claimed():
    assert claimed("Harbour list\n1. Letter\none\ntwo\n", NUMBERED) == Refusal(
        "Test", "2 of its 4 lines with text have no place, the first is: one", 3
    )
    assert read("1. Letter\none\n2. Note\ntwo\n", NUMBERED).layout == "Test"


def test_a_page_that_two_layouts_claim_is_refused_with_both_names():
    other = layout("{number}. {title}").__class__
    twin = other(**{name: getattr(NUMBERED, name) for name in NUMBERED.__dataclass_fields__} | {"name": "Twin"})
    reading = read("1. Letter\n", NUMBERED, twin)
    assert [issue.problem for issue in reading.issues] == ["layout_ambiguous"]
    assert "claimed by Test and Twin" in reading.issues[0].message


def test_a_page_that_a_built_in_grammar_claims_as_well_is_refused_with_both_names():
    how = layout("Popular {_}", "{date}", "{title}", 'line = "{summary}"\noptional = true')
    reading = read("\nPopular Documents\n\nMay 5, 1950\n\nNote\n\nOne.\n", how)
    assert "claimed by N5 and Test" in reading.issues[0].message


def test_without_declared_layouts_the_page_is_refused_as_before():
    assert [issue.problem for issue in read("1. Letter\n").issues] == ["layout_unknown"]


def test_a_list_without_entries_is_an_error_unless_it_may_be_empty():
    assert doubts("", NUMBERED) == [("entries_missing", 1)]
    assert doubts("", layout("{number}. {title}", tables="[list]\nmay_be_empty = true")) == []


def test_a_pager_that_promises_nothing_excuses_an_empty_list():
    how = layout("{number}. {title}", tables='[head]\npager = "{first} - {last} of {total}"')
    assert doubts("0 - 0 of 0\n", how) == []


def test_a_pager_that_promises_more_is_reported_and_the_page_is_cut():
    how = layout("{number}. {title}", tables='[head]\npager = "Showing {first} to {last} of {total} hits"')
    reading = read("Showing 1 to 3 of 1,040 hits\n1. Letter\n", how)
    assert reading.frame.pager == (1, 3, 1040)
    assert [(issue.problem, issue.line_first) for issue in reading.issues] == [("pager_mismatch", 2)]
    assert reading.is_cut


def test_a_pager_that_counts_backwards_is_furniture_and_no_pager():
    how = layout("{number}. {title}", tables='[head]\npager = "{first} - {last} of {total}"')
    reading = read("9 - 3 of 9\n1. Letter\n", how)
    assert (reading.frame.pager, reading.furniture[1].rule) == (None, "pager")


def test_a_date_that_cannot_be_read_stays_as_printed_with_an_issue():
    assert listed("Note\nDates: sometime\n", TITLED) == [("sometime", "Note", None)]
    assert ("date_unclear", 2) in doubts("Note\nDates: sometime\n", TITLED)


def test_a_day_that_does_not_exist_stays_as_printed_with_an_issue():
    assert doubts("February 30, 1950\nNote\nOne.\n", DATED) == [("date_impossible", 2)]


def test_a_layout_that_prints_no_dates_is_not_told_that_they_are_missing():
    assert doubts("1. Letter\n", NUMBERED) == [("entry_possibly_cut", 2)]
    assert ("date_missing", 2) in doubts("Nothing\nNote\nDates: 1950\n", layout("{title}", 'line = "Note"', 'line = "On {date}"\noptional = true'))  # fmt: skip


def test_an_entry_without_a_part_that_it_must_have_is_kept_and_doubted():
    assert listed("May 5, 1950\nMay 6, 1950\n", DATED) == [("May 5, 1950", "May 6, 1950", None)]
    how = layout("{number}. {title}", "Source: {summary}")
    assert doubts("1. Letter\n2. Note\nSource: Files.\n", how) == [("entry_incomplete", 2)]


def test_what_follows_a_date_is_the_title_whatever_it_looks_like():
    assert listed("May 5, 1950\n1948\nA cold year.\nMay 6, 1950\nNote\n", DATED) == [
        ("May 5, 1950", "1948", "A cold year."),
        ("May 6, 1950", "Note", None),
    ]


def test_an_entry_may_begin_with_a_line_like_any_other_if_the_next_one_tells():
    assert listed("One\nDates: 1950\nSays\nthis.\nTwo\n\nDates: 1951\n", TITLED) == [
        ("1950", "One", "Says\nthis."),
        ("1951", "Two", None),
    ]


def test_a_line_like_any_other_begins_no_entry_where_what_must_follow_comes_a_line_too_late():
    how = layout("{title}", "No. {number}", "Dates: {date}")
    text = "Letter\nNo. 1\nDates: May 1, 1950\nNote\nOddity\nDates: May 2, 1950\nReport\nNo. 2\nDates: May 3, 1950\n"
    assert [entry[1] for entry in listed(text, how)] == ["Letter", "Report"]
    assert [line for problem, line in doubts(text, how) if problem == "text_unclaimed"] == [5, 6, 7]


def test_a_line_with_the_label_of_a_part_is_never_taken_for_text():
    reading = read("1. One\nSource: Says\nSource: more\nthis.\n2. Two\n3. Three\n", NUMBERED)
    assert [entry.summary for entry in reading.entries] == ["Says", None, None]
    unclaimed = [issue.line_first for issue in reading.issues if issue.problem == "text_unclaimed"]
    assert unclaimed == [4, 5]


def test_a_line_with_the_label_of_a_part_begins_no_entry_though_it_looks_like_one():
    how = layout("{_} - {title}", 'line = "Source - {summary}"\noptional = true')
    assert listed("A - Letter\nSource - Files.\nB - Note\n", how) == [(None, "Letter", "Files."), (None, "Note", None)]


def test_a_line_without_a_place_ends_the_entry():
    reading = read("1. Letter\nstray\nSource: Files.\n2. Note\nSource: More.\n3. Chart\n", NUMBERED)
    assert [(entry.title, entry.summary) for entry in reading.entries] == [
        ("Letter", None),
        ("Note", "More."),
        ("Chart", None),
    ]
    assert [issue.line_first for issue in reading.issues if issue.problem == "text_unclaimed"] == [3, 4]


def test_text_runs_over_lines_until_an_empty_one_and_over_paragraphs_until_the_next_entry():
    lines = layout("{number}. {title}", 'line = "Source: {summary}"\nruns_over = "lines"')
    text = "1. Letter\nSource: a\nb\n\nc\n2. Note\nSource: d\n"
    assert [entry.summary for entry in read(text, lines).entries] == ["a\nb", "d"]
    assert [entry.summary for entry in read(text, NUMBERED).entries] == ["a\nb\n\nc", "d"]


def test_a_title_that_runs_over_lines_is_one_title_and_no_doubt():
    how = layout('line = "{number}. {title}"\nruns_over = "lines"', "Source: {summary}")
    reading = read("1. A long\ntitle\nSource: Files.\n", how)
    assert (reading.entries[0].title, reading.issues) == ("A long\ntitle", ())


def test_summaries_of_several_parts_follow_one_another():
    how = layout(
        "{number}. {title}", 'line = ["Scope: {summary}", "Abstract: {summary}"]\nrepeated = true\noptional = true'
    )
    assert read("1. Letter\nScope: One.\nAbstract: Two.\n", how).entries[0].summary == "One.\nTwo."


def test_a_second_date_has_no_place():
    how = layout("{number}. {title} ({date})", 'line = "Dates: {date}"\noptional = true')
    assert doubts("1. Letter (1950)\nDates: 1951\n2. Note (1950)\n", how) == [("text_unclaimed", 3)]


def test_parts_in_any_order_are_found_in_any_order():
    how = layout(
        "{number}. {title}",
        'line = "Dates: {date}"\noptional = true',
        'line = "Scope: {summary}"\noptional = true',
        tables="[list]\nany_order = true",
    )
    assert listed("1. A\nScope: x.\nDates: 1950\n2. B\nDates: 1951\nScope: y.\n", how) == [
        ("1950", "A", "x."),
        ("1951", "B", "y."),
    ]


def test_parts_out_of_their_order_have_no_place():
    how = layout(
        "{number}. {title}", 'line = "Dates: {date}"\noptional = true', 'line = "Scope: {summary}"\noptional = true'
    )
    assert ("text_unclaimed", 4) in doubts("1. A\nScope: x.\nDates: 1950\n", how)


def test_entries_with_a_line_between_them_begin_after_it_whatever_they_look_like():
    how = layout("{title}", 'line = "{summary}"\noptional = true', tables='[list]\nseparator = "-"')
    reading = read("-\nOne\nSays.\n-\nTwo\n-\n-\nThree\nx.\n", how)
    assert [(entry.title, entry.summary) for entry in reading.entries] == [
        ("One", "Says."),
        ("Two", None),
        ("Three", "x."),
    ]
    assert [span.line_first for span in reading.furniture if span.rule == "separator"] == [2, 5, 7, 8]


def test_entries_with_empty_lines_between_them_begin_after_so_many():
    how = layout(
        "{title}",
        'line = "{summary}"\noptional = true\nruns_over = "paragraphs"',
        tables='[list]\nafter = "List"\nblank_lines = 2',
    )
    assert listed("List\nOne\n\nSays.\n\nMore.\n\n\n\nTwo\n", how) == [
        (None, "One", "Says.\n\nMore."),
        (None, "Two", None),
    ]


def test_a_separated_entry_may_begin_with_a_part_that_others_lack():
    how = layout('line = "{date}"\noptional = true', "{title}", tables='[list]\nseparator = "***"')
    assert listed("***\nMay 5, 1950\nOne\n***\nTwo\n", how) == [("May 5, 1950", "One", None), (None, "Two", None)]


def test_head_between_and_foot_have_the_names_that_are_given_to_them():
    how = layout(
        "{number}. {title}",
        tables='[head]\nskip = "Skip {_}"\n[between]\nad = "Buy {_}"\n[foot]\nend = "The end"\n',
    )
    reading = read("Skip it\n1. A\nBuy herring\n2. B\nThe end\nBuy more\n", how)
    assert [span.rule for span in reading.furniture] == ["page_mark", "skip", "ad", "end", "ad"]
    assert reading.ledger.issue_line_count == 0


def test_what_stands_outside_a_list_with_declared_bounds_is_furniture():
    how = layout("{number}. {title}", tables='[list]\nafter = "Results"\nbefore = "More"')
    reading = read("any\nResults\n1. A\nMore\nthing\n", how)
    assert [span.rule for span in reading.furniture] == [
        "page_mark",
        "before_list",
        "list_start",
        "list_end",
        "after_list",
    ]


def test_what_stands_outside_a_list_without_declared_bounds_is_an_issue():
    how = layout("{number}. {title}", tables='[foot]\nend = "The end"')
    assert doubts("any\n1. A\n2. B\nThe end\nthing\n", how) == [("text_unclaimed", 2), ("text_unclaimed", 6)]


def test_the_first_line_left_is_the_heading_and_the_rest_the_description():
    how = layout("{number}. {title}", tables='[head]\nheading = "{heading}"\ndescription = "{description}"')
    frame = read("Herring\n\nOne.\nTwo.\n\nThree.\n\n1. A\n2. B\n3. C\n", how).frame
    assert (frame.heading, frame.description) == ("Herring", "One.\nTwo.\n\nThree.")


def test_heading_and_description_may_have_labels():
    how = layout(
        "{number}. {title}", tables='[head]\nheading = "About: {heading}"\nabstract = "Abstract: {description}"'
    )
    frame = read("About: Herring\nAbstract: Fish.\n1. A\n", how).frame
    assert (frame.heading, frame.description) == ("Herring", "Fish.")


def test_a_page_that_ends_within_a_date_is_cut_and_the_rest_is_no_summary():
    reading = read("May 5, 1950\nNote\nOne.\nMay 6, 1950\nNote\nJul", DATED)
    assert (reading.is_cut, reading.entries[-1].summary) == (True, None)
    assert ("cut_fragment", 7) in [(issue.problem, issue.line_first) for issue in reading.issues]


def test_the_beginning_of_a_date_within_the_page_is_text():
    assert listed("May 5, 1950\nNote\nMay\nMay 6, 1950\nNote\n", DATED)[0] == ("May 5, 1950", "Note", "May")


@pytest.mark.parametrize(
    ("text", "is_cut"),
    [
        ("1. A\nSource: ends.\n", False),
        ("1. A\nSource: ends.”)\n", False),
        ("1. A\nSource: breaks\n", True),
        ("1. A\n", True),
        ("1. A\nThe end\n", False),
    ],
)
def test_the_last_entry_is_marked_where_its_end_may_be_lost(text, is_cut):
    how = layout("{number}. {title}", 'line = "Source: {summary}"\noptional = true', tables='[foot]\nend = "The end"')
    assert read(text, how).entries[-1].is_possibly_cut is is_cut


def test_an_entry_whose_last_part_is_there_is_not_cut():
    how = layout(
        "{number}. {title}", 'line = "Scope: {summary}"\noptional = true', 'line = "Dates: {date}"\noptional = true'
    )
    assert read("1. A\nDates: 1950\n", how).entries[-1].is_possibly_cut is False


def test_the_link_of_a_title_is_the_address_of_its_entry():
    text = page(
        "Harbour list\n\n1. Letter\nSource: Files.\n", links={2: "https://harbour.example/1", 3: "https://no.example"}
    )
    assert [entry.url for entry in read_page(text, [NUMBERED]).entries] == ["https://harbour.example/1"]


def test_what_html_sets_aside_is_furniture_by_its_own_rule():
    text = page("Harbour list\nHome\n1. Letter\n2. Note\nImprint\n", aside={1: "navigation", 4: "footer"})
    reading = read_page(text, [NUMBERED])
    assert [span.rule for span in reading.furniture] == ["page_mark", "navigation", "footer"]
    assert [entry.title for entry in reading.entries] == ["Letter", "Note"]


def test_what_html_sets_aside_within_the_list_is_no_part_of_an_entry():
    text = page("Harbour list\n1. Letter\nSource: Files.\nShare\n2. Note\n", aside={3: "complementary"})
    reading = read_page(text, [NUMBERED])
    assert [(span.rule, span.line_first) for span in reading.furniture] == [("page_mark", 1), ("complementary", 4)]
    assert [(entry.title, entry.summary) for entry in reading.entries] == [("Letter", "Files."), ("Note", None)]
