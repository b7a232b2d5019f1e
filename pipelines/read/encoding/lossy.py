"""Bytes to text where some bytes are none: each sequence of them is U+FFFD in the text, and counted."""

import codecs
from typing import NamedTuple

from pipelines.read.encoding.labels import Encoding

# The few encodings that Python does not decode bit by bit; what their end lacks is not told apart.
_WITH_STATE = frozenset({"iso-2022-jp"})


class Lossy(NamedTuple):
    """A text, how many sequences of bytes in it are no character, and the bytes of one that the end cut."""

    text: str
    bad_count: int
    unfinished: bytes


class BadBytes(NamedTuple):
    """A sequence of bytes that is no character, and where it begins."""

    offset: int
    data: bytes


def decode_lossy(data: bytes, encoding: Encoding) -> Lossy:
    """Decode bytes, with U+FFFD for each sequence that is no character; a character cut by the end is set apart."""
    decoder = codecs.getincrementaldecoder(encoding.codec)("replace")
    text = decoder.decode(data)
    unfinished = b"" if encoding.name in _WITH_STATE else decoder.getstate()[0]
    if "\ufffd" not in text:
        return Lossy(text, 0, unfinished)
    printed = data[: len(data) - len(unfinished)].decode(encoding.codec, "ignore").count("\ufffd")
    return Lossy(text, text.count("\ufffd") - printed, unfinished)


def bad_bytes(data: bytes, encoding: Encoding, most: int, mark_length: int = 0) -> list[BadBytes]:
    """The first sequences of bytes that are no character, up to a number of them, by their offsets in the file.

    `mark_length` is that of the byte order mark, which is in the file and not in `data`.
    """
    found: list[BadBytes] = []
    start = 0
    while len(found) < most:
        try:
            data[start:].decode(encoding.codec)
        except UnicodeDecodeError as error:
            found.append(BadBytes(mark_length + start + error.start, data[start + error.start : start + error.end]))
            start += error.end
        else:
            break
    return found


def line_at(data: bytes, offset: int, encoding: Encoding) -> int:
    """The number of the line, from 1, that a byte stands in; lines end with LF, CRLF or CR."""
    return line_of(data[:offset].decode(encoding.codec, "replace"))


def line_of(before: str) -> int:
    """The number of the line, from 1, that goes on behind a text."""
    return 1 + before.count("\n") + before.count("\r") - before.count("\r\n")
