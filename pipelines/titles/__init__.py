"""What identity needs of a title: one reading, and what differs between two."""

from pipelines.titles.difference import Difference, Relation, compare_titles, difference_between, is_passing
from pipelines.titles.reading import Title, read_title

__all__ = ["Difference", "Relation", "Title", "compare_titles", "difference_between", "is_passing", "read_title"]
