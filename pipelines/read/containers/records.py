"""The records of a web archive, one after another; warcio parses their heads, and nothing here is read without a bound.

warcio's own iterator reads a line of any length, tells damage on the console and takes a broken gzip member for the end.
"""

import io
from typing import NamedTuple

from warcio.recordloader import ARC2WARCHeadersParser, ArcWarcRecordLoader
from warcio.statusandheaders import (
    StatusAndHeaders,
    StatusAndHeadersParser,
    StatusAndHeadersParserException,
)

from pipelines.read.containers.forms import WARC_START
from pipelines.read.containers.streams import CutError, DamageError, read_exactly, skip

# Two stand behind a record.
_MOST_BLANK_LINES = 1000
_HTTP = StatusAndHeadersParser([], verify=False)


class Record(NamedTuple):
    """One record's head: its number in the file, its type (`response`), and its named fields."""

    number: int
    kind: str
    fields: dict[str, str]


class Records:
    """Reads a stream of records; after each `start`, `finish` is called before the next.

    All methods raise DamageError where the stream is not what a web archive must be, CutError where it ends within a record.
    """

    def __init__(self, stream: io.BufferedReader, head_bytes: int, *, is_arc: bool, number: int = 0) -> None:
        self._stream, self._head_bytes, self._is_arc = stream, head_bytes, is_arc
        self._parser = ARC2WARCHeadersParser() if is_arc else StatusAndHeadersParser(ArcWarcRecordLoader.WARC_TYPES)
        self._line = b""
        self.number = number
        self.left = 0
        self.is_within = False

    def start(self) -> Record | None:
        """The head of the next record, None at the end; its block is left to be read."""
        line = self._line or self._read_line(self._head_bytes)
        if not line:
            return None
        self.number += 1
        self.is_within = True
        head = line if self._is_arc else line + self._head_behind(self._head_bytes - len(line))
        fields = fields_of(self._parsed(head))
        length = fields.get("content-length", "")
        if not (length.isascii() and length.isdigit() and len(length) < 16):  # noqa: PLR2004 - a petabyte is no record
            message = f"a record of length {length[:40]!r}"
            raise DamageError(message)
        self.left = int(length)
        return Record(self.number, fields.get("warc-type", "").lower(), fields)

    def _parsed(self, head: bytes) -> StatusAndHeaders:
        try:
            return self._parser.parse(io.BytesIO(head))
        except (StatusAndHeadersParserException, ValueError, OverflowError, IndexError, EOFError) as error:
            message = f"no record begins with {head[:40]!r}"
            raise DamageError(message) from error

    def _read_line(self, most: int) -> bytes:
        line = self._stream.readline(most + 1)
        if len(line) > most:
            message = f"a head over {self._head_bytes:,} bytes"
            raise DamageError(message)
        return line

    def _head_behind(self, most: int) -> bytes:
        """The lines to the blank one."""
        lines: list[bytes] = []
        while True:
            line = self._read_line(most)
            if not line:
                message = "ends within the head of a record"
                raise CutError(message)
            lines.append(line)
            most -= len(line)
            if not line.rstrip():
                return b"".join(lines)

    def http_head(self) -> tuple[str, dict[str, str]] | None:
        """Status line and fields of the HTTP response that the block is; None where it has no such head within bounds."""
        most, lines = min(self._head_bytes, self.left), []
        while most and (line := self._stream.readline(most)):
            lines.append(line)
            most -= len(line)
            self.left -= len(line)
            if not line.rstrip():
                break
        head = b"".join(lines)
        if not head.startswith(b"HTTP/") or not head.endswith(b"\n"):
            return None
        parsed = _HTTP.parse(io.BytesIO(head))
        return parsed.statusline, fields_of(parsed)

    def read_block(self) -> bytes:
        """What is left of the block; the caller has looked at `left`."""
        data = read_exactly(self._stream, self.left)
        self.left = 0
        return data

    def finish(self) -> None:
        """Read past what is left of the record, to the line with which the next one begins.

        Raises:
            DamageError: the length was wrong; where `is_apart`, only what comes next is.
        """
        skip(self._stream, self.left)
        self.left = 0
        line = self._stream.readline(self._head_bytes + 1)
        if not line and not self._is_arc:
            message = "ends within the end of a record"
            raise CutError(message)
        for _ in range(_MOST_BLANK_LINES):
            if line.rstrip() or not line:
                break
            self.is_within = False
            line = self._stream.readline(self._head_bytes + 1)
        if line and not self._is_arc and not line.startswith(WARC_START):
            message = f"no record begins with {line[:40]!r}"
            raise DamageError(message, is_apart=not self.is_within)
        self._line, self.is_within = line, False


def fields_of(headers: StatusAndHeaders) -> dict[str, str]:
    """Named fields by their name in lower case; of several of one name the first."""
    return {name.lower(): value.strip() for name, value in reversed(headers.headers)}
