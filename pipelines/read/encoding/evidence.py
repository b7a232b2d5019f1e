"""Which encoding bytes are in that nobody declared: the one in which they are spelled best, if one is.

Libraries that guess need running text. Listings have a few names among English ones: so characters are judged by their
neighbours, and what is not clear is said to be so.
"""

import codecs
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pipelines.read.encoding import scripts
from pipelines.read.encoding.labels import Encoding, encoding_named

_JUDGES: dict[str, scripts.Judge] = {
    "windows-1252": scripts.judge_latin,
    "windows-1250": scripts.judge_latin,
    "windows-1251": scripts.judge_cyrillic,
    "koi8-r": scripts.judge_cyrillic,
    "ibm866": scripts.judge_cyrillic,
    "gb18030": scripts.judge_simplified,
    "big5": scripts.judge_traditional,
    "shift_jis": scripts.judge_japanese,
    "euc-jp": scripts.judge_japanese,
    "euc-kr": scripts.judge_korean,
}
CANDIDATES = tuple(encoding_named(name) for name in _JUDGES)  # of two equally good ones the first is taken
_SAMPLE_BYTES = 6_000
_PIECE_BYTES = 600
_BEFORE_PIECE = 24
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
# It shares most of its letters with one that is far commoner.
_RARER = {"windows-1250": 0.2}
# From the first on, and so far ahead of any other, a reading is not doubted.
_STRONG, _AHEAD = 0.5, 0.25


class _Need(NamedTuple):
    """What it takes to think of a script: the average judgement, and characters beyond ASCII; and how many to be sure."""

    least: float
    some: int
    enough: int


# A letter with an accent may stand alone, and so say little; one of another script does not.
_NEEDS: dict[scripts.Judge, _Need] = {scripts.judge_latin: _Need(0.3, 1, 2), scripts.judge_cyrillic: _Need(0.5, 3, 6)}
_NEED_OTHERWISE = _Need(0.4, 2, 6)
# Letters of Icelandic, which stand where Turkish and the Baltic languages have their commonest in code pages of their own.
_SHARED = frozenset("ðýþÐÝÞ")


class Guess(NamedTuple):
    """The likeliest encoding, and whether the evidence leaves no other."""

    encoding: Encoding
    is_strong: bool


def guess_encoding(lines: Iterable[bytes]) -> Guess | None:
    """The encoding that these lines are spelled best in; None if they are spelled badly in every one.

    Only lines with bytes beyond ASCII say anything, and the first few thousand of those bytes are enough.
    """
    sample = _sample(lines)
    readings = [_read(sample, encoding) for encoding in CANDIDATES]
    best = max(readings, key=lambda reading: reading.score)
    judge = _JUDGES[best.encoding.name]
    need = _NEEDS.get(judge, _NEED_OTHERWISE)
    if best.score < need.least or best.beyond_count < need.some:
        return None
    # Another table that reads the same text says nothing against it.
    ahead = best.score - max(reading.score for reading in readings if reading.text != best.text)
    is_clear = best.beyond_count >= need.enough and best.score >= _STRONG and ahead >= _AHEAD
    return Guess(best.encoding, is_clear and not _may_be_another_script(best.text, judge))


def _may_be_another_script(text: str, judge: scripts.Judge) -> bool:
    """Whether the letters are those where code pages that nobody here can judge have others: Turkish, Baltic, Hebrew."""
    if judge is scripts.judge_latin:
        return not _SHARED.isdisjoint(text)
    letters = [character for character in text if not character.isascii()]
    return (
        judge is scripts.judge_cyrillic
        and len({character.isupper() for character in letters if character.isalpha()}) == 1
    )


def is_spelled_well(lines: Iterable[bytes], encoding: Encoding) -> bool:
    """Whether lines are spelled in an encoding as its languages are; also if nobody here can judge it."""
    judge = _JUDGES.get(encoding.name)
    return judge is None or _read(_sample(lines), encoding).score >= _NEEDS.get(judge, _NEED_OTHERWISE).least


def _sample(lines: Iterable[bytes]) -> list[bytes]:
    """The parts of lines where there is more than ASCII, up to a few thousand bytes."""
    pieces: list[bytes] = []
    size = 0
    for line in lines:
        if first := _BEYOND_ASCII.search(line):
            pieces.append(line[max(0, first.start() - _BEFORE_PIECE) : first.start() + _PIECE_BYTES])
            size += len(pieces[-1])
            if size > _SAMPLE_BYTES:
                break
    return pieces


class _Reading(NamedTuple):
    """Bytes, read: the average judgement of all characters beyond ASCII, and how many of them say anything.

    Typography says something for a Latin table alone: in the others most of it is what a wrong reading leaves.
    """

    encoding: Encoding
    score: float
    beyond_count: int
    text: str


def _read(pieces: Sequence[bytes], encoding: Encoding) -> _Reading:
    judge = _JUDGES[encoding.name]
    decode = codecs.getincrementaldecoder(encoding.codec)
    text = "\n".join(decode("replace").decode(piece) for piece in pieces)
    judgements = [_judged(judge, text, at) for at, character in enumerate(text) if not character.isascii()]
    score = sum(judgements) / len(judgements) if judgements else scripts.WRONG
    count = len(judgements) if judge is scripts.judge_latin else sum(1 for c in text if c.isalpha() and not c.isascii())
    return _Reading(encoding, score - _RARER.get(encoding.name, 0), count, text)


def _judged(judge: scripts.Judge, text: str, at: int) -> float:
    if text[at] == "\ufffd":
        return scripts.WRONG
    return judge(text[at - 1] if at else "", text[at], text[at + 1 : at + 2])
