"""Saved HTML of both generations in many shapes: every entry exact, each line accounted for, whatever stands around the list."""

import random

import pytest

from pipelines.extract import read_page
from pipelines.read.text_page import page_of
from tests.read.browser import saved_by_chromium, truth_of_saved
from tests.read.html_pages import KINDS, STYLES, compare, html_of, html_of_text_page, make_html, make_listing, styles_of
from tests.test_reading_laws import assert_each_line_has_one_fate, made

__all__ = ["saved_by_chromium"]  # a fixture

# Without white space between title and summary, without a date, in one link: only a style sheet would tell them apart.
NEEDS_A_STYLE_SHEET = "spans_in_link"
CERTAIN = [name for name, style in STYLES.items() if not style.is_arguable and name != NEEDS_A_STYLE_SHEET]


def read(page):
    return read_page(page_of(page.html, page.name))


def differences(page, reading):
    """What a reading of a page says otherwise than the page, in words."""
    truth, frame = page.truth, reading.frame
    told = compare(truth, reading.entries)
    pager = "{:,} - {:,} of {:,}".format(*frame.pager) if frame.pager else None
    if pager != truth.pager:
        told.append(f"the pager is {pager}, the page has {truth.pager}")
    if truth.kind != "search" and frame.heading != truth.heading:
        told.append(f"the heading is {frame.heading!r}, the page has {truth.heading!r}")
    said = " ".join((frame.description or "").split())
    if truth.kind != "search" and said != " ".join(" ".join(truth.description).split()):
        told.append(f"the description is {said!r}, the page has {truth.description!r}")
    if reading.page.url != truth.page_url:
        told.append(f"the address is {reading.page.url}, the page has {truth.page_url}")
    return told


def pages(style, seeds):
    for generation, kinds in KINDS.items():
        for kind in kinds:
            if style in styles_of(generation, kind):
                for seed in seeds:
                    chance = random.Random(f"{seed}/{style}/{generation}/{kind}")
                    page = make_html(chance, generation=generation, kind=kind, style=style)
                    # On a page with one entry nothing shows which lines come with every entry.
                    if len(page.truth.entries) > 1:
                        yield page


@pytest.mark.parametrize("style", CERTAIN)
def test_every_entry_of_a_saved_page_is_exact(style):
    for page in pages(style, range(2)):
        assert differences(page, read(page)) == [], page.name


@pytest.mark.parametrize("style", STYLES)
def test_every_line_of_a_saved_page_has_one_fate(style):
    for page in pages(style, (5,)):
        text = page_of(page.html, page.name)
        assert_each_line_has_one_fate("\n".join(text.lines) + "\n", read_page(text))


@pytest.mark.parametrize("layout", ["O1", "O2", "O3", "N1", "N2", "N3", "N5", "N6"])
def test_a_listing_as_text_and_as_html_has_the_same_entries(layout):
    for seed in range(12):
        page = made(layout, seed, bare=0.1)
        text = read_page(page_of(page.text.encode(), "page.txt"))
        saved = read(html_of_text_page(layout, page, "old_items" if layout[0] == "O" else "table_cells"))
        assert [entry[5:8] for entry in saved.entries] == [entry[5:8] for entry in text.entries]
        assert all(entry.url for entry in saved.entries)


def test_a_list_of_two_sites_shapes_is_read_under_the_name_of_the_grammar_that_agrees():
    chance = random.Random(1)
    listing = make_listing(chance, "new", "person")
    reading = read(html_of(chance, listing, "bare"))
    assert reading.layout in ("N3", "N5")


@pytest.mark.parametrize("style", ["old_items", "unclosed", "windows_1252"])
@pytest.mark.parametrize("way", ["dom", "mhtml", "complete"])
def test_a_page_that_chromium_saved_is_read_as_it_was(style, way, saved_by_chromium, tmp_path):
    from pipelines.read import Source, read_source
    from pipelines.settings import LIMITS

    page = make_html(random.Random(f"saved/{style}"), generation="old", kind="collection", style=style, scheme="http")
    saved = saved_by_chromium(page, (way,))[way]
    path = saved if way == "complete" else tmp_path / f"page.{'mhtml' if way == 'mhtml' else 'html'}"
    if way != "complete":
        path.write_bytes(saved)
    (text,) = read_source(Source(str(path), path.name), LIMITS)
    assert compare(truth_of_saved(page, way), read_page(text).entries) == []


CARD = "<div class=row><p>{date}</p><h3>{title}</h3><p>{said}</p></div>"


def linked(number, title="Letter"):
    return f"<a href='/document/{number}'>{title} {number}</a>"


def listed(html):
    reading = read_page(page_of(f"<html><body>{html}</body></html>".encode(), "page.html"))
    return [(entry.date_text, entry.title, entry.summary, entry.url) for entry in reading.entries], reading


def cards(*titles):
    return "".join(
        CARD.format(date=f"May {n}, 1950", title=title, said=f"It says {n}.") for n, title in enumerate(titles, 1)
    )


@pytest.mark.parametrize("unlinked", [1, 2])
def test_an_entry_that_nothing_links_is_an_entry_all_the_same(unlinked):
    titles = [linked(1), linked(2), linked(3)]
    titles[unlinked] = "A title without a link"
    entries, reading = listed(f"<main>{cards(*titles)}</main><p>About us</p>")
    assert [entry[1] for entry in entries][unlinked] == "A title without a link"
    assert [entry[2] for entry in entries] == ["It says 1.", "It says 2.", "It says 3."]
    assert reading.ledger.issue_line_count == 0


def test_text_between_two_entries_that_is_no_part_of_either_is_an_issue():
    html = cards(linked(1)) + "<p>Here the editor speaks of something else.</p>" + cards(linked(2))
    _, reading = listed(html)
    assert [issue.value for issue in reading.issues] == ["Here the editor speaks of something else."]


def test_a_date_that_is_linked_as_well_is_a_date():
    rows = "".join(
        f"<tr><td><a href='/document/{n}'>March {n}, 1950</a><td>{linked(n)}<td>It says {n}.</tr>" for n in range(1, 5)
    )
    entries, _ = listed(f"<table>{rows}</table>")
    assert entries[0] == ("March 1, 1950", "Letter 1", "It says 1.", "/document/1")
    assert len(entries) == 4


def test_a_year_over_a_group_dates_none_of_its_entries():
    html = "".join(
        f"<p>{year}</p>" + "".join(f"<div><h3>{linked(n)}</h3><p>It says {n}.</p></div>" for n in numbers)
        for year, numbers in ((1950, (1, 2)), (1951, (3, 4)))
    )
    entries, _ = listed(html)
    assert [entry[0] for entry in entries] == [None] * 4


def test_entries_under_another_heading_are_of_another_section():
    html = f"<h1>Berlin</h1><h2>Popular Documents</h2>{cards(linked(1), linked(2))}<h2>Recent Documents</h2>{cards(linked(3))}"
    _, reading = listed(html)
    assert [entry.section for entry in reading.entries] == [
        "Popular Documents",
        "Popular Documents",
        "Recent Documents",
    ]


@pytest.mark.parametrize(
    "html",
    [
        f"<h1>My day</h1><p>May 5, 1950</p><p>I read {linked(1, 'a cable')} and liked it very much.</p>",
        f"<h1>Cable</h1><p>Text of it.</p>{linked(1, 'Download')}",
        "<h1>Forms</h1><ul><li><a href='/document/a'>Form A</a><li><a href='/document/b'>Form B</a></ul>",
    ],
)
def test_a_page_that_links_to_documents_and_lists_none_is_refused(html):
    _, reading = listed(html)
    assert reading.layout is None


def test_a_search_without_results_has_no_entries_in_any_form():
    text = "Skip to content\n\nResults:\n\n0 - 0 of 0\n\nDocuments\n\nNo results found.\n"
    html = "<p>Skip to content</p><nav><a href=/>Home</a></nav><h1>Search</h1><p>0 - 0 of 0</p><p>No results found.</p>"
    dumped = read_page(page_of(text.encode(), "page.txt"))
    assert ("no_results", 9, 9) in dumped.furniture
    for reading in (dumped, listed(html)[1]):
        assert (reading.frame.kind, reading.entries) == ("search", ())
        assert [issue.problem for issue in reading.issues] == []


def test_a_page_that_ends_within_a_tag_says_so_and_may_be_cut():
    html = f"<html><body>{cards(linked(1), linked(2))}"
    reading = read_page(page_of(html[: html.rindex("says 2") + 4].encode() + b"<a hre", "page.html"))
    assert reading.is_cut
    assert reading.entries[-1].is_possibly_cut
    assert [issue.problem for issue in reading.issues] == ["cut_markup", "entry_possibly_cut"]
    assert reading.entries[-1].summary == "It says"


def test_an_address_tells_a_topic_from_a_search_where_both_have_a_pager():
    head = "<link rel=canonical href='https://archive.example/topics/berlin'><h1>Berlin</h1><p>What was said about the divided city.</p>"
    _, reading = listed(f"{head}<p>1 - 2 of 5</p>{cards(linked(1), linked(2))}")
    assert (reading.frame.kind, reading.frame.heading) == ("topic", "Berlin")
    assert reading.frame.description == "What was said about the divided city."


def test_a_caption_counts_before_the_text_of_an_image():
    figure = "<figure><img alt='Photograph'><figcaption>The wall in May</figcaption></figure>"
    html = f"<h1>Berlin</h1>{figure}<p>What was said about the divided city.</p><h2>Popular Documents</h2>{cards(linked(1), linked(2))}"
    _, reading = listed(html)
    assert reading.frame.image_caption == "The wall in May"
