"""Bytes that flow out of a container: counted, bounded, and never more in memory than asked for."""

import io
import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Protocol

from pipelines.read.raw_file import RawFile
from pipelines.settings import ReadLimits

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

# A disk and a decompressor are asked for this much at a time.
BLOCK_BYTES = 64 * 1024


class DamageError(Exception):
    """Bytes that are not what they must be; `is_apart` where nothing that was read before belongs to the damaged part."""

    def __init__(self, reason: str, *, is_apart: bool = False) -> None:
        super().__init__(reason)
        self.is_apart = is_apart


class CutError(DamageError):
    """Bytes that end too early; what was read before is right."""


class BombError(Exception):
    """More comes out than a file of pages can hold."""


class Meter:
    """What went into unpacking one file of raw and what came out, all layers together.

    While `is_flowing`, what comes out is read record by record and let go, and may be of any size.
    """

    def __init__(self, limits: ReadLimits) -> None:
        self._limits = limits
        self.packed = 0
        self._unpacked = 0
        self._flowed = 0
        self.is_flowing = False

    def gave(self, size: int) -> None:
        """Count what came out.

        Raises:
            BombError: it is too much for what went in.
        """
        limits = self._limits
        self._unpacked += size
        if self.is_flowing:
            self._flowed += size
        if self._unpacked > limits.ratio_from_bytes and self._unpacked > limits.unpacked_ratio * self.packed:
            message = f"unpacks to more than {limits.unpacked_ratio} times its size"
            raise BombError(message)
        kept = self._unpacked - self._flowed
        if kept > limits.large_from_bytes and kept > limits.large_ratio * self.packed:
            message = f"unpacks to more than {limits.large_from_bytes:,} bytes and {limits.large_ratio} times its size"
            raise BombError(message)


class Readable(Protocol):
    """What can be asked for the next bytes."""

    def readinto(self, buffer: "WriteableBuffer", /) -> int | None:
        """Fill a buffer from the start; how many bytes there were."""


class FileBytes(io.RawIOBase):
    """The bytes of an open file, from a place of its own: several may read one descriptor. The meter counts what it reads."""

    def __init__(self, file: RawFile, meter: Meter | None = None) -> None:
        self._file, self._meter, self._at = file, meter, 0

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is."""
        return True

    def tell(self) -> int:
        """Where the next byte is read."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Go to a place, counted from the start, from here or from the end."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._file.size}[whence]
        if base + offset < 0:
            message = "a place before the start"
            raise io.UnsupportedOperation(message)  # as an OSError, which a zip's reader waits for, and a ValueError
        self._at = base + offset
        return self._at

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        """Fill a buffer."""
        size = os.preadv(self._file.descriptor, [buffer], self._at)
        self._at += size
        if self._meter is not None:
            self._meter.packed += size
        return size


class Part(io.RawIOBase):
    """The next so many bytes of a stream.

    Reading raises CutError where the stream ends before they do.
    """

    def __init__(self, stream: Readable, size: int) -> None:
        self._stream, self.left = stream, size

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        """Fill a buffer."""
        view = memoryview(buffer)[: self.left]
        size = self._stream.readinto(view) or 0 if view else 0
        if view and not size:
            message = f"ends {self.left:,} bytes early"
            raise CutError(message)
        self.left -= size
        return size


def buffered(raw: io.RawIOBase) -> io.BufferedReader:
    """A stream with lines and a look ahead."""
    return io.BufferedReader(raw, BLOCK_BYTES)


def pieces(stream: io.BufferedReader, most: int) -> Iterator[bytes]:
    """What is left of a stream, a piece at a time; where it is more than `most` bytes, one more and then nothing."""
    left = most + 1
    while left and (piece := stream.read1(min(left, BLOCK_BYTES))):
        yield piece
        left -= len(piece)


def skip(stream: io.BufferedReader, size: int) -> None:
    """Read past so many bytes.

    Raises:
        CutError: the stream ends before.
    """
    while size:
        part = stream.read(min(size, 4 * BLOCK_BYTES))
        if not part:
            message = f"ends {size:,} bytes early"
            raise CutError(message)
        size -= len(part)


def read_exactly(stream: io.BufferedReader, size: int) -> bytes:
    """The next so many bytes.

    Raises:
        CutError: the stream ends before.
    """
    data = stream.read(size)
    if len(data) < size:
        message = f"ends {size - len(data):,} bytes early"
        raise CutError(message)
    return data
