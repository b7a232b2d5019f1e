"""What an address of a document says of its identity."""

import time

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.addresses import are_comparable, document_link
from pipelines.deduplicate import deduplicate
from tests.deduplicate.corpora import SALT, Listed, in_every_order

SITE = "https://archive.example"


@pytest.mark.parametrize(
    ("url", "link"),
    [
        (f"{SITE}/document/112230", "number 112230"),
        ("http://staging.archive.example/document/112230", "number 112230"),
        ("/document/112230", "number 112230"),
        (f"{SITE}/document/112230/", "number 112230"),
        (f"{SITE}/document/00112230", "number 112230"),
        (f"{SITE}/document/112230?print=1#top", "number 112230"),
        (f"  {SITE}/document/112230\n", "number 112230"),
        (f"{SITE}/en/document/112230", "number 112230"),
        (f"{SITE}/documents/112230", "number 112230"),
        (f"{SITE}/document/cable-mao", "slug cable-mao"),
        (f"{SITE}/document/cable-mao-0", "slug cable-mao-0"),
        (f"{SITE}/document/Cable-Mao", "slug cable-mao"),
        (f"{SITE}/document/cable%2Dmao", "slug cable-mao"),
        (f"{SITE}/document/cable%252Dmao", "slug cable-mao"),
        (f"{SITE}/document/gomu%C5%82ka", "slug gomułka"),
        ("HTTPS://ARCHIVE.EXAMPLE/DOCUMENT/Cable-Mao", "slug cable-mao"),
    ],
)
def test_an_address_of_a_document_names_it(url, link):
    assert document_link(url) == link


@pytest.mark.parametrize(
    "url",
    [
        "", "   ", SITE, f"{SITE}/collection/12/road", f"{SITE}/document", f"{SITE}/document/", f"{SITE}/documentation/7",
        f"{SITE}/search?document/7", f"{SITE}/topics/86502", f"{SITE}/document/7/attachments", "http://[oops/document/7",
        "javascript:void(0)", "mailto:archive@archive.example", f"{SITE}/mydocument/7",
    ],
)  # fmt: skip
def test_other_addresses_name_no_document(url):
    assert document_link(url) is None


def test_only_links_of_one_generation_tell_documents_apart():
    assert are_comparable("number 7", "number 8")
    assert are_comparable("slug cable", "slug cable-0")
    assert not are_comparable("number 7", "slug cable")


def test_two_numbers_keep_identical_words_apart():
    found = in_every_order(Listed(url=f"{SITE}/document/7"), Listed(url=f"{SITE}/document/8"))
    assert (found.shapes, found.decisions) == ("a b", [("other_link", "different")])


def test_the_old_number_and_the_new_slug_of_one_document_do_not_keep_it_apart():
    found = in_every_order(Listed(url=f"{SITE}/document/7"), Listed(url=f"{SITE}/document/cable-petrov-to-orlov"))
    assert found.shapes == "ab"


def test_a_link_outweighs_other_words():
    found = in_every_order(
        Listed(url=f"{SITE}/document/7"), Listed("Note on Salt", SALT, url="http://mirror.example/document/007?x=1")
    )
    assert (found.shapes, found.decisions) == ("ab", [("same_link", "same")])


def test_two_entries_of_one_page_are_two_documents_even_with_one_link():
    found = in_every_order(
        Listed(page="p", url=f"{SITE}/document/7"), Listed("Note on Salt", SALT, page="p", url=f"{SITE}/document/7")
    )
    assert found.shapes == "a b"


@pytest.mark.parametrize("other", [None, f"{SITE}/document/cable-petrov-to-orlov"])
def test_without_summaries_a_link_that_only_one_has_keeps_nothing_apart(other):
    found = in_every_order(Listed(summary=None, url=f"{SITE}/document/7"), Listed(summary=None, url=other))
    assert (found.shapes, found.decisions) == ("ab", [("summary_missing", "same")])


def test_without_a_link_an_entry_joins_neither_of_two_documents_that_fit():
    found = in_every_order(
        Listed(summary=None, url=f"{SITE}/document/7"),
        Listed(summary=None, url=f"{SITE}/document/8"),
        Listed(summary=None),
    )
    assert found.shapes == "a b c"
    assert set(found.decisions) == {("several_documents_fit", "review")}


def test_where_two_copies_lead_is_no_variant_of_what_they_print():
    records = pa.table({
        "date": ["January 5, 1950"] * 2, "title": ["Cable, Petrov to Orlov", "Cable,  Petrov to Orlov"], "summary": ["The salt is late."] * 2,
        "url": [f"{SITE}/document/7", f"{SITE}/document/cable-petrov-to-orlov"],
    })  # fmt: skip
    assert deduplicate(records).documents["has_variants"].to_pylist() == [False]


def test_an_address_that_names_no_document_decides_nothing():
    found = in_every_order(Listed(url=f"{SITE}/search?page=1"), Listed(url=f"{SITE}/search?page=2"))
    assert (found.shapes, found.decisions) == ("ab", [])


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_none_and_never_an_error(text):
    link = document_link(text)
    assert link is None or link.split(" ", 1)[0] in ("number", "slug")


@given(st.text("abc-é%25/ ", min_size=1, max_size=12))
def test_encoding_a_name_once_more_changes_nothing(name):
    from urllib.parse import quote

    once = f"{SITE}/document/{quote(name, safe='')}"
    assert document_link(once) == document_link(f"{SITE}/document/{quote(quote(name, safe=''), safe='')}")


@pytest.mark.parametrize("unit", ["%25", "/document", "/", "%", "a", "%2525", "/document/"])
def test_a_long_address_takes_no_long_time(unit):
    start = time.process_time()
    document_link(f"{SITE}/document/" + unit * (100_000 // len(unit)))
    assert time.process_time() - start < 1
