"""From raw files to pages: what is there, what it holds, and what is refused before any grammar sees it."""

from pipelines.read.sources import Source, find_sources
from pipelines.read.text_page import read_text_page

__all__ = ["Source", "find_sources", "read_text_page"]
