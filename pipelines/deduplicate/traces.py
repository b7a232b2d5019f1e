"""What deduplication leaves behind, so that the next one need look only at what changed.

That is: which text each entry is, in which blocks each text stands, and which texts were told of each other.
Blocks and values are known by hashes of 64 bits, as ids are.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from pipelines.deduplicate.documents import Settled, Work
from pipelines.deduplicate.keys import Part, keys_of, words_in
from pipelines.deduplicate.texts import NONE, Coded, Codes, Texts

Hashes = npt.NDArray[np.uint64]
Flags = npt.NDArray[np.bool_]
# The hash of no value; those of values are larger.
NO_HASH = 0


@dataclass(frozen=True, slots=True)
class Forms:
    """How one column of entries is printed: a hash of each entry's fold, and whether the entry bears the form that stands for it."""

    hashes: Hashes
    is_first: Flags


@dataclass(frozen=True, slots=True)
class Blocks:
    """Of each text, key by key: a hash of its block, and whether it is one of the texts that the key wants.

    The last of `hashes` has no key: under it stand texts that may share the plain form of an id.
    """

    hashes: tuple[Hashes, ...]
    wanted: tuple[Flags, ...]

    def of(self, texts: Any) -> "Blocks":  # noqa: ANN401 a mask or numbers
        """The blocks of some texts."""
        return Blocks(tuple(part[texts] for part in self.hashes), tuple(part[texts] for part in self.wanted))

    def with_more(self, more: "Blocks") -> "Blocks":
        """These texts, and then others."""
        return Blocks(_joined(self.hashes, more.hashes), _joined(self.wanted, more.wanted))


@dataclass(frozen=True, slots=True)
class Traces:
    """`entry_ids` are in the order of places, and so are `text` (the text of each entry), `titles` and `summaries`.

    `part` is a number for each text, the same for texts that were told of each other or may be called the same; `pairs` are the
    pairs of texts that were compared; `judged` the texts of which a judgement speaks.
    """

    entry_ids: pa.Array
    text: Codes
    titles: Forms
    summaries: Forms
    blocks: Blocks
    part: Codes
    pairs: Codes
    judged: Codes


def traces_of(work: Work, pairs: Codes, settled: Settled) -> Traces:
    """The traces of a deduplication that looked at everything."""
    blocks = blocks_of(work.texts)
    return Traces(
        work.records.column("entry_id").combine_chunks(),
        work.texts.of_entry,
        forms_of(work.texts.titles),
        forms_of(work.texts.summaries),
        blocks,
        parts(len(work.texts), settled.links, blocks.hashes[-1]),
        pairs,
        settled.judged,
    )


def blocks_of(texts: Texts) -> Blocks:
    """The blocks of texts. Under the last key stand texts that may share the plain form of an id."""
    keys = list(keys_of(texts, words_in(texts)))
    cache: dict[int, Hashes] = {}
    hashes = [_block_hashes(key.parts, cache) for key in keys]
    hashes.append(names_of(texts))
    return Blocks(tuple(hashes), tuple(key.wanted for key in keys))


def _block_hashes(parts: Sequence[Part], cache: dict[int, Hashes]) -> Hashes:
    for part in parts:
        if id(part.values) not in cache:
            cache[id(part.values)] = hashes_of(part.values)
    found = [_taken(cache[id(part.values)], part.codes) for part in parts]
    return found[0] if len(found) == 1 else both_hashes(found[0], found[1])


def names_of(texts: Texts) -> Hashes:
    """A hash of what an id is made of (`pipelines.deduplicate.ids`): date and title; without one of them, the summary for it."""
    columns = (
        (texts.dates, texts.date_label),
        (texts.titles.folded, texts.title),
        (texts.summaries.folded, texts.summary),
    )
    dates, titles, summaries = (_taken(hashes_of(values), codes) for values, codes in columns)
    dated = np.where(texts.date == NONE, np.uint64(NO_HASH), dates)
    undated = both_hashes(np.where(dates == NO_HASH, np.uint64(1), dates), both_hashes(titles, summaries))
    by_title = both_hashes(dated, titles)
    by_summary = both_hashes(dated, summaries)
    return np.where(by_title != NO_HASH, by_title, np.where(undated != NO_HASH, undated, by_summary))


def hashes_of(values: Iterable[str]) -> Hashes:
    """A hash of each value, never that of none."""
    digests = b"".join(blake2b(value.encode("utf-8", "surrogatepass"), digest_size=8).digest() for value in values)
    return np.maximum(np.frombuffer(digests, "<u8").astype(np.uint64), 1)


def both_hashes(one: Hashes, other: Hashes) -> Hashes:
    """Two hashes as one; none where either is."""
    mixed = (one * np.uint64(0x9E3779B97F4A7C15)) ^ (other * np.uint64(0xC2B2AE3D27D4EB4F) + np.uint64(1))
    return np.where((one == NO_HASH) | (other == NO_HASH), np.uint64(NO_HASH), mixed | np.uint64(1))


def _taken(hashes: Hashes, codes: Codes) -> Hashes:
    """The hash behind each code."""
    return np.append(hashes, np.uint64(NO_HASH))[codes]


def forms_of(coded: Coded) -> Forms:
    """How a column is printed."""
    first = np.zeros(len(coded.codes), bool)
    ways, at = np.unique(coded.ways, return_index=True)
    row = dict(zip(ways.tolist(), at.tolist(), strict=True))
    used = np.unique(coded.codes[coded.codes != NONE])
    first[[row[way] for way in coded.first_form[used].tolist()]] = True
    return Forms(_taken(hashes_of(coded.folded), coded.codes), first)


def parts(count: int, links: Codes, names: Hashes) -> Codes:
    """For each text the smallest one that links and shared names lead to, step by step."""
    order = np.argsort(names, kind="stable")
    same = (names[order][1:] == names[order][:-1]) & (names[order][1:] != NO_HASH)
    left = np.concatenate((links[:, 0], order[:-1][same]))
    right = np.concatenate((links[:, 1], order[1:][same]))
    part = np.arange(count)
    while True:
        least = np.minimum(part[left], part[right])
        before = part.copy()
        np.minimum.at(part, left, least)
        np.minimum.at(part, right, least)
        part = part[part]
        if np.array_equal(part, before):
            return part


def _joined(ours: Sequence[Any], theirs: Sequence[Any]) -> tuple[Any, ...]:
    return tuple(np.concatenate(pair) for pair in zip(ours, theirs, strict=True))


def is_one_of(values: Hashes, wanted: Hashes) -> Flags:
    """Which hashes are among others; that of none never is."""
    wanted = np.unique(wanted[wanted != NO_HASH])
    return places_in(wanted, values) < len(wanted)


def places_in(ordered: Hashes, values: Hashes) -> Codes:
    """Where each value stands among others, which are in order; their count for one that does not."""
    at = np.searchsorted(ordered, values)
    at[np.append(ordered, np.uint64(NO_HASH))[at] != values] = len(ordered)
    at[values == NO_HASH] = len(ordered)
    return at
