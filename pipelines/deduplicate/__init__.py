"""Telling documents apart: entries that are one document become one, entries that only look alike stay two.

`deduplicate` takes any frame of dates, titles, summaries and links, of this archive or another.
"""

from pipelines.deduplicate.documents import Deduplication, deduplicate
from pipelines.deduplicate.frame import FrameError
from pipelines.deduplicate.history import History
from pipelines.deduplicate.judgements import Judgement, Said

__all__ = ["Deduplication", "FrameError", "History", "Judgement", "Said", "deduplicate"]
