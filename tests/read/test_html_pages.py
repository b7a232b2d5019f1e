"""The writer of saved HTML pages is right about its own pages; a browser is the witness."""

import random
import re
from dataclasses import replace
from urllib.parse import urljoin

import pytest
from selectolax.lexbor import LexborHTMLParser

from benchmarks.pages import ENTRIES_A_PAGE, make_document, make_page
from tests.read.browser import html_of_mhtml, no_browser, saved_by_chromium, texts_shown, truth_of_saved  # noqa: F401
from tests.read.html_pages import KINDS, STYLES, compare, folded, html_of_text_page, make_html, styles_of

SORTS = [
    (generation, kind, style)
    for generation, kinds in KINDS.items()
    for kind in kinds
    for style in styles_of(generation, kind)
]
REPLAYED = re.compile(r"(?:https?://[^/]*)?/web/\d+/")
LABELLED = frozenset({"inline_labels", "text_viewer", "office_paste"})  # print something before a date, on its line
FOLDED_AWAY = frozenset({"folded_summaries"})


def made(sort, seed=0, **options):
    generation, kind, style = sort
    return make_html(random.Random(f"{sort}/{seed}"), generation=generation, kind=kind, style=style, **options)


def words_of(entry):
    return [folded(text) for text in (entry.date_text, entry.title, entry.summary) if text]


@pytest.mark.parametrize("style", STYLES)
def test_a_page_holds_the_words_and_the_links_of_its_truth(style):
    for sort in (sort for sort in SORTS if sort[2] == style):
        page = made(sort)
        tree = LexborHTMLParser(page.html.decode(page.encoding))
        text = folded(tree.body.text(separator="")).replace(" ", "")
        base = tree.css_first("base")
        base = base.attributes["href"] if base else page.truth.page_url or ""
        links = {REPLAYED.sub("", urljoin(base, link.attributes.get("href") or "")) for link in tree.css("a")}
        for entry in page.truth.entries:
            assert all(words.replace(" ", "") in text for words in words_of(entry))
            assert entry.url is None or entry.url in links


def test_the_same_chance_makes_the_same_page():
    assert all(made(sort) == made(sort) for sort in SORTS)


def test_a_style_is_made_only_for_pages_that_can_have_it():
    with pytest.raises(ValueError, match="no page of the new site"):
        made(("new", "search", "old_items"))
    with pytest.raises(ValueError, match="no listing of kind 'person'"):
        made(("old", "person", None))


@pytest.mark.parametrize("layout", ["O1", "O2", "O3", "N1", "N2", "N3", "N5", "N6"])
def test_a_text_page_becomes_html_of_the_same_entries(layout):
    for seed in range(5):
        chance = random.Random(f"{layout}/{seed}")
        text_page = make_page(chance, layout, [make_document(chance, n) for n in range(ENTRIES_A_PAGE[layout])])
        page = html_of_text_page(layout, text_page)
        told = [(entry.title, entry.summary, entry.section) for entry in page.truth.entries]
        assert told == [(entry["title"], entry["summary"], entry["section"]) for entry in text_page.entries]
        if page.truth.entries:
            assert all(f"{entry.date_text}" in text_page.text for entry in page.truth.entries)


def test_what_differs_is_told_in_words():
    truth = made(("new", "search", "table_cells")).truth
    assert compare(truth, truth.entries) == []
    first, *rest = truth.entries
    spaced = replace(first, title=first.title.replace(" ", "\N{NO-BREAK SPACE}"))
    assert compare(truth, [spaced, *rest]) == []
    assert len(compare(truth, [spaced, *rest], fields=("title",), is_strict=True)) > 0
    assert compare(truth, [replace(first, url="https://other.example/"), *rest]) == [
        f"entry 1: url is 'https://other.example/', the page has {first.url!r}"
    ]
    assert f"{len(rest)} entries were read of {len(truth.entries)}" in compare(truth, rest)


@pytest.mark.skipif(no_browser() is not None, reason=no_browser() or "")
def test_chromium_shows_every_part_of_an_entry_as_a_line():
    pages = [made(next(sort for sort in SORTS if sort[2] == style), seed) for style in STYLES for seed in range(2)]
    for page, text in zip(pages, texts_shown(pages), strict=True):
        lines = [folded(line) for line in re.split(r"[\n\t]", text)]
        for entry in page.truth.entries:
            date, summary = folded(entry.date_text), folded(entry.summary)
            assert folded(entry.title) in lines, page.name
            assert date is None or date in lines or page.style in LABELLED, page.name
            assert summary is None or summary in lines or page.style in FOLDED_AWAY, page.name


def test_chromium_serialises_a_page_and_takes_a_snapshot(saved_by_chromium):  # noqa: F811
    page = made(("new", "search", "html_only"), scheme="http")
    files = saved_by_chromium(page)
    address = page.truth.entries[0].url.removeprefix(page.address.partition("/search")[0])
    assert f'href="{address}"' in files["dom"].decode()
    assert f"Snapshot-Content-Location: {page.address}" in files["mhtml"].decode()
    assert f'href="{truth_of_saved(page, "mhtml").entries[0].url}"' in html_of_mhtml(files["mhtml"]).decode()


def test_chromium_saves_a_page_complete(saved_by_chromium):  # noqa: F811
    page = made(("old", "collection", "html_only"), scheme="http")
    path = saved_by_chromium(page, ("complete",))["complete"]
    html = path.read_text(encoding="utf-8")
    assert f"<!-- saved from url=({len(page.address):04d}){page.address} -->" in html
    assert f'href="{truth_of_saved(page, "complete").entries[0].url}"' in html
