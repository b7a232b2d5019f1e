"""What the gate asks of a release by itself: its rows are in `quality`, for they follow from the tables and the thresholds."""

from collections.abc import Iterator, Mapping

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.gate.thresholds import Thresholds
from pipelines.validate import CheckResult

# The site's longest listing shows 100 at once. One page whose pager promises millions must not outweigh all others.
MOST_ENTRIES_A_PAGE = 200


def check_refusals(tables: Mapping[str, pa.Table], thresholds: Thresholds) -> Iterator[CheckResult]:
    """How many pages were refused, and how many entries that pagers promise were not found."""
    pages = tables["pages"]
    yield CheckResult(
        "few_pages_refused",
        "pages",
        "layout",
        "Few pages are refused (threshold refused_pages).",
        "error",
        pages.num_rows,
        pages.column("layout").null_count,
        judged(thresholds.refused_pages, pages.num_rows, thresholds),
    )
    numbered = pages.filter(pc.and_(pages.column("pager_first").is_valid(), pages.column("pager_last").is_valid()))
    promised, lost = _promised_and_lost(numbered)
    yield CheckResult(
        "few_entries_lost",
        "pages",
        "pager_last",
        "Few entries are missing that the numbers of a page's pager promise (threshold lost_entries).",
        "error",
        promised,
        lost,
        judged(thresholds.lost_entries, numbered.num_rows, thresholds),
    )


def judged(threshold: float, count: int, thresholds: Thresholds) -> float | None:
    """The threshold where there are enough to judge by; None, which only counts, where there are not."""
    return float(threshold) if count >= thresholds.judged_from else None


def _promised_and_lost(pages: pa.Table) -> tuple[int, int]:
    """Entries that the pagers of these pages promise, and how many of them are not there."""
    first, last, found = (pages.column(name).cast(pa.int64()) for name in ("pager_first", "pager_last", "entry_count"))
    most = pc.max_element_wise(found, pa.scalar(MOST_ENTRIES_A_PAGE, pa.int64()))
    promised = pc.min_element_wise(
        pc.max_element_wise(pc.add(pc.subtract(last, first), 1), pa.scalar(0, pa.int64())), most
    )
    lost = pc.max_element_wise(pc.subtract(promised, found), pa.scalar(0, pa.int64()))
    return pc.sum(promised).as_py() or 0, pc.sum(lost).as_py() or 0
