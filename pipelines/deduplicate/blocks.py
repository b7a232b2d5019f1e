"""Candidates: which pairs of texts are worth comparing at all.

A block of texts with one key that is too large to compare pair by pair is divided by a finer key; what is too large even
then is compared in two orders with near neighbours only, and says so.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pipelines.deduplicate.keys import Key, are_likely, both_of, keys_of, with_any, words_in
from pipelines.deduplicate.texts import NONE, Codes, Texts

# A block of n texts costs n²/2 comparisons. One of more than this is divided by a finer key...
LARGEST_UNDIVIDED_BLOCK = 12
# ...and one of more than this is not compared in full. On generated archives of a million entries, also ten times as
# dense, none is.
LARGEST_BLOCK = 40
# An undated entry without a summary asks of documents with its title only where there are few.
LARGEST_BARE_BLOCK = 4
# In a larger block each text is compared with this many that follow it, by title and by summary.
NEIGHBOURS = 8


class Overflow(NamedTuple):
    """A block that was too large to compare every pair: a text in it, how many there are, and what they share."""

    text: int
    size: int
    key: str


class Candidates(NamedTuple):
    """Pairs of texts (`left` < `right`, each pair once, in order), and the blocks that were not compared in full."""

    left: Codes
    right: Codes
    overflows: tuple[Overflow, ...]


def find_candidates(texts: Texts, around: npt.NDArray[np.bool_] | None = None) -> Candidates:
    """Every pair of texts that shares a blocking key and is not unlike at a glance; of these, those with a text that is `around`.

    Blocks without such a text are passed over, so they need not be whole.
    """
    words = words_in(texts)
    pairs: list[Codes] = []
    overflows: dict[int, Overflow] = {}
    count = max(len(texts), 1)
    for key in keys_of(texts, words):
        codes = key.codes if around is None else with_any(key.codes, around)
        found = _pairs_in_blocks(texts, key, codes, overflows)
        pairs.append(_could_be_one_day(texts, found) if key.kind.is_loose else found)
    found = np.unique(np.concatenate(pairs))
    left, right = found // count, found % count
    if around is not None:
        is_asked = around[left] | around[right]
        left, right = left[is_asked], right[is_asked]
    likely = are_likely(texts, words, left, right)
    return Candidates(left[likely], right[likely], tuple(overflows[text] for text in sorted(overflows)))


def _could_be_one_day(texts: Texts, pairs: Codes) -> Codes:
    """Those pairs one text of which has no day, while its month or year, if it has any, holds the other's."""
    left, right = pairs // len(texts), pairs % len(texts)
    is_wanted = ~(texts.is_day[left] & texts.is_day[right])
    is_undated = (texts.date[left] == NONE) | (texts.date[right] == NONE)
    overlap = (texts.date_start[left] <= texts.date_end[right]) & (texts.date_start[right] <= texts.date_end[left])
    could_be: Codes = pairs[is_wanted & (is_undated | overlap)]
    return could_be


def _pairs_in_blocks(texts: Texts, key: Key, codes: Codes, overflows: dict[int, Overflow]) -> Codes:
    """Pairs of texts in one block, as `left * len(texts) + right`."""
    pairs: list[Codes] = [np.empty(0, np.int64)]
    large: list[Codes] = []
    for blocks in _blocks(np.arange(len(texts)), codes):
        size = blocks.shape[1]
        if size <= (LARGEST_BARE_BLOCK if key.kind.is_bare else LARGEST_UNDIVIDED_BLOCK):
            pairs.append(_all_pairs(texts, blocks))
        elif not key.kind.is_bare:
            large.append(blocks.ravel())
    if large:
        divided = np.concatenate(large)
        for blocks in _blocks(divided, both_of(_numbers(codes[divided]), key.finer[divided])):
            if blocks.shape[1] <= LARGEST_BLOCK:
                pairs.append(_all_pairs(texts, blocks))
                continue
            for block in blocks:
                pairs.append(_neighbours(texts, block))
                overflows.setdefault(int(block[0]), Overflow(int(block[0]), len(block), key.kind.name))
    return np.concatenate(pairs)


def _blocks(members: Codes, codes: Codes) -> Iterator[Codes]:
    """Members that share a code: for each size of block from two on, an array of one block a row."""
    members, codes = members[codes != NONE], codes[codes != NONE]
    order = np.argsort(codes, kind="stable")
    members, codes = members[order], codes[order]
    starts = np.flatnonzero(np.diff(codes, prepend=-2))
    sizes = np.diff(starts, append=len(codes))
    for size in np.unique(sizes[sizes > 1]):
        yield members[starts[sizes == size][:, None] + np.arange(size)]


def _all_pairs(texts: Texts, blocks: Codes) -> Codes:
    left, right = np.triu_indices(blocks.shape[1], 1)
    return (
        np.minimum(blocks[:, left], blocks[:, right]) * len(texts) + np.maximum(blocks[:, left], blocks[:, right])
    ).ravel()


def _numbers(codes: Codes) -> Codes:
    """Codes made small, so that two of them can be put into one."""
    return np.unique(codes, return_inverse=True)[1]


def _neighbours(texts: Texts, block: Codes) -> Codes:
    """Pairs of a large block that stand near each other by title, or by summary."""
    titles, summaries = texts.titles.folded, texts.summaries.folded
    said = [
        (
            "" if texts.title[text] == NONE else titles[texts.title[text]],
            "" if texts.summary[text] == NONE else summaries[texts.summary[text]],
            int(text),
        )
        for text in block
    ]
    pairs = []
    for order in (sorted(said), sorted(said, key=lambda row: (row[1], row[0]))):
        line = np.array([text for *_, text in order])
        for step in range(1, min(NEIGHBOURS, len(line) - 1) + 1):
            left, right = np.minimum(line[:-step], line[step:]), np.maximum(line[:-step], line[step:])
            pairs.append(left * len(texts) + right)
    return np.concatenate(pairs)
