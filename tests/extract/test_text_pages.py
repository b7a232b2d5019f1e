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
