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
