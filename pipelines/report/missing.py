"""What pages speak of and nobody saved: the rest of long listings, and collections that descriptions name."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from pipelines.report.counting import Row, Tables

MOST_LISTINGS = 50
MOST_GAPS = 20
MOST_TARGETS = 100
_PAGER = ["pager_first", "pager_last", "pager_total"]
# A listing: how its pages were found to be of one, and what they share.
Listing = tuple[str, tuple[Any, ...]]


def describe_missing(tables: Tables) -> dict[str, Any]:
    """Listings of which numbers are on no saved page, the most first; and names of collections and guides without a page.

    Pages are of one listing where their addresses ask for the same but for the page (docs/addresses.md); without an address, where they
    are of one kind, have one heading, and print one total. A listing is as long as the longest of its pagers says.
    """
    incomplete = sorted(
        (listing for listing in _listings(tables) if listing["missing_entry_count"]),
        key=lambda listing: (-listing["missing_entry_count"], listing["source_path"]),
    )
    targets = _targets(tables)
    return {
        "listing_count": len(incomplete),
        "entry_count": sum(listing["missing_entry_count"] for listing in incomplete),
        "listings": incomplete[:MOST_LISTINGS],
        "target_count": len(targets),
        "targets": targets[:MOST_TARGETS],
    }


def _listings(tables: Tables) -> Iterator[Row]:
    pages = tables["pages"].select(["page_id", "source_path", "kind", "heading", "url", *_PAGER])
    pages = pages.filter(pages.column("pager_total").is_valid()).sort_by("source_path")
    filters: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in tables["page_filters"].to_pylist():
        filters[row["page_id"]].add((row["field"], row["value"]))
    grouped: dict[Listing, list[Row]] = defaultdict(list)
    for page in pages.to_pylist():
        asked = tuple(sorted(pair for pair in filters.get(page["page_id"], ()) if pair[0] != "page"))
        printed = (page["kind"], page["heading"] or "", page["pager_total"])
        grouped[("address", asked) if page["page_id"] in filters else ("printed", printed)].append(page)
    for (told_by, asked), found in grouped.items():
        named = [{"field": field, "value": value} for field, value in asked] if told_by == "address" else []
        yield _listing(told_by, named, found)


def _listing(told_by: str, filters: list[Row], pages: list[Row]) -> Row:
    total = max(page["pager_total"] for page in pages)
    gaps = _gaps([(page["pager_first"], page["pager_last"]) for page in pages if page["pager_last"]], total)
    first = pages[0]
    return {
        "told_by": told_by,
        "filters": filters,
        **{name: first[name] for name in ("kind", "heading", "source_path", "url")},
        "page_count": len(pages),
        "total_entry_count": total,
        "missing_entry_count": sum(gap["last"] - gap["first"] + 1 for gap in gaps),
        "gap_count": len(gaps),
        "gaps": gaps[:MOST_GAPS],
    }


def _gaps(ranges: list[tuple[int, int]], total: int) -> list[dict[str, int]]:
    """The numbers from 1 to a total that no range holds, as ranges.

    >>> _gaps([(11, 20), (15, 30)], 45)
    [{'first': 1, 'last': 10}, {'first': 31, 'last': 45}]
    """
    gaps = []
    reached = 0
    for first, last in [*sorted(ranges), (total + 1, total + 1)]:
        if first > reached + 1:
            gaps.append({"first": reached + 1, "last": first - 1})
        reached = max(reached, last)
    return gaps


def _targets(tables: Tables) -> list[Row]:
    """What descriptions point to without a page about it in raw, by how many collections point there."""
    links = tables["collection_links"]
    unknown = links.filter(links.column("target_collection_id").is_null()).to_pylist()
    collections = tables["collections"]
    titles = dict(zip(*(collections.column(name).to_pylist() for name in ("collection_id", "title")), strict=True))
    named: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in unknown:
        named[row["relation"], row["target_title"]].add(titles[row["collection_id"]])
    found = [
        {"relation": relation, "title": title, "named_by_count": len(by), "named_by": sorted(by)[:MOST_GAPS]}
        for (relation, title), by in named.items()
    ]
    return sorted(
        found, key=lambda target: (target["relation"] != "related", -target["named_by_count"], target["title"])
    )
