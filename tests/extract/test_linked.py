"""Pages that are read by their links: what stands around the list, and where it ends."""

import pytest

from pipelines.extract import read_page
from pipelines.read.text_page import page_of

CARD = "<li><p>May {n}, 1950</p><h3><a href='/document/{n}'>Letter {n}</a></h3><p>It says {n}.</p></li>"
CARDS = f"<ul>{CARD.format(n=1)}{CARD.format(n=2)}</ul>"
ABOUT = "<h1>Berlin</h1><p>What was said about the divided city.</p>"


def read(html):
    return read_page(page_of(f"<html><body>{html}</body></html>".encode(), "page.html"))


def rules(reading):
    return {span.line_first: span.rule for span in reading.furniture}


def test_every_line_around_a_list_has_the_rule_of_what_it_is():
    head = f"<p>Skip to content</p><nav><a href=/>Home</a></nav>{ABOUT}<p>1 - 2 of 5</p><h2>Popular Documents</h2>"
    foot = "<p><a href='/more'>More of it</a></p><p>About us</p>"
    assert rules(read(head + CARDS + foot)) == {
        1: "skip_link", 3: "navigation", 5: "heading", 7: "description", 9: "pager", 11: "section", 25: "link", 27: "outside_list",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("Skip to main content", "skip_link"), ("Documents", "documents_heading"), ("Results:", "results_label"),
        ("SEARCH RESULTS", "results_heading"), ("ADD SEARCH FILTER CANCEL SEARCH FILTER", "filter_buttons"),
        ("Search in", "search_in"), ("No image found.", "no_image"), ("Timeline", "timeline_heading"),
        ("Popular Documents", "section"), ("About us", "outside_list"),
    ],
)  # fmt: skip
def test_a_line_that_the_site_prints_has_its_own_rule(line, rule):
    assert rules(read(f"<p>{line}</p>{CARDS}"))[1] == rule


def test_a_topic_with_a_timeline_lists_nothing_and_one_without_a_heading_is_refused():
    timeline = "<h2>Timeline</h2><p>1950: The fleet sails.</p>"
    topic = read(ABOUT + timeline)
    assert (topic.layout, topic.frame.heading, topic.entries) == ("N6", "Berlin", ())
    assert read(timeline).layout is None


def test_a_page_with_a_pager_is_a_search_wherever_the_pager_stands_and_one_without_is_not():
    behind = read(f"{CARDS}<p>1 - 2 of 5</p>")
    assert (behind.frame.kind, tuple(behind.frame.pager)) == ("search", (1, 2, 5))
    without = read(f"{ABOUT}{CARDS}")
    assert (without.frame.kind, without.frame.heading, without.frame.pager) == ("unknown", "Berlin", None)


def test_a_summary_has_a_blank_line_where_a_paragraph_ends_and_none_where_a_line_does():
    html = CARDS.replace("It says 2.", "It says 2.<br>And more.</p><p>In the end nothing.")
    assert read(html).entries[1].summary == "It says 2.\nAnd more.\n\nIn the end nothing."


@pytest.mark.parametrize("behind", ["", "About us is what follows."])
def test_a_date_at_the_end_of_a_list_is_no_entry(behind):
    reading = read(CARDS.replace("</ul>", "<li>June 5, 1950</li></ul>") + behind)
    assert [entry.title for entry in reading.entries] == ["Letter 1", "Letter 2"]
    assert rules(reading)[13] == "outside_list"


@pytest.mark.parametrize(("lines_of_first", "lines_of_last"), [(1, 1), (2, 2), (3, 3)])
def test_the_last_entry_of_a_list_that_nothing_bounds_is_as_long_as_the_longest_before_it(
    lines_of_first, lines_of_last
):
    def flat(number, lines):
        return f"<p>May {number}, 1950</p><p><a href='/document/{number}'>Letter {number}</a></p>" + "".join(lines)

    said = [f"<p>Sentence {number} of a summary.</p>" for number in range(1, 5)]
    entries = read(flat(1, said[:lines_of_first]) + flat(2, said)).entries
    assert [len(entry.summary.split("\n\n")) for entry in entries] == [lines_of_first, lines_of_last]


VIEWED = "<h2>Most viewed documents</h2><ul><li><a href='/document/8'>Letter 8</a></li><li><a href='/document/9'>Letter 9</a></li></ul>"


@pytest.mark.parametrize(
    "html", [f"{VIEWED}<h2>Popular Documents</h2>{CARDS}", f"<h2>Popular Documents</h2>{CARDS}{VIEWED}"]
)
def test_bare_titles_under_a_heading_of_their_own_are_no_entries_of_the_list(html):
    assert [entry.title for entry in read(html).entries] == ["Letter 1", "Letter 2"]


def test_bare_titles_under_the_heading_of_a_list_are_entries_of_it():
    bare = "<ul><li><a href='/document/8'>Letter 8</a></li></ul>"
    assert [entry.title for entry in read(f"<h2>Popular Documents</h2>{bare}{CARDS}{bare.replace('8', '9')}").entries] == [
        "Letter 8", "Letter 1", "Letter 2", "Letter 9",
    ]  # fmt: skip


@pytest.mark.parametrize(("count", "layout"), [(2, None), (3, "H1"), (4, "H1")])
def test_a_page_that_dates_nothing_is_a_list_from_three_documents_on(count, layout):
    links = "".join(f"<li><a href='/document/{n}'>Letter {n}</a></li>" for n in range(count))
    assert read(f"<h1>Letters</h1><ul>{links}</ul>").layout == layout


def test_a_list_that_stands_in_a_landmark_as_a_whole_is_a_list():
    reading = read(f"<nav><a href=/>Home</a></nav><aside>{CARDS}</aside>")
    assert [(entry.date_text, entry.title) for entry in reading.entries] == [
        ("May 1, 1950", "Letter 1"),
        ("May 2, 1950", "Letter 2"),
    ]


def test_what_a_landmark_links_to_beside_a_list_is_not_of_it():
    reading = read(f"<nav><ul><li><a href='/document/9'>Letter 9</a></li></ul></nav>{CARDS}")
    assert [entry.title for entry in reading.entries] == ["Letter 1", "Letter 2"]


def test_a_dated_title_without_a_link_is_an_entry_though_no_summary_follows():
    def flat(number, title):
        return f"<p>May {number}, 1950</p><p>{title}</p>"

    linked = ["<a href='/document/1'>Letter 1</a>", "A title without a link", "<a href='/document/3'>Letter 3</a>"]
    entries = read("".join(flat(number, title) for number, title in enumerate(linked, 1))).entries
    assert [(entry.date_text, entry.title, entry.summary) for entry in entries] == [
        ("May 1, 1950", "Letter 1", None), ("May 2, 1950", "A title without a link", None), ("May 3, 1950", "Letter 3", None),
    ]  # fmt: skip


@pytest.mark.parametrize(("numbered", "named", "is_old"), [(3, 0, True), (2, 1, True), (2, 2, False), (1, 2, False)])
def test_a_page_most_of_whose_documents_have_numbers_is_old_and_its_dates_ascend(numbered, named, is_old):
    names = [*range(100_000, 100_000 + numbered), *(f"letter-{n}" for n in range(named))]
    cards = "".join(
        f"<li><p>May {20 - day}, 1950</p><h3><a href='/document/{name}'>Letter {day}</a></h3><p>It says {day}.</p></li>"
        for day, name in enumerate(names)
    )
    problems = {issue.problem for issue in read(f"<ul>{cards}</ul>").issues}
    assert problems == ({"dates_not_ascending"} if is_old else set())
