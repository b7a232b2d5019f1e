"""What an address of a document says of its identity, in every disguise that an address is met in."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.addresses import are_comparable, document_link, is_document

SITE = "https://archive.example"
KEPT = "https://web.archive.org/web/20190131120000"


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("/document/7001", "number 7001"),
        ("document/7001", "number 7001"),
        ("//archive.example/document/7001", "number 7001"),
        (f"{SITE}:8443/document/7001", "number 7001"),
        (f"{SITE}:99999999/document/7001", "number 7001"),
        (f"{SITE}//document///7001//", "number 7001"),
        (f"{SITE}/document/7001.pdf?v=2", "number 7001"),
        (f"{SITE}/document/0", "number 0"),
        (f"{SITE}/document/7001#page/1/mode/1up", "number 7001"),
        (f"{SITE}%2Fdocument%2F7001", None),
        (f"{SITE}/document/letter-orlov-0", "slug letter-orlov-0"),
        (f"{SITE}/document/letter-orlov-1", "slug letter-orlov-1"),
        (f"{SITE}/document/Letter-Orlov?_gl=1*x", "slug letter-orlov"),
        (f"{SITE}/fr/document/letter-orlov", "slug letter-orlov"),
        (f"{SITE}/document/letter%25252Dorlov", "slug letter-orlov"),
        (f"{SITE}/document/caf%E9", "slug café"),
        (f"{SITE}/document/caf%C3%A9", "slug café"),
        ("file:///document/7001", "number 7001"),
        ("file:///document/letter-orlov-0", "slug letter-orlov-0"),
        ("file:///C:/document/7001", "number 7001"),
        (f"{KEPT}/http://archive.example/document/7001", "number 7001"),
        (f"{KEPT}/https://archive.example/document/letter-orlov?x=1", "slug letter-orlov"),
        ("https://web.archive.org/web/2019id_/http:/archive.example/document/7001", "number 7001"),
        ("https://web.archive.org/web/*/http://archive.example/document/7001", "number 7001"),
        ("/web/20190131120000/http://archive.example/document/7001", "number 7001"),
        ("http://localhost:8080/pages/20190131120000mp_/http://archive.example/document/7001", "number 7001"),
    ],
)
def test_an_address_of_a_document_names_it_in_every_disguise(url, link):
    assert document_link(url) == link
    assert is_document(url) == (link is not None)


@pytest.mark.parametrize(
    "url",
    [
        "file:///home/reader/documents/saved.html", "file:///home/reader/document/saved.html", "file:///D:/x/document/7",
        "ftp://archive.example/document/7", "data:text/html,/document/7", "mailto:a@b.example/document/7",
        f"{SITE}/document/a%2Fb", f"{SITE}/document/a%00b", f"{SITE}/document/%0A", f"{SITE}/document/.pdf",
        "http://[::1/document/7", f"{SITE}/document/\ud800", f"{SITE}/\0/document/",
        "/document", "document", f"{KEPT}/http://archive.example/collection/7", f"{SITE}/document/" + "a" * 9_000,
    ],
)  # fmt: skip
def test_what_only_looks_like_one_names_no_document(url):
    assert document_link(url) is None
    assert not is_document(url)


def test_names_that_are_not_utf8_stay_two_names():
    assert document_link(f"{SITE}/document/caf%E8") != document_link(f"{SITE}/document/caf%E9")


def test_only_links_of_one_generation_are_compared():
    assert are_comparable("number 7", "number 8")
    assert not are_comparable("number 7", "slug 7-0")


@given(st.text(st.characters(), max_size=200))
def test_no_text_raises(text):
    document_link(text)
    document_link(f"{SITE}/document/{text}")


UNITS = [
    "%25",
    "25",
    "/",
    "%",
    "[",
    "]",
    "@",
    ":",
    "http://",
    "/2019/http://",
    "/web/*/https:/",
    "\0",
    "?",
    "&f[0]=a:b",
    "%7B",
    "{",
    "é",
]


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("length", [8_000, 100_000])
def test_a_long_address_takes_no_long_time(unit, length):
    start = time.process_time()
    document_link(f"{SITE}/document/%" + unit * (length // len(unit)))
    assert time.process_time() - start < 0.2
