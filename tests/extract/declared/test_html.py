"""The same pages saved as HTML: the same entries, with the addresses behind their titles."""

from html import escape

import pytest

from pipelines.extract import read_page
from pipelines.read.capture import Capture
from pipelines.read.text_page import text_of
from pipelines.settings import LIMITS
from tests.extract.declared.pages import HERE, all_layouts, page

LAYOUTS = all_layouts()
ADDRESS = "https://archive.example/list"
NAMES = ["frus-chapter", "frus-editorial-notes", "archivesspace-collections", "archivesspace-within"]


def as_html(lines, titles):
    """The page as its site may send it: a paragraph a line, linked where an entry begins, menus around it."""
    told = []
    for number, line in enumerate(lines, 1):
        text = escape(line.strip())
        if number in titles:
            told.append(f'<h3><a href="/record/{number}">{text}</a></h3>')
        elif text:
            told.append(f"<p>{text}</p>")
    menu = '<nav><ul><li><a href="/">Home</a></li><li>May 5, 1950</li></ul></nav>'
    return f'<!doctype html><html><head><meta charset="utf-8"></head><body>{menu}<main>{"".join(told)}</main><footer>1. Imprint</footer></body></html>'


@pytest.mark.parametrize("name", NAMES)
def test_a_page_saved_as_html_lists_the_same_entries_with_their_addresses(name):
    plain = page((HERE / "pages" / f"{name}.txt").read_text(encoding="utf-8"))
    expected = read_page(plain, LAYOUTS)
    html = as_html(plain.lines, {entry.line_first for entry in expected.entries})
    found = read_page(text_of(Capture("page.html", html.encode(), url=ADDRESS), LIMITS), LAYOUTS)
    assert found.layout == expected.layout
    assert [entry.url for entry in found.entries] == [
        f"https://archive.example/record/{entry.line_first}" for entry in expected.entries
    ]
    for mine, theirs in zip(found.entries, expected.entries, strict=True):
        assert (mine.number, mine.date_text, mine.title) == (theirs.number, theirs.date_text, theirs.title)
        assert (mine.summary or "").split() == (theirs.summary or "").split()
    assert {span.rule for span in found.furniture} >= {"navigation", "page_footer"}
