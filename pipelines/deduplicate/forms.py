"""Which printed form stands for a text, when entries come and go: the first by its letters, of all entries that fold to it."""

from typing import NamedTuple

import numpy as np
import pyarrow as pa

from pipelines.deduplicate.texts import Codes, folded_text
from pipelines.deduplicate.traces import NO_HASH, Flags, Forms, Hashes, hashes_of, is_one_of


class Move(NamedTuple):
    """How the entries of now stand to those of before: the row before of each (-1: it is new), and which rows before are gone."""

    before: Codes
    is_gone: Flags

    @property
    def new(self) -> Codes:
        """The rows that are new."""
        return np.flatnonzero(self.before < 0)


class Moved(NamedTuple):
    """How a column is printed now, and the hashes of texts for which another form stands than before."""

    forms: Forms
    changed: Hashes


def move_forms(now: pa.ChunkedArray, before: pa.ChunkedArray, forms: Forms, move: Move) -> Moved:
    """The forms of a column now, from those before; only texts that an entry brought or took with it are looked at."""
    is_kept = move.before >= 0
    hashes = np.where(is_kept, forms.hashes[move.before], np.uint64(NO_HASH))
    is_first = np.where(is_kept, forms.is_first[move.before], False)  # noqa: FBT003 an array's value
    new = move.new
    hashes[new] = [_hash(text) for text in now.take(pa.array(new)).to_pylist()]
    touched = np.union1d(hashes[new], forms.hashes[move.is_gone])
    here = np.flatnonzero(is_one_of(hashes, touched))
    gone = np.flatnonzero(move.is_gone & is_one_of(forms.hashes, touched))
    least_now: dict[str, tuple[str, int]] = {}
    least_before: dict[str, str] = {}
    for row, text in zip(here.tolist(), now.take(pa.array(here)).to_pylist(), strict=True):
        folded = folded_text(text)
        least_now[folded] = min(least_now.get(folded, (text, row)), (text, row))
        if is_kept[row]:
            least_before[folded] = min(least_before.get(folded, text), text)
    for text in before.take(pa.array(gone)).to_pylist():
        folded = folded_text(text)
        least_before[folded] = min(least_before.get(folded, text), text)
    is_first[here] = False
    is_first[[row for _, row in least_now.values()]] = True
    changed = [f for f, (text, _) in least_now.items() if least_before.get(f, text) != text]
    return Moved(Forms(hashes, is_first), hashes_of(changed))


def _hash(text: str | None) -> int:
    folded = folded_text(text) if text is not None else ""
    return int(hashes_of([folded])[0]) if folded else NO_HASH
