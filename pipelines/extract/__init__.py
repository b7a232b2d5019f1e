"""From a page's lines to its entries, its furniture and its issues: each line meets exactly one fate."""

from pipelines.extract.reading import read_page

__all__ = ["read_page"]
