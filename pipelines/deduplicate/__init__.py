"""Telling documents apart: entries that are one document become one, entries that only look alike stay two."""

from pipelines.deduplicate.appearance import BY_PLACE, Appearance, Match
from pipelines.deduplicate.documents import Deduplication, Document, deduplicate
from pipelines.deduplicate.history import History

__all__ = ["BY_PLACE", "Appearance", "Deduplication", "Document", "History", "Match", "deduplicate"]
