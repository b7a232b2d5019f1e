"""Blocking keys: what two texts must share to be worth comparing.

Every key is chosen so that one kind of damage leaves another key whole: a slip of the pen or a name in another romanisation
touches one end of a title, another archivist's heading leaves the summary, a lost summary leaves the title.
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
from pipelines.titles import is_passing
from pipelines.titles.spelling import skeleton
from pipelines.titles.vocabulary import words_of

# Sounds at either end of a title that make a key, about one name; and a finer one.
END_SOUNDS, MORE_END_SOUNDS = 4, 7
# Telling words of a summary's beginning that make a key, and those that must do without a date.
HEAD_WORDS, LONG_HEAD_WORDS = 4, 8
# Pairs that share less than this are unlike.
LEAST_SHARE = 0.5

_BRACKETED = re.compile(r"\[[^\[\]]*\]")
_APOSTROPHE = re.compile(r"(?<=\w)['’‘ʼ](?=\w)")
_WORD = re.compile(r"[^\W\d_]+")
# Words of a summary that are looked at; shorter ones than this tell nothing.
_SUMMARY_WORDS, _SHORT_WORD = 40, 3
# Words of a title that too many share to find anything by.
_COMMON = words_of(
    "conversation talk talks discussion meeting session embassy ministry foreign affairs ambassador chairman"
)


class Part(NamedTuple):
    """What a key is made of: a code for every text (-1: it has none), and the values that the codes stand for."""

    codes: Codes
    values: Sequence[str]


class Kind(NamedTuple):
    """What kind of key it is.

    A key without a date finds loose pairs: of texts that could be of one day, one of which is without a day. It holds only in
    blocks with a text that is wanted; one that `is_bare` only where a block is small.
    """

    name: str
    is_loose: bool = False
    is_bare: bool = False


KEYS = (
    Kind("date and title"),
    Kind("date and words of the title"),
    Kind("date and beginning of the title"),
    Kind("date and end of the title"),
    Kind("date and beginning of the summary"),
    Kind("title and beginning of the summary"),
    Kind("link"),
    Kind("beginning of the summary", is_loose=True),
    Kind("title", is_loose=True, is_bare=True),
)


class Key(NamedTuple):
    """A blocking key: the one or two parts that texts of a block share, a finer one that divides large blocks, and which texts are wanted."""

    kind: Kind
    parts: tuple[Part, ...]
    finer: Codes
    wanted: npt.NDArray[np.bool_]

    @property
    def codes(self) -> Codes:
        """A code for every text, the same where they stand in one block; -1 where a text stands in none."""
        codes = self.parts[0].codes if len(self.parts) == 1 else both_of(self.parts[0].codes, self.parts[1].codes)
        return with_any(codes, self.wanted) if self.kind.is_loose else codes


class Words(NamedTuple):
    """The words of every title, and the first of every summary, by their sound."""

    titles: list[tuple[str, ...]]
    heads: list[tuple[str, ...]]


def words_in(texts: Texts) -> Words:
    """The words that keys are made of."""
    titles = texts.titles.printed(np.arange(len(texts.titles.folded)))
    return Words(list(map(_title_words, titles)), list(map(_head, texts.summaries.folded)))


def keys_of(texts: Texts, words: Words) -> Iterator[Key]:
    """The blocking keys, in the order of `KEYS`."""
    date, title = Part(texts.date, texts.dates), Part(texts.title, texts.titles.folded)
    whole = _of(texts.title, words.titles, lambda words: " ".join(sorted(words)))
    head = _of(texts.summary, words.heads, lambda words: " ".join(words[:HEAD_WORDS]))
    long_head = _of(
        texts.summary, words.heads, lambda words: " ".join(words[:LONG_HEAD_WORDS]) if len(words) >= HEAD_WORDS else ""
    )

    def end(part: slice) -> Part:
        return _of(texts.title, words.titles, lambda words: "".join(words)[part])

    first, last = slice(END_SOUNDS), slice(-END_SOUNDS, None)
    more_of_first, more_of_last = end(slice(MORE_END_SOUNDS)), end(slice(-MORE_END_SOUNDS, None))
    without_day = (texts.date == NONE) | ~texts.is_day
    bare = without_day & (texts.summary == NONE)
    all_of_them = np.ones(len(texts), bool)
    made = (
        ((date, title), head.codes, all_of_them),
        ((date, whole), texts.title, all_of_them),
        ((date, end(first)), more_of_first.codes, all_of_them),
        ((date, end(last)), more_of_last.codes, all_of_them),
        ((date, head), long_head.codes, all_of_them),
        ((whole, head), long_head.codes, all_of_them),
        ((Part(texts.link, texts.links),), texts.title, all_of_them),
        ((long_head,), texts.title, without_day),
        ((whole,), texts.title, bare),
    )
    for kind, parts in zip(KEYS, made, strict=True):
        yield Key(kind, *parts)


def are_likely(texts: Texts, words: Words, left: Codes, right: Codes) -> npt.NDArray[np.bool_]:
    """Which pairs are worth comparing word by word.

    Not those with other words in their titles that share fewer than half of the words of the shorter summary, or, where
    one lacks a summary, of the shorter title. Shares are estimated from above, by a bit for each word.
    """
    same_words = _of(texts.title, words.titles, lambda words: " ".join(sorted(words))).codes
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
    # Two that say too little, and so are two texts, would ask as many questions as there are pairs; where only one of them is
    # linked, or each in a generation of its own, they are two texts for that.
    is_same = (one == NONE) & (other == NONE) & (one_title == other_title) & (texts.date[left] == texts.date[right])
    unlikely |= is_same & (texts.link[left] == texts.link[right])
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
    return "" if len(word) == 1 or word in _COMMON or is_passing(word) else skeleton(word)


def _head(folded: str) -> tuple[str, ...]:
    """The first telling words of a summary, by their sound."""
    first = folded.split(" ", 2 * LONG_HEAD_WORDS)[: 2 * LONG_HEAD_WORDS]
    return tuple([skeleton(word) for word in first if len(word) > _SHORT_WORD][:LONG_HEAD_WORDS])


def _of(codes: Codes, values: Sequence[tuple[str, ...]], key: Callable[[tuple[str, ...]], str]) -> Part:
    """A key of each text from a key of each value; an empty one is none."""
    number = {"": 0}
    keys = [number.setdefault(key(value), len(number)) for value in values]
    keys = [NONE if key == 0 else key for key in keys]
    return Part(np.append(np.array(keys, np.int64), NONE)[codes], list(number))


def both_of(one: Codes, other: Codes) -> Codes:
    """Two keys as one; missing where either is."""
    both = one * (other.max(initial=0) + 1) + other
    return np.where((one == NONE) | (other == NONE), NONE, both)


def with_any(codes: Codes, wanted: np.ndarray) -> Codes:
    """A key, only where a text with it is wanted."""
    return np.where(np.isin(codes, codes[wanted]), codes, NONE)
