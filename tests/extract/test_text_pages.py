"""Pages of text: what stands within their lists and is no entry."""

import pytest

from pipelines.extract import read_page
from pipelines.read.text_page import page_of


def read(text):
    return read_page(page_of(text.encode(), "page.txt"))


@pytest.mark.parametrize(
    ("pager", "rules", "doubted"), [("1 - 2 of 5", [(11, "pager_repeated")], []), ("3 - 4 of 5", [], [11])]
)
def test_the_pager_of_a_page_may_stand_in_its_list_once_more_and_no_other(pager, rules, doubted):
    head = "Skip to content\n\n1 - 2 of 5\n\nMay 1, 1950\n\nLetter\n\nSaid.\n\n"
    reading = read(f"{head}{pager}\n\nMay 2, 1950\n\nNote\n\nSaid again.\n")
    assert [(entry.title, entry.summary) for entry in reading.entries] == [("Letter", "Said."), ("Note", "Said again.")]
    assert [(span.line_first, span.rule) for span in reading.furniture if span.line_first > 3] == rules
    assert [issue.line_first for issue in reading.issues if issue.problem == "text_unclaimed"] == doubted


HEAD = "Skip to content\n\n1 - 2 of 2\n\nMay 1, 1950\n\nLetter\n\nSaid.\n\n"
FOOT = "May 2, 1950\n\nNote\n\nSaid again.\n"


@pytest.mark.parametrize(("count", "doubted"), [(1, 1), (100, 100), (101, 1), (150, 1)])
def test_lines_without_a_place_have_an_issue_each_and_more_than_a_hundred_of_them_one(count, doubted):
    reading = read(f"{HEAD}" + "3 - 4 of 5\n" * count + f"\n{FOOT}")
    issues = [issue for issue in reading.issues if issue.problem == "text_unclaimed"]
    assert (len(issues), issues[0].line_first, issues[-1].line_last) == (doubted, 11, 10 + count)


def test_an_entry_without_a_date_may_stand_straight_below_the_heading_of_documents():
    reading = read(f"Skip to content\n\nResults:\n\n1 - 2 of 2\n\nDocuments\n\nLetter\n\nSaid.\n\n{FOOT}")
    assert [(entry.date_text, entry.title, entry.summary, entry.line_first) for entry in reading.entries] == [
        (None, "Letter", "Said.", 9), ("May 2, 1950", "Note", "Said again.", 13),
    ]  # fmt: skip


@pytest.mark.parametrize(("end", "is_cut"), [(b"", False), (b"\xe2\x80", True)])
def test_a_page_that_ends_within_a_character_is_cut(end, is_cut):
    reading = read_page(page_of(f"{HEAD}{FOOT}".encode() + end, "page.txt"))
    assert reading.is_cut is is_cut
    assert [issue.problem for issue in reading.issues] == ["cut_character"] * is_cut
