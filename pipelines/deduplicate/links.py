"""Links to documents, as identity sees them."""

import re
from functools import lru_cache
from urllib.parse import unquote, urlsplit

# `/document/<number>` of the old generation of the site, `/document/<slug>` of the new one.
_DOCUMENT = re.compile(r"/documents?/(?P<name>[^/]+)/?$", re.IGNORECASE)


@lru_cache(maxsize=1 << 12)
def document_link(url: str) -> str | None:
    """What an address says of a document's identity, or None: its generation and its name there.

    The host does not count, for staging hosts mirror the live site, nor do scheme, query and letter case; a name that
    was encoded twice is decoded. `-0`, `-1` at the end of a slug tell equal titles apart and stay.

    >>> document_link("https://archive.example/document/112230")
    'number 112230'
    >>> document_link("http://staging.archive.example/document/cable%252Dmao-0?utm=x")
    'slug cable-mao-0'
    >>> document_link("https://archive.example/collection/12/road")
    """
    try:
        path = urlsplit(url.strip()).path
    except ValueError:  # a host in brackets that is none
        return None
    while (decoded := unquote(path)) != path:
        path = decoded
    found = _DOCUMENT.search(path)
    if not found:
        return None
    name = found["name"].casefold()
    return f"number {name.lstrip('0')}" if name.isdecimal() else f"slug {name}"


def are_comparable(one: str, other: str) -> bool:
    """Whether two links are of one generation, so that different ones are different documents."""
    return one.split(" ", 1)[0] == other.split(" ", 1)[0]
