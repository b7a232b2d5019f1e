"""When two addresses are one: set aside are scheme, letter case, encoding, order of parameters, and what does not ask for anything."""

import re
from typing import NamedTuple

from pipelines.addresses.listings import read_address
from pipelines.addresses.parts import remembering, take_apart

# A word of a host's name, between dots and hyphens, that tells a staging host from the live one.
_WORDS = "www[0-9]?|staging|stage|stg|dev|test|preview|beta|qa|uat|live"
_STAGING = re.compile(rf"(?<![a-z0-9-])(?:{_WORDS})[.-]|-(?:{_WORDS})(?=\.)")


class PageAddress(NamedTuple):
    """A page's address as identity sees it: the site, staging hosts aside, and the page on it, whatever the site."""

    site: str
    page: str


def page_address(url: str) -> PageAddress | None:
    """Which page an address leads to; None where it is no address.

    Of a collection with a number the slug does not count, and the first page is the same whether it is named or not.

    >>> page_address("http://staging.archive.example/search?page=0&f%5B0%5D=topics:7&utm_source=x")
    PageAddress(site='archive.example', page='new search page=1&topics=7')
    """
    return _remembered(url)


def _page_address(url: str) -> PageAddress | None:
    parts = take_apart(url)
    if parts is None or not parts.is_web:
        return None
    address = read_address(url)
    where = f"{address.generation} {address.kind}" if address.kind else "/" + "/".join(parts.segments).casefold()
    asked = "&".join(f"{found.field}={found.value}" for found in sorted(address.rows))
    return PageAddress(site_of(parts.host), f"{where} {asked}".rstrip())


_remembered = remembering(_page_address)


def site_of(host: str) -> str:
    """A host without what tells a staging host from the live one, unless nothing but a domain is left.

    >>> site_of("staging-archive.example"), site_of("WWW.archive.example"), site_of("test.example")
    ('archive.example', 'archive.example', 'test.example')
    """
    host = host.lower()
    site = _STAGING.sub("", host)
    return site if "." in site else host
