"""Telling documents apart: entries that are one document become one, entries that only look alike stay two.

`deduplicate` takes any frame of dates, titles, summaries and links, of this archive or another.
"""

from pipelines.deduplicate.again import Before, Traced, deduplicate_traced
from pipelines.deduplicate.documents import Deduplication, deduplicate
from pipelines.deduplicate.frame import FrameError
from pipelines.deduplicate.history import History
from pipelines.deduplicate.judgements import Judgement, Said
from pipelines.deduplicate.traces import Traces

__all__ = [
    "Before", "Deduplication", "FrameError", "History", "Judgement", "Said", "Traced", "Traces", "deduplicate",
    "deduplicate_traced",
]  # fmt: skip
