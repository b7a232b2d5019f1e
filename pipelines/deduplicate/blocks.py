"""Candidates: which pairs of texts are worth comparing at all, found by several blocking keys.

Every key is chosen so that one kind of damage leaves another key whole: a slip of the pen or a name in another romanisation
touches one end of a title, another archivist's heading leaves the summary, a lost summary leaves the title. A block that
is too large to compare pair by pair is divided by a finer key; what is too large even then is compared in two orders
with near neighbours only, and says so.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache, reduce
from operator import or_
from typing import NamedTuple
from zlib import crc32

import numpy as np
import numpy.typing as npt

from pipelines.deduplicate.texts import NONE, Codes, Texts
from pipelines.titles.spelling import skeleton
from pipelines.titles import is_passing

# A block of n texts costs n²/2 comparisons. One of more than this is divided by a finer key...
LARGEST_UNDIVIDED_BLOCK = 12
# ...and one of more than this is not compared in full. On generated archives of a million entries, also ten times as
# dense, none is.
LARGEST_BLOCK = 40
# An undated entry without a summary asks of documents with its title only where there are few.
LARGEST_BARE_BLOCK = 4
# In a larger block each text is compared with this many that follow it, by title and by summary.
NEIGHBOURS = 8
# Sounds at either end of a title that make a key, about one name; and a finer one.
END_SOUNDS, MORE_END_SOUNDS = 4, 7
# Telling words of a summary's beginning that make a key, and those that must do without a date.
HEAD_WORDS, LONG_HEAD_WORDS = 4, 8

_BRACKETED = re.compile(r"\[[^\[\]]*\]")
_APOSTROPHE = re.compile(r"(?<=\w)['’‘ʼ](?=\w)")
_WORD = re.compile(r"[^\W\d_]+")
# Words of a summary that are looked at; shorter ones than this tell nothing.
_SUMMARY_WORDS, _SHORT_WORD = 40, 3
# Pairs that share less than this are unlike.
LEAST_SHARE = 0.5
# Words of a title that too many share to find anything by.
_COMMON = frozenset("conversation talk talks discussion meeting session between embassy ministry foreign affairs ambassador chairman".split())


class Overflow(NamedTuple):
    """A block that was too large to compare every pair: a text in it, how many there are, and what they share."""

    text: int
    count: int
    key: str


class Candidates(NamedTuple):
    """Pairs of texts (`left` < `right`, each pair once, in order), and the blocks that were not compared in full."""

    left: Codes
    right: Codes
    overflows: tuple[Overflow, ...]


class _Key(NamedTuple):
    """A blocking key: a code for every text (-1: it has none), and a finer one that divides its large blocks.

    A key without a date finds `is_loose` pairs: of texts that could be of one day, one of which is without a day; one that
    `is_bare` only where a block is small.
    """

    name: str
    codes: Codes
    finer: Codes
    is_loose: bool = False
    is_bare: bool = False


class _Words(NamedTuple):
    """The words of every title, and the first of every summary, by their sound."""

    titles: list[tuple[str, ...]]
    heads: list[tuple[str, ...]]


def find_candidates(texts: Texts) -> Candidates:
    """Every pair of texts that shares a blocking key and is not unlike at a glance."""
    words = _Words(
        [_title_words(text) for text in texts.titles.printed(np.arange(len(texts.titles.folded)))], [_head(text) for text in texts.summaries.folded]
    )
    pairs: list[Codes] = []
    overflows: dict[int, Overflow] = {}
    count = max(len(texts), 1)
    for key in _keys(texts, words):
        found = _pairs_in_blocks(texts, key, overflows)
        pairs.append(_could_be_one_day(texts, found) if key.is_loose else found)
    found = np.unique(np.concatenate(pairs))
    left, right = found // count, found % count
    likely = _are_likely(texts, words, left, right)
    return Candidates(left[likely], right[likely], tuple(overflows[text] for text in sorted(overflows)))


def _keys(texts: Texts, words: _Words) -> Iterator[_Key]:
    """The blocking keys."""
    date = texts.date
    whole = _of(texts.title, words.titles, lambda words: " ".join(sorted(words)))
    head = _of(texts.summary, words.heads, lambda words: " ".join(words[:HEAD_WORDS]))
    long_head = _of(
        texts.summary, words.heads, lambda words: " ".join(words[:LONG_HEAD_WORDS]) if len(words) >= HEAD_WORDS else ""
    )

    def end(part: slice) -> Codes:
        return _of(texts.title, words.titles, lambda words: "".join(words)[part])

    yield _Key("date and title", _both(date, texts.title), head)
    yield _Key("date and words of the title", _both(date, whole), texts.title)
    yield _Key("date and beginning of the title", _both(date, end(slice(END_SOUNDS))), end(slice(MORE_END_SOUNDS)))
    yield _Key("date and end of the title", _both(date, end(slice(-END_SOUNDS, None))), end(slice(-MORE_END_SOUNDS, None)))
    yield _Key("date and beginning of the summary", _both(date, head), long_head)
    yield _Key("title and beginning of the summary", _both(whole, head), long_head)
    yield _Key("link", texts.link, texts.title)
    without_day = (date == NONE) | ~texts.is_day
    yield _Key("beginning of the summary", _with_any(long_head, without_day), texts.title, is_loose=True)
    bare = _with_any(whole, without_day & (texts.summary == NONE))
    yield _Key("title", bare, texts.title, is_loose=True, is_bare=True)


def _are_likely(texts: Texts, words: _Words, left: Codes, right: Codes) -> npt.NDArray[np.bool_]:
    """Which pairs are worth comparing word by word.

    Not those with other words in their titles that share fewer than half of the words of the shorter summary, or, where
    one lacks a summary, of the shorter title. Shares are estimated from above, by a bit for each word.
    """
    same_words = _of(texts.title, words.titles, lambda words: " ".join(sorted(words)))
    one_title, other_title = texts.title[left], texts.title[right]
    one, other = texts.summary[left], texts.summary[right]
    doubtful = (one_title != NONE) & (other_title != NONE) & (one_title != other_title)
    doubtful &= (same_words[left] != same_words[right]) | (same_words[left] == NONE)
    doubtful &= ((one != other) | (one == NONE)) & ((texts.link[left] == NONE) | (texts.link[right] == NONE))
    both = doubtful & (one != NONE) & (other != NONE)
    doubtful &= ~both
    folded = texts.summaries.folded
    unlikely = np.zeros(len(left), bool)
    unlikely[both] = _share(lambda summary: _said(folded[summary]), one[both], other[both]) < LEAST_SHARE
    unlikely[doubtful] = _share(words.titles.__getitem__, one_title[doubtful], other_title[doubtful]) < LEAST_SHARE
    return ~unlikely


def _share(words: Callable[[int], Sequence[str]], one: Codes, other: Codes) -> npt.NDArray[np.float64]:
    """The share of the words of the value with fewer that the other has as well, 0 to 1, estimated from above by a bit for each word."""
    codes, at = np.unique(np.concatenate((one, other)), return_inverse=True)
    bits = _bits(map(words, codes.tolist()))[at]
    ours, theirs = bits[: len(one)], bits[len(one) :]
    shared = np.bitwise_count(ours & theirs).sum(axis=1)
    fewer = np.minimum(np.bitwise_count(ours).sum(axis=1), np.bitwise_count(theirs).sum(axis=1))
    return np.where(fewer == 0, 1.0, shared / np.maximum(fewer, 1))


def _bits(values: Iterable[Sequence[str]]) -> npt.NDArray[np.uint64]:
    """Two times 64 bits for each value, one of them set by each of its words."""
    bits = _Bits()
    masks = b"".join(reduce(or_, map(bits.__getitem__, words), 0).to_bytes(16, "little") for words in values)
    return np.frombuffer(masks, np.uint64).reshape(-1, 2)


class _Bits(dict[str, int]):
    """The bit of a word, worked out when it is first met."""

    def __missing__(self, word: str) -> int:
        self[word] = bit = 1 << (crc32(word.encode("utf-8", "surrogatepass")) % 128)
        return bit


def _said(folded: str) -> list[str]:
    """The words of a summary that tell something, as far as it is looked at."""
    return [word for word in folded.split(" ", _SUMMARY_WORDS)[:_SUMMARY_WORDS] if len(word) > _SHORT_WORD]


def _title_words(printed: str) -> tuple[str, ...]:
    """The words of a title that a blocking key holds, by their sound; initials and aliases in brackets hold nothing."""
    if "[" in printed:
        printed = _BRACKETED.sub(" ", printed)
    if not printed.isascii() or "'" in printed:
        printed = _APOSTROPHE.sub("", printed)
    return tuple([sounds for word in _WORD.findall(printed.lower()) if (sounds := _sounds(word))])


@lru_cache(maxsize=1 << 16)
def _sounds(word: str) -> str:
    """The sound of a word that tells something; nothing for one that does not."""
    return "" if len(word) < 2 or word in _COMMON or is_passing(word) else skeleton(word)


def _head(folded: str) -> tuple[str, ...]:
    """The first telling words of a summary, by their sound."""
    first = folded.split(" ", 2 * LONG_HEAD_WORDS)[: 2 * LONG_HEAD_WORDS]
    return tuple([skeleton(word) for word in first if len(word) > _SHORT_WORD][:LONG_HEAD_WORDS])


def _of(codes: Codes, values: Sequence[tuple[str, ...]], key: Callable[[tuple[str, ...]], str]) -> Codes:
    """A key of each text from a key of each value; an empty one is none."""
    number: dict[str, int] = {"": NONE}
    keys = [number.setdefault(key(value), len(number)) for value in values]
    return np.append(np.array(keys, np.int64), NONE)[codes]


def _both(one: Codes, other: Codes) -> Codes:
    """Two keys as one; missing where either is."""
    both = one * (other.max(initial=0) + 1) + other
    return np.where((one == NONE) | (other == NONE), NONE, both)


def _with_any(codes: Codes, wanted: np.ndarray) -> Codes:
    """A key, only where a text with it is wanted."""
    return np.where(np.isin(codes, codes[wanted]), codes, NONE)


def _could_be_one_day(texts: Texts, pairs: Codes) -> Codes:
    """Those pairs one text of which has no day, while its month or year, if it has any, holds the other's."""
    left, right = pairs // len(texts), pairs % len(texts)
    is_wanted = ~(texts.is_day[left] & texts.is_day[right])
    is_undated = (texts.date[left] == NONE) | (texts.date[right] == NONE)
    overlap = (texts.date_start[left] <= texts.date_end[right]) & (texts.date_start[right] <= texts.date_end[left])
    return pairs[is_wanted & (is_undated | overlap)]


def _pairs_in_blocks(texts: Texts, key: _Key, overflows: dict[int, Overflow]) -> Codes:
    """Pairs of texts in one block, as `left * len(texts) + right`."""
    pairs: list[Codes] = [np.empty(0, np.int64)]
    large: list[Codes] = []
    for blocks in _blocks(np.arange(len(texts)), key.codes):
        size = blocks.shape[1]
        if size <= (LARGEST_BARE_BLOCK if key.is_bare else LARGEST_UNDIVIDED_BLOCK):
            pairs.append(_all_pairs(texts, blocks))
        elif not key.is_bare:
            large.append(blocks.ravel())
    if large:
        divided = np.concatenate(large)
        for blocks in _blocks(divided, _both(_numbers(key.codes[divided]), key.finer[divided])):
            if blocks.shape[1] <= LARGEST_BLOCK:
                pairs.append(_all_pairs(texts, blocks))
                continue
            for block in blocks:
                pairs.append(_neighbours(texts, block))
                overflows.setdefault(int(block[0]), Overflow(int(block[0]), len(block), key.name))
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
    return (np.minimum(blocks[:, left], blocks[:, right]) * len(texts) + np.maximum(blocks[:, left], blocks[:, right])).ravel()


def _numbers(codes: Codes) -> Codes:
    """Codes made small, so that two of them can be put into one."""
    return np.unique(codes, return_inverse=True)[1]


def _neighbours(texts: Texts, block: Codes) -> Codes:
    """Pairs of a large block that stand near each other by title, or by summary."""
    titles, summaries = texts.titles.folded, texts.summaries.folded
    said = [
        ("" if texts.title[text] == NONE else titles[texts.title[text]], "" if texts.summary[text] == NONE else summaries[texts.summary[text]], int(text))
        for text in block
    ]
    pairs = []
    for order in (sorted(said), sorted(said, key=lambda row: (row[1], row[0]))):
        line = np.array([text for *_, text in order])
        for step in range(1, min(NEIGHBOURS, len(line) - 1) + 1):
            left, right = np.minimum(line[:-step], line[step:]), np.maximum(line[:-step], line[step:])
            pairs.append(left * len(texts) + right)
    return np.concatenate(pairs)
