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
        no_listings: dict[str, Tally] = {}
        for text in read_source(source, LIMITS, companions.side_file):
            if isinstance(text, Issue):
                issues.append(text)
                continue
            reading = read_page(text, companions.declared)
            if reading.layout is None and text.is_crawled and not resembles_listing(text):
                archive, _, number = text.page.source_path.rpartition("!")
                no_listings.setdefault(archive, Tally(archive)).add("response_skipped", "no listing", int(number))
            else:
                pages.append(reading)
        issues += [issue for tally in no_listings.values() for issue in tally.issues()]
    return RawReading(tuple(pages), tuple(issues))


def source_paths(shards: Iterable[RawReading]) -> set[str]:
    """The path of everything that was met: pages, and what was refused."""
    paths = {reading.page.source_path for shard in shards for reading in shard.pages}
    return paths | {issue.source_path for shard in shards for issue in shard.issues if issue.source_path}
