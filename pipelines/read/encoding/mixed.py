"""Pages put together from others: most lines are UTF-8, some are in an older encoding."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from pipelines.read.encoding.evidence import guess_encoding, is_spelled_well
from pipelines.read.encoding.labels import Encoding
from pipelines.read.encoding.lossy import BadBytes

# A byte that is not UTF-8, as Python hands it on in a text.
_BAD = re.compile("[\udc80-\udcff]++")
_LINE_END = re.compile("[\r\n]")
# So many lines are each asked for their spelling; beyond it the encoding of the others is theirs if it reads them.
_JUDGED = 2_000
# A page with more lines than this that are not UTF-8 is not a page in UTF-8.
_MOST_LINES = 50_000
# What a few bytes are likely to be; of another encoding there must be no doubt.
_WINDOWS = frozenset({"windows-1252", "windows-1251"})


class Mixed(NamedTuple):
    """A text whose lines are in two encodings.

    `line_numbers` are those of the lines that are in `encoding`; `bad` are the bytes that are in neither, each sequence
    U+FFFD in the text: the first few, the line of the first, and how many.
    """

    text: str
    encoding: Encoding
    line_numbers: list[int]
    bad: list[BadBytes]
    bad_line: int
    bad_count: int


class _Line(NamedTuple):
    """A line that is not UTF-8: where it stands in the text (end exclusive), and its bytes."""

    start: int
    end: int
    data: bytes


def decode_mixed(data: bytes, most_named: int) -> Mixed | None:
    """Read line by line a page of which some lines are not UTF-8; None if those are in no known encoding either.

    A line whose bytes spell nothing in the other encoding, such as one with a byte lost, is UTF-8 with U+FFFD.
    """
    escaped = data.decode("utf-8", "surrogateescape")
    lines = list(_lines_not_utf_8(escaped))
    guess = guess_encoding(line.data for line in lines) if len(lines) < _MOST_LINES else None
    if guess is None or not (guess.is_strong or guess.encoding.name in _WINDOWS):
        return None
    return _put_together(escaped, lines, guess.encoding, most_named)


def _lines_not_utf_8(escaped: str) -> Iterator[_Line]:
    at = count = 0
    while (bad := _BAD.search(escaped, at)) and count < _MOST_LINES:
        start = max(escaped.rfind("\n", at, bad.start()), escaped.rfind("\r", at, bad.start()), at - 1) + 1
        found = _LINE_END.search(escaped, bad.end())
        end = found.start() if found else len(escaped)
        yield _Line(start, end, escaped[start:end].encode("utf-8", "surrogateescape"))
        at, count = end, count + 1


def _put_together(escaped: str, lines: list[_Line], encoding: Encoding, most_named: int) -> Mixed | None:
    """The text with each of the lines read in whichever encoding it is in."""
    parts: list[str] = []
    numbers: list[int] = []
    bad: list[BadBytes] = []
    bad_line = bad_count = at = 0
    number = 1
    for count, line in enumerate(lines):
        between = escaped[at : line.start]
        number += between.count("\n") + between.count("\r") - between.count("\r\n")
        text = _in_encoding(line.data, encoding, is_judged=count < _JUDGED)
        if text is None:
            text = line.data.decode("utf-8", "replace")
            bad_line = bad_line or number
            bad_count += text.count("\ufffd") - line.data.count(b"\xef\xbf\xbd")
            if len(bad) < most_named:
                bad += _first_bad(escaped, line)
        else:
            numbers.append(number)
        parts += (between, text)
        at = line.end
    parts.append(escaped[at:])
    return Mixed("".join(parts), encoding, numbers, bad, bad_line, bad_count) if numbers else None


def _in_encoding(data: bytes, encoding: Encoding, *, is_judged: bool) -> str | None:
    """A line in the other encoding; None if it is not in it."""
    if is_judged and not is_spelled_well([data], encoding):
        return None
    try:
        return data.decode(encoding.codec)
    except UnicodeDecodeError:
        return None


def _first_bad(escaped: str, line: _Line) -> list[BadBytes]:
    """The first bytes of a line that are not UTF-8."""
    found = _BAD.search(escaped, line.start, line.end)
    if found is None:
        return []
    offset = len(escaped[: found.start()].encode("utf-8", "surrogateescape"))
    return [BadBytes(offset, found[0].encode("utf-8", "surrogateescape"))]
