"""Which printed form stands for a text, when entries come and go: the first by its letters, of all entries that fold to it."""

from typing import NamedTuple

import numpy as np
import pyarrow as pa

from pipelines.deduplicate.move import Move
from pipelines.deduplicate.texts import Codes, folded_text
from pipelines.deduplicate.traces import NO_HASH, Forms, Hashes, hashes_of, is_one_of


class Moved(NamedTuple):
    """How a column is printed now, and the hashes of texts for which another form stands than before."""

    forms: Forms
    changed: Hashes


def move_forms(now: pa.ChunkedArray, before: pa.ChunkedArray, forms: Forms, move: Move) -> Moved:
    """The forms of a column now, from those before.

    Where the entry that bore the form is still there, only new entries may bear one that comes before it; where it is gone,
    all that fold to the same are looked at.
    """
    is_kept = move.before >= 0
    hashes = np.where(is_kept, forms.hashes[move.before], np.uint64(NO_HASH))
    is_first = np.where(is_kept, forms.is_first[move.before], False)  # noqa: FBT003 an array's value
    texts = now.take(pa.array(move.new)).to_pylist()
    hashes[move.new] = [_hash(text) for text in texts]
    lost = forms.hashes[move.is_gone & forms.is_first]
    won = is_first & is_one_of(hashes, hashes[move.new])
    rivals = np.flatnonzero(~is_kept & (hashes != NO_HASH) | won | is_one_of(hashes, lost))
    stood = np.flatnonzero(forms.is_first & is_one_of(forms.hashes, np.union1d(hashes[move.new], lost)))
    stands = _first(now, rivals)
    is_first[rivals] = False
    is_first[[row for _, row in stands.values()]] = True
    before_that = {folded: text for folded, (text, _) in _first(before, stood).items()}
    changed = [folded for folded, (text, _) in stands.items() if before_that.get(folded, text) != text]
    return Moved(Forms(hashes, is_first), hashes_of(changed))


def _first(column: pa.ChunkedArray, rows: Codes) -> dict[str, tuple[str, int]]:
    """By what texts fold to, the one of these rows that comes first by its letters, and the row."""
    encoded = column.take(pa.array(rows)).combine_chunks().dictionary_encode()
    at = np.unique(encoded.indices.to_numpy(), return_index=True)[1]
    found: dict[str, tuple[str, int]] = {}
    for code, text in enumerate(encoded.dictionary.to_pylist()):
        folded = folded_text(text)
        bears = (text, int(rows[at[code]]))
        found[folded] = min(found.get(folded, bears), bears)
    return found


def _hash(text: str | None) -> int:
    folded = folded_text(text) if text is not None else ""
    return int(hashes_of([folded])[0]) if folded else NO_HASH
