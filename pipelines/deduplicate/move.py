"""Which entries came, went, or say something else than before."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.deduplicate.frame import COLUMNS
from pipelines.deduplicate.texts import Codes

Flags = npt.NDArray[np.bool_]


class Move(NamedTuple):
    """How the entries of now stand to those of before: the row before of each (-1: it is new), and which rows before are gone."""

    before: Codes
    is_gone: Flags

    @property
    def new(self) -> Codes:
        """The rows that are new."""
        return np.flatnonzero(self.before < 0)


def find_move(records: pa.Table, before: pa.Table) -> Move:
    """How the entries of now stand to those before; one that says something else under its old id is new."""
    found = pc.index_in(records.column("entry_id"), value_set=before.column("entry_id"))
    at = np.asarray(pc.fill_null(found, -1), np.int64)
    is_known = at >= 0
    known, were = records.filter(pa.array(is_known)), before
    if not np.array_equal(at[is_known], np.arange(were.num_rows)):
        were = were.take(pa.array(at[is_known]))
    at[np.flatnonzero(is_known)[_differ(known, were)]] = -1
    is_gone = np.ones(before.num_rows, bool)
    is_gone[at[at >= 0]] = False
    return Move(at, is_gone)


def _differ(known: pa.Table, were: pa.Table) -> Flags:
    """Which entries say something else than before."""
    other = np.zeros(known.num_rows, bool)
    for name in COLUMNS:
        ours, theirs = known.column(name), were.column(name)
        if not ours.equals(theirs):
            equal = pc.fill_null(pc.equal(ours, theirs), False)  # noqa: FBT003 a value
            other |= ~np.asarray(pc.or_(equal, pc.and_(ours.is_null(), theirs.is_null())))
    return other
