"""What identity needs of a title: one reading, and what differs between two."""

from pipelines.titles.difference import Difference, Relation, compare_titles, is_passing
from pipelines.titles.reading import Title, read_title

__all__ = ["Difference", "Relation", "Title", "compare_titles", "is_passing", "read_title"]
