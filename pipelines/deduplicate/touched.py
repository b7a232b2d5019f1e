"""Which texts a change touches: those that changed, and those whose pairs change because a block grew or shrank."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from pipelines.deduplicate.blocks import LARGEST_BARE_BLOCK, LARGEST_UNDIVIDED_BLOCK
from pipelines.deduplicate.keys import KEYS
from pipelines.deduplicate.texts import Codes
from pipelines.deduplicate.traces import NO_HASH, Blocks, Flags, Hashes, is_one_of, places_in

# What a block does: nothing, pair all its texts, or divide itself.
_NOTHING, _ALL, _DIVIDED = 0, 1, 2


class Change(NamedTuple):
    """The blocks of all texts before; which of these are rebuilt or gone; and the blocks of those that come in their place."""

    before: Blocks
    is_rebuilt: Flags
    now: Blocks


class _Sizes(NamedTuple):
    """Of the blocks of one key that a change touches: their hashes, how many texts they keep, and what they did and do."""

    hashes: Hashes
    kept: Codes
    before: Codes
    now: Codes


def regrouped(change: Change) -> Flags:
    """Which of the texts that stay as they are pair otherwise than before, because a block of theirs does something else now."""
    found = np.zeros(len(change.is_rebuilt), bool)
    for key, sizes in enumerate(_sizes(change)):
        others = sizes.hashes[(sizes.before != sizes.now) & (sizes.kept > 1)]
        found |= is_one_of(change.before.hashes[key], others) & ~change.is_rebuilt
    return found


def mates(change: Change, is_regrouped: Flags) -> Flags:
    """Texts that stay as they are and stand in a block with one that does not, or that pairs otherwise.

    Of a block that is too large to pair anything so many are enough that it is too large.
    """
    found = np.zeros(len(change.is_rebuilt), bool)
    is_kept = ~change.is_rebuilt
    for key, (kind, sizes) in enumerate(zip(KEYS, _sizes(change, is_regrouped), strict=True)):
        hashes = change.before.hashes[key]
        found |= is_one_of(hashes, sizes.hashes[sizes.now != _NOTHING]) & is_kept
        if kind.is_bare:
            at = np.flatnonzero(is_one_of(hashes, sizes.hashes[sizes.now == _NOTHING]) & is_kept)
            at = at[np.argsort(hashes[at], kind="stable")]
            rank = np.arange(len(at)) - np.searchsorted(hashes[at], hashes[at])
            found[at[rank <= LARGEST_BARE_BLOCK]] = True
    return found


def _sizes(change: Change, is_asked: Flags | None = None) -> Iterator[_Sizes]:
    """For each key what the blocks do that hold a changed text; or one that comes in its place, and one that is asked for."""
    before, is_rebuilt, now = change
    for at, kind in enumerate(KEYS):
        old, new = before.hashes[at], now.hashes[at]
        hashes = np.unique(np.concatenate((old[is_rebuilt if is_asked is None else is_asked], new)))
        hashes = hashes[hashes != NO_HASH]
        old_places, new_places = places_in(hashes, old), places_in(hashes, new)

        def count(places: Codes, count: int = len(hashes)) -> Codes:
            return np.bincount(places, minlength=count + 1)[:-1]

        kept, was, comes = count(old_places[~is_rebuilt]), count(old_places), count(new_places)
        did = does = np.ones(len(hashes), bool)
        if kind.is_loose:
            wanted, wanted_now = before.wanted[at], now.wanted[at]
            did = count(old_places[wanted]) > 0
            does = count(old_places[wanted & ~is_rebuilt]) + count(new_places[wanted_now]) > 0
        yield _Sizes(
            hashes, kept, _does(was, did, is_bare=kind.is_bare), _does(kept + comes, does, is_bare=kind.is_bare)
        )


def _does(size: Codes, is_at_work: Flags, *, is_bare: bool) -> Codes:
    """What blocks of these sizes do."""
    if is_bare:
        return np.where(is_at_work & (size <= LARGEST_BARE_BLOCK), _ALL, _NOTHING)
    return np.where(is_at_work, np.where(size <= LARGEST_UNDIVIDED_BLOCK, _ALL, _DIVIDED), _NOTHING)
