"""What the address of a listing page says: a table of addresses, and laws that hold for any."""

import json
import time
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.addresses import Address, read_address
from pipelines.addresses.names import field_of, is_tracking
from pipelines.addresses.search_terms import read_terms

SITE = "https://archive.example"
TERMS = '{"search-in":"all","term":"herring port"}'
FULL = {"search_in=all", "search_text=herring port"}


def asked(terms):
    return quote(terms, safe="")


def said(url):
    """What an address says, in one line and a set: kind, generation, collection, page, filters."""
    found = read_address(url)
    return (
        " ".join(str(part) for part in (found.kind, found.generation, found.collection, found.page)),
        {f"{field}={value}" for field, value in found.filters},
    )


OLD = [
    ("/collection/4711/herring-port", "collection old 4711 1", {"collection=4711"}),
    ("/collection/4711/herring-and-port", "collection old 4711 1", {"collection=4711"}),
    ("/collection/4711", "collection old 4711 1", {"collection=4711"}),
    ("/collection/04711/herring-port/3", "collection old 4711 3", {"collection=4711"}),
    ("/collection/4711/1950/3/", "collection old 4711 3", {"collection=4711"}),
    ("/Collection/4711/Herring-Port/3?utm_source=x#top", "collection old 4711 3", {"collection=4711"}),
    ("/collection/4711/herring-port/next", "collection old 4711 1", {"collection=4711"}),
    (f"/search-results/2/{quote(TERMS)}", "search old None 2", FULL),
    (f"/search-results/2/{quote(quote(TERMS))}", "search old None 2", FULL),
    (f"/search-results/2/{quote(quote(asked(TERMS)))}", "search old None 2", FULL),
    (f"/search-results/2/{quote(TERMS)}?recordType=Record", "search old None 2", FULL | {"record_type=Record"}),
    ("/search-results/2/{%22search-in%22:%22all%22,%22term%22:%22herring%20port%22}", "search old None 2", FULL),
    (f"/search-results/2/{TERMS}", "search old None 2", FULL),
    ("/search-results/1/%7B%22subject%22%3A%22845%22%7D", "search old None 1", {"subject=845"}),
    ("/search-results/1/%7B%22subject%22%3A845%7D", "search old None 1", {"subject=845"}),
    ("/search-results/1/%7B%22subject%22%3A%5B%22845%22%2C%227%22%5D%7D", "search old None 1", {"subject=845", "subject=7"}),
    ("/search-results/1/" + asked('{"filters":{"coverage":["5",{"contributor":"9"}]},"x":null,"y":""}'), "search old None 1", {"coverage=5", "contributor=9"}),
    ("/search-results/1/" + asked('{"term":"a/b?c#d&e=f 100%"}'), "search old None 1", {"search_text=a/b?c#d&e=f 100%"}),
    ("/search-results/1/" + quote('{"term":"a/b"}'), "search old None 1", {"search_text=a/b"}),
    ("/search-results/1/" + asked('{"term":"x","term":"y"}'), "search old None 1", {"search_text=x", "search_text=y"}),
    ("/search-results/1/" + asked('{"page":"4"}'), "search old None 1", {"page_unread=4"}),
    ("/search-results/" + asked('{"subject":"845"}'), "search old None 1", {"subject=845"}),
    ("/search-results", "search old None 1", set()),
    ("/search-results?q=herring", "search old None 1", {"search_text=herring"}),
]  # fmt: skip
NEW = [
    ("/search", "search new None 1", set()),
    ("/search?page=0", "search new None 1", set()),
    ("/search?page=12", "search new None 13", set()),
    ("/search?f[0]=topics:7001&fo[0]=7001&page=3", "search new None 4", {"topics=7001"}),
    ("/search?f%5B0%5D=topics%3A7001&fo%5B0%5D=7001&page=3", "search new None 4", {"topics=7001"}),
    ("/search?f%255B0%255D=topics%253A7001&fo%255B0%255D=7001&page=3", "search new None 4", {"topics=7001"}),
    ("/search?f[0]=topics:7001&amp;f[1]=places:12&amp;page=3", "search new None 4", {"topics=7001", "places=12"}),
    ("/search?f[1]=people:9&f[0]=topics:7001", "search new None 1", {"topics=7001", "people=9"}),
    ("/search?f[0]=topics:7001&f[1]=topics:7002", "search new None 1", {"topics=7001", "topics=7002"}),
    ("/search?f[]=Topic:7001&f[]=Topic:7001", "search new None 1", {"topics=7001"}),
    ("/search?f[0]=date:1950:1959", "search new None 1", {"date=1950:1959"}),
    ("/search?f[0]=7001&fo[0]=12", "search new None 1", {"f=7001", "fo=12"}),
    ("/search?search_api_fulltext=herring+port", "search new None 1", {"search_text=herring port"}),
    ("/search?query=herring%20port", "search new None 1", {"search_text=herring port"}),
    ("/search?search_api_fulltext=&page=1", "search new None 2", set()),
    ("/search?search_api_fulltext=100%&sort_by=date&sort-order=ASC", "search new None 1", {"search_text=100%", "sort_by=date", "sort-order=ASC"}),
    ("/search?utm_source=a&UTM_medium=b&fbclid=c&gclid=d&_ga=e&page=2", "search new None 3", set()),
    ("/search?page=last", "search new None None", {"page_unread=last"}),
    ("/search?page=0,2", "search new None None", {"page_unread=0,2"}),
    ("/search?page=-1", "search new None None", {"page_unread=-1"}),
    ("/search?page=99999999999999999999", "search new None None", {"page_unread=99999999999999999999"}),
    ("/search?page=1&page=2", "search new None None", {"page_unread=1", "page_unread=2"}),
    ("/search?page=1&page=1", "search new None 2", set()),
    ("/en/search?page=1", "search new None 2", set()),
    ("/topics/herring-war", "topic new None None", {"topics=herring-war"}),
    ("/people/Orlov-Ivan", "person new None None", {"people=orlov-ivan"}),
    ("/places/port-ansel", "place new None None", {"places=port-ansel"}),
    ("/collections/herring-port", "collection new None None", {"collection=herring-port"}),
    ("/collection/herring-port", "collection new None None", {"collection=herring-port"}),
    ("/topics/herring-war?page=2", "topic new None 3", {"topics=herring-war"}),
]  # fmt: skip
OTHER = [
    ("", "None None None None", set()),
    ("/", "None None None None", set()),
    ("/topics", "None None None None", set()),
    ("/people/a/b", "None None None None", set()),
    ("/research", "None None None None", set()),
    ("/document/7001", "None None None None", set()),
    ("/a/b/c/search", "None None None None", set()),
    ("/collection", "None None None None", set()),
    ("/list?page=3&box=12&utm_id=1", "None None None 3", {"box=12"}),
    ("/search?q[]=fish&op[]=AND&page=2", "search None None 2", {"search_text=fish", "op=AND"}),
    ("/search-results/1/%7B%22term%22%3A", "search old None 1", set()),
    ("/search-results/1/%7B%ZZ%22", "search old None 1", set()),
    ("/search-results/1/%5B1%5D", "search old None 1", set()),
    ("/search-results/1/%22x%22", "search old None 1", set()),
    ("/search?%ZZ=%E9&f%5B0%5D", "search new None 1", {"%ZZ=é"}),
]


@pytest.mark.parametrize(("path", "read", "filters"), [*OLD, *NEW, *OTHER])
def test_an_address_is_read(path, read, filters):
    assert said(f"{SITE}{path}") == (read, filters)


@pytest.mark.parametrize(("path", "read", "filters"), [*OLD, *NEW])
def test_the_web_archive_that_kept_a_page_changes_nothing(path, read, filters):
    assert said(f"https://web.archive.org/web/20190131120000/http://archive.example{path}") == (read, filters)


@pytest.mark.parametrize(
    "url",
    [
        "file:///home/reader/topics/herring.html", "file:///search?page=2", "mailto:x@archive.example", "javascript:search",
        "http://[x/search?page=2", f"{SITE}/search?x=\ud800", f"{SITE}/search?x=" + "a" * 9_000,
    ],
)  # fmt: skip
def test_what_is_no_address_of_the_web_says_nothing(url):
    assert read_address(url) == Address()


def test_the_number_of_the_page_is_a_row_beside_the_filters():
    rows = read_address(f"{SITE}/search?f[0]=topics:7001&page=3").rows
    assert rows == (("topics", "7001"), ("page", "4"))
    assert read_address(f"{SITE}/topics/herring").rows == (("topics", "herring"),)


def test_half_a_surrogate_pair_becomes_what_a_table_can_hold():
    assert said(f"{SITE}/search-results/1/{quote(json.dumps({'term': chr(0xD800)}))}")[1] == {"search_text=\ufffd"}


def test_a_deeply_nested_object_is_none():
    assert list(read_terms('{"a":' * 1_500 + "1" + "}" * 1_500)) == []


@pytest.mark.parametrize(
    ("name", "field"), [("Term", "search_text"), ("search-in", "search_in"), ("Subjects", "subject"), ("box", "box"), ("sort-by", "sort-by")]
)  # fmt: skip
def test_one_field_has_one_name_and_others_their_own(name, field):
    assert field_of(name) == field


@pytest.mark.parametrize("name", ["utmost", "ga", "clid", "page", "f", "side", "pkey"])
def test_what_only_looks_like_tracking_is_kept(name):
    assert not is_tracking(name)


FIELDS = st.sampled_from(["topics", "people", "places", "subject"])
VALUES = st.text('abé %&=+#/7:"{}[]', min_size=1, max_size=8).filter(
    lambda value: value == value.strip() and "%" not in value
)


@given(st.lists(st.tuples(FIELDS, VALUES), max_size=4), st.integers(0, 400), st.randoms(use_true_random=False))
def test_facets_are_read_back_in_any_order_and_however_often_encoded(facets, page, chance):
    parts = [(f"f[{at}]", f"{field}:{value}") for at, (field, value) in enumerate(facets)] + [("page", str(page))]
    chance.shuffle(parts)
    for rounds in (1, 2, 3):
        query = "&".join("=".join(encoded(part, rounds) for part in pair) for pair in parts)
        found = read_address(f"{SITE}/search?{query}")
        assert found.page == page + 1
        assert set(found.filters) == set(facets)


def encoded(text, rounds):
    for _ in range(rounds):
        text = quote(text, safe="")
    return text


@given(st.dictionaries(st.text("abcxyz", min_size=1, max_size=5), VALUES, max_size=4), st.integers(1, 3))
def test_old_terms_are_read_back_however_often_encoded(terms, rounds):
    found = read_address(f"{SITE}/search-results/5/{encoded(json.dumps(terms), rounds)}")
    assert set(found.filters) == {(field_of(name), value) for name, value in terms.items()}


@given(st.text(st.characters(), max_size=120))
def test_no_text_raises(text):
    for url in (text, f"{SITE}/{text}", f"{SITE}/search?{text}", f"{SITE}/search-results/1/{text}"):
        for field, value in read_address(url).rows:
            assert field
            assert value.encode()


HOSTILE = [
    "%25",
    "%",
    "[",
    "{",
    '{"a":',
    "&f[0]=a:b",
    "&",
    "a=",
    "%7B%22a%22%3A",
    "/",
    "/2019/http://",
    "é",
    "\0",
    "%2525",
    "9",
]


@pytest.mark.parametrize("unit", HOSTILE)
@pytest.mark.parametrize("head", ["/search?", "/search-results/1/", "/search-results/1/%7B", "/", "/collection/"])
def test_a_long_address_takes_no_long_time(head, unit):
    for length in (8_000, 100_000):
        start = time.process_time()
        read_address(SITE + head + unit * (length // len(unit)))
        assert time.process_time() - start < 0.3
