"""Which pages of a crawl look like listings though no layout claims them."""

import pytest

from pipelines.extract import resembles_listing
from pipelines.records import Marks, Page, PageText

SITE = "https://digitalarchive.wilsoncenter.org"


def page(*lines, url=None, documents=()):
    links = {at: f"{SITE}/document/{name}" for at, name in enumerate(documents)}
    return PageText(Page("p1-0", "page.html", "0" * 64, 1, "utf-8", url=url), lines, (), Marks(links))


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        (page("a", "b", "c", documents=("herring", "cod", "salt")), True),
        (page("a", "b", "c", documents=("herring", "cod", "cod")), False),
        (page("About us"), False),
        (page("About us", "  Popular Documents "), True),
        (page("Popular Documents", url=f"{SITE}/document/herring"), False),
        (page("Popular Documents", url=f"{SITE}/search"), True),
    ],
)
def test_a_page_with_three_documents_or_a_line_of_lists_may_be_one_and_that_of_a_document_never(text, answer):
    assert resembles_listing(text) is answer


def test_a_page_without_markup_is_told_by_its_lines():
    text = page("SEARCH RESULTS")._replace(marks=None)
    assert resembles_listing(text) is True
    assert resembles_listing(text._replace(lines=("Results",))) is False
