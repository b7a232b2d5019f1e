"""Which pages are about one collection: told by the number in their addresses, and by their headings."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from pipelines.addresses import page_address, read_address
from pipelines.records import PageKind, PageReading
from pipelines.text import fold


class Number(NamedTuple):
    """The number that a site's addresses give a collection: one collection's, whatever the slug behind it."""

    number: str
    site: str


def kind_of(reading: PageReading) -> PageKind:
    """What a page is about: as the page itself tells, and where it does not, as its address does."""
    if reading.frame.kind != "unknown" or reading.page.url is None:
        return reading.frame.kind
    return read_address(reading.page.url).kind or "unknown"


def number_of(reading: PageReading) -> Number | None:
    """The number of the collection that a page's address names; staging hosts are one site with the live one."""
    url = reading.page.url
    number = read_address(url).collection if url else None
    where = page_address(url) if url and number else None
    return Number(number, where.site) if number and where else None


def group_pages(pages: Iterable[PageReading]) -> list[list[PageReading]]:
    """The pages about each collection; a page with neither number nor heading is about none.

    One number is one collection, two numbers of a site are two. A heading joins the numbers of different sites, and pages
    without a number to the one that prints it; where it could be of several, such pages are a collection of their own.
    """
    numbered: dict[Number, list[PageReading]] = defaultdict(list)
    titled: dict[str, list[PageReading]] = defaultdict(list)
    printing: dict[str, set[Number]] = defaultdict(set)
    for page in pages:
        folded, number = fold(page.frame.heading or ""), number_of(page)
        if number:
            numbered[number].append(page)
            printing[folded].add(number)
        elif folded:
            titled[folded].append(page)
    printing.pop("", None)
    group_of: dict[Number, list[PageReading]] = {}
    groups: list[list[PageReading]] = []
    for numbers in _joined(numbered, printing):
        groups.append([page for number in numbers for page in numbered[number]])
        group_of |= dict.fromkeys(numbers, groups[-1])
    for folded, others in titled.items():
        found = {id(group_of[number]): group_of[number] for number in printing.get(folded, ())}
        if len(found) == 1:
            found.popitem()[1].extend(others)
        else:
            groups.append(others)
    return groups


def _joined(numbers: Iterable[Number], printing: Mapping[str, set[Number]]) -> list[list[Number]]:
    """Numbers of one collection: those under one heading on different sites, unless that would make one of two of a site."""
    leader = {number: number for number in numbers}

    def lead(number: Number) -> Number:
        while leader[number] != number:
            leader[number] = number = leader[leader[number]]
        return number

    for found in printing.values():
        if _is_one_a_site(found):
            first, *others = map(lead, found)
            for other in others:
                leader[lead(other)] = lead(first)
    together: dict[Number, list[Number]] = defaultdict(list)
    for number in leader:
        together[lead(number)].append(number)
    return [
        part
        for found in together.values()
        for part in ([found] if _is_one_a_site(found) else [[number] for number in found])
    ]


def _is_one_a_site(numbers: Collection[Number]) -> bool:
    return len({number.site for number in numbers}) == len(numbers)
