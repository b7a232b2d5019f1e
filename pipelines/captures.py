"""Captures of one page: of what was saved more than once, one counts and the others are named.

Two captures are one page where their bytes are the same, or where they list the same, in whatever form they were saved, and
no address says otherwise.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from pipelines.addresses import PageAddress, page_address
from pipelines.collector import collector_paused
from pipelines.listed import links_in, outline_of
from pipelines.records import Issue, PageReading, RawReading
from pipelines.text import fold

# By the id of each page, the capture that counts for it.
Counting = dict[str, PageReading]


@collector_paused()
def merge_readings(shards: Iterable[RawReading], issues: Sequence[Issue] = ()) -> RawReading:
    """All shards as one, in an order that does not depend on them; of the captures of one page one counts.

    Of identical bytes one counts always, for a page's id is that of its bytes. Which one: the one that knows most (its
    address, then the addresses of its entries, then when it was captured), of these the earliest, so that capturing a page
    again changes nothing, then the first by path.
    """
    shards = list(shards)
    readings = sorted((reading for shard in shards for reading in shard.pages), key=_rank)
    distinct: Counting = {}
    for reading in readings:
        distinct.setdefault(reading.page.page_id, reading)
    counting = _one_a_listing(distinct)
    kept = [counting[page_id] for page_id in sorted(counting) if counting[page_id] is distinct[page_id]]
    said = [*issues, *(issue for shard in shards for issue in shard.issues)]
    repeated = [reading for reading in readings if counting[reading.page.page_id] is not reading]
    found = [
        *(_of_the_page_that_counts(issue, counting) for issue in said),
        *(_repeated(reading, counting[reading.page.page_id]) for reading in repeated),
        *_differing(kept),
    ]
    return RawReading(tuple(kept), tuple(found))


def _rank(reading: PageReading) -> tuple[Any, ...]:
    """The order of captures, those that know more first; no two are equal, for no two have one path."""
    page, address = reading.page, _address_of(reading)
    captured_at = page.captured_at.timestamp() if page.captured_at else 0.0
    return address is None, -links_in(reading.entries), page.captured_at is None, captured_at, page.source_path


def _one_a_listing(distinct: Counting) -> Counting:
    """For each page's id the capture that counts for it; the readings come by rank.

    A capture whose address is not known is one with the first that lists the same. Where no entries tell what a page is,
    only one and the same address does.
    """
    counting = dict(distinct)
    for alike in _listing_alike(distinct.values()):
        by_address: Counting = {}
        for reading in alike:
            address = _address_of(reading)
            if address:
                counting[reading.page.page_id] = by_address.setdefault(address.page, reading)
            elif reading.entries:
                counting[reading.page.page_id] = alike[0]
    return counting


def _listing_alike(readings: Iterable[PageReading]) -> Iterator[list[PageReading]]:
    """Readings that list the same, two at least, in their order. A page that was refused is like no other.

    All texts are compared only where dates and the first title agree, which costs little and tells most pages apart.
    """
    by_outline: dict[str, list[PageReading]] = defaultdict(list)
    for reading in readings:
        if reading.layout is not None:
            by_outline[outline_of(reading.entries)].append(reading)
    for candidates in by_outline.values():
        if len(candidates) > 1:
            by_listing: dict[tuple[Any, ...], list[PageReading]] = defaultdict(list)
            for reading in candidates:
                by_listing[_listing(reading)].append(reading)
            yield from (alike for alike in by_listing.values() if len(alike) > 1)


def _listing(reading: PageReading) -> tuple[Any, ...]:
    """What a page lists, typography aside, whatever the form that it was saved in."""
    frame = reading.frame
    texts = [text for entry in reading.entries for text in (entry.title, entry.summary, entry.number)]
    return (frame.pager, *(text and fold(text) for text in (frame.heading, frame.description, *texts)))


def _address_of(reading: PageReading) -> PageAddress | None:
    return page_address(reading.page.url) if reading.page.url else None


def _repeated(reading: PageReading, counts: PageReading) -> Issue:
    """That a capture does not count, and why."""
    page, other = reading.page, counts.page
    what = "the same bytes as" if page.page_id == other.page_id else "the same listing as"
    ours, theirs = _address_of(reading), _address_of(counts)
    where = ""
    if ours and theirs and ours != theirs:
        where = ", at another host" if ours.page == theirs.page else f", at another address ({page.url})"
    message = f"{page.source_path}: {what} {other.source_path}, which counts{where}"
    return Issue(
        "capture_repeated", message, source_path=page.source_path, page_id=other.page_id, value=other.source_path
    )


def _differing(readings: Iterable[PageReading]) -> Iterator[Issue]:
    """Pages that were read at one address and list different things, as where it was saved on two days."""
    by_address: dict[PageAddress, list[PageReading]] = defaultdict(list)
    for reading in readings:
        if reading.layout is not None and (address := _address_of(reading)):
            by_address[address].append(reading)
    for captures in by_address.values():
        first, *others = sorted(captures, key=_rank)
        for page in (other.page for other in others):
            message = f"{page.source_path}: the same address as {first.page.source_path}, another listing; both count"
            yield Issue(
                "capture_differs", message, source_path=page.source_path, page_id=page.page_id,
                value=first.page.source_path,
            )  # fmt: skip


def _of_the_page_that_counts(issue: Issue, counting: Counting) -> Issue:
    """An issue about a capture that does not count is one about the capture that does: `pages` holds no other."""
    counts = counting.get(issue.page_id) if issue.page_id else None
    if counts is None or counts.page.page_id == issue.page_id:
        return issue
    return replace(issue, page_id=counts.page.page_id)
