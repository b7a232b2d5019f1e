"""From raw files to pages: what is there, what it holds, and what is refused before any grammar sees it."""

from pipelines.read.reader import read_source
from pipelines.read.sources import Source, find_sources

__all__ = ["Source", "find_sources", "read_source"]
