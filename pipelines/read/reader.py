"""One file of raw to its pages, one after another: whatever the file is, what is held in memory is a page."""

from collections.abc import Iterator

from pipelines.read.containers import captures_of
from pipelines.read.side_file import SideFile
from pipelines.read.sources import Source
from pipelines.read.text_page import text_of
from pipelines.records import Issue, PageText
from pipelines.settings import ReadLimits

_SAYS_NOTHING = SideFile()


def read_source(source: Source, limits: ReadLimits, side_file: SideFile = _SAYS_NOTHING) -> Iterator[PageText | Issue]:
    """The pages of a file, in its order; and what is none, as an issue with the reason. Never raises for what a file holds."""
    for capture in captures_of(source, limits):
        yield capture if isinstance(capture, Issue) else text_of(capture, limits, side_file)
