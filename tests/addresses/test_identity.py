"""When two addresses are addresses of one page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.addresses import page_address
from pipelines.addresses.identity import site_of

SITE = "https://archive.example"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (f"{SITE}/search?page=1", "http://archive.example/search?page=1"),
        (f"{SITE}/search?page=0", f"{SITE}/search"),
        (
            f"{SITE}/search?f[0]=topics:7&page=1",
            "https://staging.archive.example/search/?page=1&f%255B0%255D=topics%253A7",
        ),
        (f"{SITE}/search?f[0]=topics:7&f[1]=people:8", f"{SITE}/search?f[0]=people:8&f[1]=topics:7&fo[0]=8"),
        (f"{SITE}/search?page=1", "https://www.archive.example:443/search?page=1&utm_source=x#results"),
        (f"{SITE}/collection/7/herring", f"{SITE}/collection/007/port/1"),
        (f"{SITE}/search-results/1/%7B%22term%22%3A%22a%22%7D", f'{SITE}/search-results/1/{{"term":"a"}}'),
        (f"{SITE}/box?b=2&a=1", f"{SITE}/Box/?a=1&b=2"),
        (f"{SITE}/topics/herring", f"https://web.archive.org/web/2019/{SITE}/topics/Herring"),
    ],
)
def test_two_addresses_of_one_page(one, other):
    assert page_address(one) == page_address(other) is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (f"{SITE}/search?page=1", f"{SITE}/search?page=2"),
        (f"{SITE}/search?f[0]=topics:7", f"{SITE}/search?f[0]=topics:8"),
        (f"{SITE}/search?f[0]=topics:7", f"{SITE}/search?f[0]=topics:7&sort_by=date"),
        (f"{SITE}/collection/7/herring", f"{SITE}/collection/8/herring"),
        (f"{SITE}/collection/7/herring/1", f"{SITE}/collection/7/herring/2"),
        (f"{SITE}/topics/herring", f"{SITE}/people/herring"),
        (f"{SITE}/box?a=1", f"{SITE}/box?a=2"),
    ],
)
def test_two_pages(one, other):
    assert page_address(one).page != page_address(other).page


def test_other_hosts_are_other_sites_with_the_same_page():
    one, other = page_address(f"{SITE}/search?page=1"), page_address("https://library.example/search?page=1")
    assert (one.page, one.site, other.site) == (other.page, "archive.example", "library.example")


@pytest.mark.parametrize(
    ("host", "site"),
    [
        ("www.archive.example", "archive.example"),
        ("staging.archive.example", "archive.example"),
        ("archive-staging.example", "archive.example"),
        ("dev-archive.example", "archive.example"),
        ("test.www.archive.example", "archive.example"),
        ("Archive.Example", "archive.example"),
        ("test.example", "test.example"),
        ("www.example", "www.example"),
        ("contest.archive.example", "contest.archive.example"),
        ("devarchive.example", "devarchive.example"),
        ("the-test-archive.example", "the-test-archive.example"),
        ("localhost", "localhost"),
        ("", ""),
    ],
)
def test_a_staging_host_is_the_site_that_it_mirrors(host, site):
    assert site_of(host) == site


@pytest.mark.parametrize("url", ["", "file:///search", "mailto:a@archive.example", "http://[x", "a" * 9_000])
def test_what_is_no_address_of_the_web_leads_to_no_page(url):
    assert page_address(url) is None


@given(st.text(st.characters(), max_size=120))
def test_no_text_raises(text):
    page_address(text)
    page_address(f"{SITE}/{text}")
