"""A shard of raw: some of its files, each read to its pages, each page to its entries."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from pipelines.collector import collector_paused
from pipelines.extract import DeclaredLayout, read_declarations, read_page, resembles_listing
from pipelines.read import SideFile, Source, Tally, find_sources, read_side_file, read_source
from pipelines.records import Issue, PageReading, RawReading
from pipelines.settings import LIMITS


class Companions(NamedTuple):
    """What lies beside the pages of raw and speaks of them: declared layouts and the side file."""

    declared: tuple[DeclaredLayout, ...] = ()
    side_file: SideFile = SideFile()


class Raw(NamedTuple):
    """What lies in raw: files that may hold pages, what speaks of them, and what else was found, as issues."""

    sources: Sequence[Source]
    companions: Companions
    issues: Sequence[Issue]


_NONE = Companions()


def find_raw(raw: Path) -> Raw:
    """Look around in raw; its pages are not read yet.

    Raises:
        LayoutError: a declaration in `layouts/` cannot be read as one.
    """
    declared = read_declarations(raw / "layouts")
    sources, issues = find_sources(raw)
    side_file, doubts = read_side_file(raw)
    return Raw(sources, Companions(declared, side_file), [*issues, *doubts])


@collector_paused()
def read_shard(sources: Sequence[Source], companions: Companions = _NONE) -> RawReading:
    """Read files as pages, and pages as entries; what cannot be read is an issue and stops nothing else.

    A page of a web archive that is no listing is counted, and not kept: most of a crawl are none.
    """
    pages: list[PageReading] = []
    issues: list[Issue] = []
    for source in sources:
        no_listings = _NoListings()
        # A declared layout may be of any page; those of this site have signs that are seen before a page is parsed.
        pass_over = None if companions.declared else no_listings.add
        for text in read_source(source, LIMITS, companions.side_file, pass_over):
            if isinstance(text, Issue):
                issues.append(text)
                continue
            reading = read_page(text, companions.declared)
            if reading.layout is None and text.is_crawled and not resembles_listing(text):
                no_listings.add(text.page.source_path)
            else:
                pages.append(reading)
        issues += no_listings.issues()
    return RawReading(tuple(pages), tuple(issues))


class _NoListings:
    """Responses of web archives that are no listings, counted by archive."""

    def __init__(self) -> None:
        self._tallies: dict[str, Tally] = {}

    def add(self, source_path: str) -> None:
        """Count the response of this path."""
        archive, _, number = source_path.rpartition("!")
        self._tallies.setdefault(archive, Tally(archive)).add("response_skipped", "no listing", int(number))

    def issues(self) -> list[Issue]:
        """One issue an archive."""
        return [issue for tally in self._tallies.values() for issue in tally.issues()]


def source_paths(shards: Iterable[RawReading]) -> set[str]:
    """The path of everything that was met: pages, and what was refused."""
    paths = {reading.page.source_path for shard in shards for reading in shard.pages}
    return paths | {issue.source_path for shard in shards for issue in shard.issues if issue.source_path}
