"""What the address of a listing page says: what the page is about, which page of how it was asked for, by which filters."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from pipelines.addresses.names import field_of, is_tracking
from pipelines.addresses.parts import Parts, remembering, take_apart
from pipelines.addresses.search_terms import read_terms
from pipelines.records import PageKind

Generation = Literal["old", "new"]
# Further numbers are no numbers of pages or collections; `int32` holds these.
_NUMBER = re.compile(r"[0-9]{1,9}")
# A facet of the new generation: `f[0]=topics:86502`, and beside it `fo[0]=86502`, which says the number again.
_FACET, _FACET_AGAIN = "f", "fo"
_FACET_VALUE = re.compile(r"(?P<name>[A-Za-z][A-Za-z0-9_-]{0,60}):(?P<value>.+)", re.DOTALL)
# A part of the path that says what the page is about, with the field that the name behind it is a value of.
_ABOUT: dict[str, tuple[PageKind, str]] = {
    "topic": ("topic", "topics"),
    "topics": ("topic", "topics"),
    "people": ("person", "people"),
    "person": ("person", "people"),
    "place": ("place", "places"),
    "places": ("place", "places"),
    "collection": ("collection", "collection"),
    "collections": ("collection", "collection"),
}
_SEARCH_RESULTS = re.compile(r"/search-results/(?:(?P<page>[0-9]{1,9})(?:/|$))?", re.IGNORECASE)
# A folder of a staging host or a language may stand before it.
_MOST_BEFORE = 2


class Filter(NamedTuple):
    """One thing that an address asks for, by the field's one name over both generations."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Address:
    """What an address of a page says; what it does not say is None or missing.

    `collection` is the number of the old generation, which two slugs can share. `page` counts from 1 in both generations. `filters`
    are sorted, each once; the page's number is not among them.
    """

    kind: PageKind | None = None
    generation: Generation | None = None
    collection: str | None = None
    page: int | None = None
    filters: tuple[Filter, ...] = ()

    @property
    def rows(self) -> tuple[Filter, ...]:
        """The filters, and the page's number as the field `page`, as the table `page_filters` has them."""
        return self.filters if self.page is None else (*self.filters, Filter("page", str(self.page)))


class _Path(NamedTuple):
    """What the path alone says."""

    kind: PageKind | None = None
    generation: Generation | None = None
    collection: str | None = None
    page: int | None = None
    filters: tuple[Filter, ...] = ()


def read_address(url: str) -> Address:
    """What an address says of the listing page that it leads to; never raises, and says nothing where nothing can be read.

    Old: `/collection/<number>/<slug>[/<page>]`, `/search-results/<page>/<filters in JSON>`. New: `/search?f[0]=<field>:<value>&page=<from 0>`,
    `/topics/<slug>`, `/people/<slug>`, `/places/<slug>`, `/collections/<slug>`. The host does not count.

    >>> read_address("https://archive.example/search?f%5B0%5D=topics:86502&fo%5B0%5D=86502&page=3")
    Address(kind='search', generation='new', collection=None, page=4, filters=(Filter(field='topics', value='86502'),))
    """
    return _remembered(url)


def _read_address(url: str) -> Address:
    parts = take_apart(url)
    if parts is None or not parts.is_web:
        return Address()
    path = _read_path(parts)
    asked = {*path.filters, *_parameter_filters(parts.parameters)}
    page, unread = _page(path, sorted(value for field, value in asked if field == "page"))
    filters = {found for found in asked if found.field != "page"} | {Filter("page_unread", value) for value in unread}
    return Address(path.kind, path.generation, path.collection, page, tuple(sorted(filters)))


_remembered = remembering(_read_address)


def _page(path: _Path, asked: list[str]) -> tuple[int | None, list[str]]:
    """The page's number from 1, and what stands where it should and is none.

    The new generation counts from 0 and does not name the first page; an archive that is not known counts from 1, as most do.
    """
    if path.page is not None:
        return path.page, [value for value in asked if value != str(path.page)]
    if len(asked) == 1 and _NUMBER.fullmatch(asked[0]):
        return int(asked[0]) + (path.generation == "new"), []
    return (1 if path.kind == "search" and not asked else None), asked


def _read_path(parts: Parts) -> _Path:
    segments = parts.segments
    for at, segment in enumerate(segments[: _MOST_BEFORE + 1]):
        name, behind = segment.lower(), segments[at + 1 :]
        if name == "search" and not behind:
            return _Path("search", "new" if _is_of_the_site(parts.parameters) else None)
        if name == "search-results":
            return _search_results(parts.path)
        if name == "collection" and behind and _NUMBER.fullmatch(behind[0]):
            return _numbered_collection(behind)
        if name in _ABOUT and len(behind) == 1:
            kind, field = _ABOUT[name]
            return _Path(kind, "new", filters=(Filter(field, behind[0].lower()),))
    return _Path()


def _is_of_the_site(parameters: Iterable[tuple[str, str]]) -> bool:
    """ArchivesSpace searches at `/search` too, always by `q[]`, and counts pages from 1."""
    return all(name != "q" for name, _ in parameters)


def _search_results(path: str) -> _Path:
    """The page and the filters behind it, which stay encoded until they are read, for they may hold a slash."""
    found = _SEARCH_RESULTS.search(path)
    if found is None:
        return _Path("search", "old")
    terms = read_terms(path[found.end() :])
    filters = tuple(Filter(field_of(name), value) for name, value in terms if not is_tracking(name))
    return _Path("search", "old", page=int(found["page"]) if found["page"] else None, filters=filters)


def _numbered_collection(behind: tuple[str, ...]) -> _Path:
    """`<number>[/<slug>[/<page>]]`; without a page it is the first."""
    number, page = behind[0].lstrip("0") or "0", 1
    if len(behind) > 2:  # noqa: PLR2004 number, slug, page
        page = int(behind[2]) if _NUMBER.fullmatch(behind[2]) else 1
    return _Path("collection", "old", number, page, (Filter("collection", number),))


def _parameter_filters(parameters: Iterable[tuple[str, str]]) -> Iterator[Filter]:
    parameters = [(name, value) for name, value in parameters if not is_tracking(name)]
    facets = [found for name, value in parameters if name == _FACET and (found := _FACET_VALUE.fullmatch(value))]
    again = {facet["value"] for facet in facets}
    yield from (Filter(field_of(facet["name"]), facet["value"]) for facet in facets)
    for name, value in parameters:
        is_facet = name == _FACET and _FACET_VALUE.fullmatch(value)
        if not is_facet and not (name == _FACET_AGAIN and value in again):
            yield Filter(field_of(name), value)
