"""From a page's lines to its entries, its furniture and its issues: each line meets exactly one fate."""

from pipelines.extract.declared import DeclaredLayout, read_declarations
from pipelines.extract.reading import read_page
from pipelines.extract.signs import resembles_listing

__all__ = ["DeclaredLayout", "read_declarations", "read_page", "resembles_listing"]
