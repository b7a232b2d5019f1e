"""A shard of raw: some of its files, each read to its pages, each page to its entries."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple
from unicodedata import normalize

from pipelines.collector import collector_paused
from pipelines.extract import DeclaredLayout, read_page, resembles_listing
from pipelines.read import SideFile, Source, Tally, read_source
from pipelines.records import Issue, PageReading, RawReading
from pipelines.settings import LIMITS


class Companions(NamedTuple):
    """What lies beside the pages of raw and speaks of them: declared layouts and the side file."""

    declared: tuple[DeclaredLayout, ...] = ()
    side_file: SideFile = SideFile()

    def beside(self) -> Callable[[Source], str]:
        """What the reading of a file follows from beside its bytes: a function from a source to a text that tells it.

        All layouts, for any may claim a page; of the side file the lines about the file or a member of it.
        """
        layouts = repr(self.declared)
        lines: dict[str, list[str]] = {}
        for path, said in sorted(self.side_file.rows.items()):
            lines.setdefault(path.partition("!")[0], []).append(repr((path, said)))
        return lambda source: "\n".join(
            (layouts, *lines.get(normalize("NFC", source.source_path).partition("!")[0], ()))
        )


_NONE = Companions()


def read_shard(sources: Sequence[Source], companions: Companions = _NONE) -> RawReading:
    """Read files as pages, and pages as entries; what cannot be read is an issue and stops nothing else."""
    files = read_files(sources, companions)
    return RawReading(
        tuple(page for file in files for page in file.pages), tuple(issue for file in files for issue in file.issues)
    )


@collector_paused()
def read_files(sources: Sequence[Source], companions: Companions = _NONE) -> list[RawReading]:
    """The same, a reading for each file."""
    return [_read_file(source, companions) for source in sources]


def _read_file(source: Source, companions: Companions) -> RawReading:
    """A page of a web archive that is no listing is counted, and not kept: most of a crawl are none."""
    pages: list[PageReading] = []
    issues: list[Issue] = []
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
