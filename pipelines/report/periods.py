"""Documents by year, or by ten or a hundred years where there are too many years for one picture."""

from collections import defaultdict
from typing import Any

import pyarrow as pa

# More columns than this are no picture on a telephone.
MOST_PERIODS = 120
_UNITS = (1, 10, 100)
# What is counted of each period: a date's precision, and `other` for intervals and decades.
PRECISIONS = ("day", "month", "year", "other")


def by_period(documents: pa.Table) -> dict[str, Any]:
    """Dated documents by the first year that their date can mean, and by precision; periods without any are there as well.

    `years_per_period` is 1, 10 or 100: the smallest that gives at most 120 periods. Rows must have `year_start` and `date_precision`.
    """
    dated = documents.select(["year_start", "date_precision"])
    dated = dated.filter(dated.column("year_start").is_valid())
    counted = dated.group_by(["year_start", "date_precision"]).aggregate([([], "count_all")]).to_pylist()
    if not counted:
        return {"years_per_period": 1, "by_period": []}
    years = [row["year_start"] for row in counted]
    unit = next(unit for unit in _UNITS if max(years) // unit - min(years) // unit < MOST_PERIODS)
    found: dict[int, dict[str, int]] = defaultdict(lambda: dict.fromkeys(PRECISIONS, 0))
    for row in counted:
        found[row["year_start"] // unit][row["date_precision"] or "other"] += row["count_all"]
    periods = [
        {
            "year_first": period * unit,
            "year_last": period * unit + unit - 1,
            **{f"{name}_count": found[period][name] for name in PRECISIONS},
            "document_count": sum(found[period].values()),
        }
        for period in range(min(years) // unit, max(years) // unit + 1)
    ]
    return {"years_per_period": unit, "by_period": periods}
