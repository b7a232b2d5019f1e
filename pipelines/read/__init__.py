"""From raw files to pages: what is there, what it holds, and what is refused before any grammar sees it."""

from pipelines.read.containers.issues import Tally
from pipelines.read.reader import read_source
from pipelines.read.side_file import SideFile, read_side_file
from pipelines.read.sources import Source, find_sources

__all__ = ["SideFile", "Source", "Tally", "find_sources", "read_side_file", "read_source"]
