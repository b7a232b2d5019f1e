"""Addresses of documents, as identity sees them."""

import re

from pipelines.addresses.parts import Parts, remembering, take_apart

# `/document/<number>` of the old generation of the site, `/document/<slug>` of the new one.
_SEGMENTS = frozenset({"document", "documents"})
# What a document's own files are called: no name of a document ends so.
_FILE = re.compile(r"\.(?:pdf|html?|json|xml)$")
_DRIVE = re.compile(r"^[a-z][:|]$")


def document_link(url: str) -> str | None:
    """What an address says of a document's identity, or None: its generation and its name there.

    The host does not count, for staging hosts mirror the live site, nor do scheme, query, letter case and the web archive that
    kept it; a name that was encoded twice is decoded. `-0`, `-1` at the end of a slug tell equal titles apart and stay.

    >>> document_link("https://archive.example/document/112230")
    'number 112230'
    >>> document_link("http://staging.archive.example/document/cable%252Dmao-0?utm=x")
    'slug cable-mao-0'
    >>> document_link("https://archive.example/collection/12/road")
    """
    return _remembered(url)


def is_document(url: str) -> bool:
    """Whether an address leads to a document."""
    return document_link(url) is not None


def are_comparable(one: str, other: str) -> bool:
    """Whether two links are of one generation, so that different ones are different documents."""
    return one.split(" ", 1)[0] == other.split(" ", 1)[0]


def _document_link(url: str) -> str | None:
    parts = take_apart(url)
    if parts is None or len(parts.segments) <= 1 or not _leads_to_a_document(parts):
        return None
    name = _FILE.sub("", parts.segments[-1].casefold())
    if not name or "/" in name or not name.isprintable():
        return None
    return f"number {name.lstrip('0') or '0'}" if name.isdecimal() else f"slug {name}"


_remembered = remembering(_document_link)


def _leads_to_a_document(parts: Parts) -> bool:
    """Whether the last part of the path is a document's name.

    A page opened from disk puts the drive, if anything, before `/document/…`; other files are the reader's own.
    """
    *before, last, _ = (segment.casefold() for segment in parts.segments)
    if parts.scheme == "file":
        return last == "document" and (not before or (len(before) == 1 and _DRIVE.match(before[0]) is not None))
    return last in _SEGMENTS and parts.is_web
