"""Bytes that are not UTF-8: the encoding that they are declared in, or spelled in, or both line by line."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from pipelines.read.encoding.evidence import guess_encoding, is_spelled_well
from pipelines.read.encoding.issues import (
    NAMED,
    bytes_undecodable,
    cut_character,
    encoding_assumed,
    encoding_contradicted,
    encoding_mixed,
    encoding_unknown,
    not_text,
)
from pipelines.read.encoding.labels import UTF_8, UTF_8_WITH_MARK, Encoding
from pipelines.read.encoding.lossy import BadBytes, Lossy, bad_bytes, decode_lossy, line_at
from pipelines.read.encoding.mixed import Mixed, decode_mixed
from pipelines.read.encoding.mojibake import has_utf_8
from pipelines.read.encoding.values import Decoded
from pipelines.records import Issue

_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
_LINE_END = re.compile(rb"[\r\n]")
_HIGH_BYTES = bytes(range(0x80, 0x100))
# Control characters that text dumps do not hold: none of those that are white space, and no escape.
_CONTROLS = bytes(byte for byte in range(0x20) if byte not in b"\t\n\x0b\x0c\r\x1b")
# Shares of all bytes: of controls from which on bytes that are not UTF-8 are no text either; of bytes that are no character
# up to which a page is read without them; and the same among the bytes beyond ASCII, for an encoding that was declared.
_MOST_CONTROLS, MOST_BAD, _MOST_BAD_IN_DECLARED = 0.05, 0.1, 0.02
_FEW = 3


class _Legacy(NamedTuple):
    """All bytes in one encoding; how sure that is, and whether it was declared."""

    encoding: Encoding
    lossy: Lossy
    is_strong: bool
    is_declared: bool


def decode_not_utf_8(data: bytes, mark_length: int, source_path: str, declared: Encoding | None) -> Decoded | Issue:
    """Decode bytes that are not UTF-8 as a whole, or say that they are no text in any encoding.

    `mark_length` is that of the byte order mark of UTF-8 that stood before them: with it they are UTF-8, whatever is wrong.
    """
    name = UTF_8_WITH_MARK.name if mark_length else UTF_8.name
    utf_8 = decode_lossy(data, UTF_8)
    is_utf_8_cut = not utf_8.bad_count and not (declared not in (None, UTF_8) and utf_8.text.isascii())
    if is_utf_8_cut:
        return Decoded(utf_8.text, name, (cut_character(data, utf_8.unfinished, UTF_8, source_path),))
    if len(data) - len(data.translate(None, _CONTROLS)) > _MOST_CONTROLS * len(data):
        return not_text(source_path, "control characters among bytes that are not UTF-8")
    whole = data[: len(data) - len(utf_8.unfinished)]
    legacy = None if mark_length or _is_mostly_utf_8(whole) else _legacy(data, declared)
    if legacy is None or has_utf_8(legacy.lossy.text, legacy.encoding):
        mixed = decode_mixed(whole, NAMED)
        if mixed is not None:
            issues = _doubts_of_mixed(mixed, mark_length, source_path)
            if utf_8.unfinished:
                issues.append(cut_character(data, utf_8.unfinished, UTF_8, source_path))
            return Decoded(mixed.text, f"{name}+{mixed.encoding.name}", tuple(issues))
    if legacy is not None:
        return _decoded(legacy, data, source_path, declared)
    return _damaged(data, utf_8, mark_length, source_path)


def _is_mostly_utf_8(data: bytes) -> bool:
    """Whether more characters beyond ASCII are UTF-8 than bytes are not."""
    good = data.decode("utf-8", "ignore")
    ascii_count = len(data.translate(None, _HIGH_BYTES))
    return len(good) - ascii_count > len(data) - len(good.encode())


def _legacy(data: bytes, declared: Encoding | None) -> _Legacy | None:
    """The one encoding that all the bytes are in: what is declared, unless they are clearly in another."""
    guess = guess_encoding(_lines_beyond_ascii(data))
    if declared is not None and declared != UTF_8 and not declared.name.startswith("utf-16"):
        lossy = decode_lossy(data, declared)
        is_other = guess is not None and guess.is_strong and not is_spelled_well(_lines_beyond_ascii(data), declared)
        high = len(data) - len(data.translate(None, _HIGH_BYTES))
        if lossy.bad_count <= max(_FEW, _MOST_BAD_IN_DECLARED * high) and not is_other:
            return _Legacy(declared, lossy, is_strong=True, is_declared=True)
    if guess is None:
        return None
    return _Legacy(guess.encoding, decode_lossy(data, guess.encoding), guess.is_strong, is_declared=False)


def _lines_beyond_ascii(data: bytes) -> Iterator[bytes]:
    """The lines that say which encoding they are in."""
    at = 0
    while found := _BEYOND_ASCII.search(data, at):
        start = max(data.rfind(b"\n", at, found.start()), data.rfind(b"\r", at, found.start()), at - 1) + 1
        ended = _LINE_END.search(data, found.end())
        at = ended.start() if ended else len(data)
        yield data[start:at]


def _decoded(legacy: _Legacy, data: bytes, source_path: str, declared: Encoding | None) -> Decoded | Issue:
    encoding, lossy, _, is_declared = legacy
    issues: list[Issue] = []
    if not is_declared and declared is not None:
        issues.append(encoding_contradicted(lossy.text, declared, encoding, source_path))
    if not legacy.is_strong:
        issues.append(encoding_assumed(lossy.text, encoding, source_path))
    return Decoded(lossy.text, encoding.name, (*issues, *losses(data, lossy, encoding, source_path)))


def losses(data: bytes, lossy: Lossy, encoding: Encoding, source_path: str, mark_length: int = 0) -> list[Issue]:
    """The issues of what a text does not hold: bytes that are no character, and a character that the end cut."""
    issues: list[Issue] = []
    if lossy.bad_count:
        first = bad_bytes(data[: len(data) - len(lossy.unfinished)], encoding, NAMED, mark_length)
        line = line_at(data, first[0].offset - mark_length, encoding)
        issues.append(bytes_undecodable(first, line, lossy.bad_count, encoding, source_path))
    if lossy.unfinished:
        issues.append(cut_character(data, lossy.unfinished, encoding, source_path))
    return issues


def _doubts_of_mixed(mixed: Mixed, mark_length: int, source_path: str) -> list[Issue]:
    numbers = mixed.line_numbers
    issues = [encoding_mixed(numbers[0], len(numbers), mixed.encoding, source_path)]
    if mixed.bad_count:
        bad = [BadBytes(mark_length + offset, data) for offset, data in mixed.bad]
        issues.append(bytes_undecodable(bad, mixed.bad_line, mixed.bad_count, UTF_8, source_path))
    return issues


def _damaged(data: bytes, utf_8: Lossy, mark_length: int, source_path: str) -> Decoded | Issue:
    """UTF-8 with bytes that are none, if they are few; otherwise nothing that is known."""
    bad = len(data) - len(data.decode("utf-8", "ignore").encode())
    if bad > MOST_BAD * len(data):
        first = bad_bytes(data, UTF_8, 1, mark_length)[0]
        return encoding_unknown(first, line_at(data, first.offset - mark_length, UTF_8), source_path)
    name = UTF_8_WITH_MARK.name if mark_length else UTF_8.name
    return Decoded(utf_8.text, name, tuple(losses(data, utf_8, UTF_8, source_path, mark_length)))
