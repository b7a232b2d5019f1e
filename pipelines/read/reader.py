"""One file of raw to its pages, one after another: whatever the file is, what is held in memory is a page."""

from collections.abc import Callable, Iterator

from pipelines.read.containers import captures_of
from pipelines.read.side_file import SideFile
from pipelines.read.sources import Source
from pipelines.read.text_page import may_list_documents, text_of
from pipelines.records import Issue, PageText
from pipelines.settings import ReadLimits

_SAYS_NOTHING = SideFile()


def read_source(
    source: Source,
    limits: ReadLimits,
    side_file: SideFile = _SAYS_NOTHING,
    pass_over: Callable[[str], None] | None = None,
) -> Iterator[PageText | Issue]:
    """The pages of a file, in its order; and what is none, as an issue with the reason. Never raises for what a file holds.

    A response of a crawl that cannot be a listing of this site is not parsed where `pass_over` is there to be told its path.
    """
    for capture in captures_of(source, limits):
        if isinstance(capture, Issue):
            yield capture
        elif pass_over is not None and not may_list_documents(capture):
            pass_over(capture.source_path)
        else:
            yield text_of(capture, limits, side_file)
