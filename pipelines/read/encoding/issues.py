"""What is said of a page's encoding: each doubt with its place, each refusal with its reason."""

import re
from collections.abc import Sequence
from dataclasses import replace

from pipelines.read.encoding.labels import Encoding
from pipelines.read.encoding.lossy import BadBytes, line_at, line_of
from pipelines.read.sources import refused_file
from pipelines.records import Issue

# Sequences of bytes that a message names; the others are counted.
NAMED = 3
_BEYOND_ASCII = re.compile("[^\x00-\x7f]")


def first_line_beyond_ascii(text: str) -> int:
    """The first line on which it matters which encoding a text was in; 1 if there is none."""
    found = _BEYOND_ASCII.search(text)
    return line_of(text[: found.start()]) if found else 1


def encoding_assumed(text: str, encoding: Encoding, source_path: str) -> Issue:
    """Nobody says which encoding it is, and the text is too short to leave one only."""
    reason = "no encoding is declared and the text leaves several; read as"
    return _of_encoding("encoding_assumed", reason, first_line_beyond_ascii(text), encoding, source_path)


def encoding_contradicted(text: str, declared: Encoding, encoding: Encoding, source_path: str) -> Issue:
    """The declared encoding is not the one that the bytes are in."""
    reason = f"declared as {declared.name}, but the bytes are"
    return _of_encoding("encoding_contradicted", reason, first_line_beyond_ascii(text), encoding, source_path)


def encoding_mixed(line: int, count: int, encoding: Encoding, source_path: str) -> Issue:
    """Some lines of a page in UTF-8 are in another encoding."""
    many = "1 line is" if count == 1 else f"{count:,} lines are"
    return _of_encoding("encoding_mixed", f"a page in UTF-8 of which {many} not; read as", line, encoding, source_path)


def _of_encoding(problem: str, reason: str, line: int, encoding: Encoding, source_path: str) -> Issue:
    message = f"{source_path}:{line}: {reason} {encoding.name}"
    return _at_line(problem, message, source_path, line, encoding.name)


def cut_character(data: bytes, unfinished: bytes, encoding: Encoding, source_path: str) -> Issue:
    """The file ends within a character, whose bytes are not in the text."""
    line = line_at(data, len(data) - len(unfinished), encoding)
    message = f"{source_path}:{line}: the file ends within a character: {unfinished.hex(' ')}"
    return replace(_at_line("cut_character", message, source_path, line, ""), value=None)


def bytes_undecodable(first: Sequence[BadBytes], line: int, count: int, encoding: Encoding, source_path: str) -> Issue:
    """Bytes that are U+FFFD in the text: the first of them with their line and offsets, and how many sequences there are."""
    named = "; ".join(f"{bad.data.hex(' ')} at offset {bad.offset}" for bad in first)
    more = f" and {count - len(first):,} more" if count > len(first) else ""
    message = f"{source_path}:{line}: not {encoding.name}, shown as U+FFFD: {named}{more}"
    return _at_line("bytes_undecodable", message, source_path, line, first[0].data.hex(" "))


def _at_line(problem: str, message: str, source_path: str, line: int, value: str) -> Issue:
    return Issue(problem, message, source_path=source_path, line_first=line, line_last=line, value=value)


def not_text(source_path: str, reason: str) -> Issue:
    """The refusal of a file that is no text."""
    return refused_file("file_not_text", source_path, reason)


def other_format(source_path: str, name: str) -> Issue:
    """The refusal of a file of a known format that is no page."""
    return refused_file("file_other_format", source_path, name)


def encoding_unknown(bad: BadBytes, line: int, source_path: str) -> Issue:
    """The refusal of a file that is no UTF-8 and reads as words in no other encoding."""
    reason = (
        f"byte 0x{bad.data[0]:02x} at offset {bad.offset} is not UTF-8, and no other encoding makes words of the page; "
        "save it again as UTF-8"
    )
    issue = refused_file("encoding_unknown", f"{source_path}:{line}", reason)
    return replace(issue, source_path=source_path, line_first=line, line_last=line)
