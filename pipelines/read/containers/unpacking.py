"""gzip, bzip2, xz and zstd, unpacked as far as they are read.

The standard library's own files hold what cannot be bounded or hide how a file ends: `gzip` gives no word of where it breaks,
zstandard's reader takes a cut file for a whole one. The decompressors beneath them do neither.
"""

import bz2
import io
import lzma
import zlib
from collections import deque
from collections.abc import Iterator
from typing import TYPE_CHECKING, Protocol

import zstandard

from pipelines.read.containers.forms import LOOK_BYTES, PACKINGS, Packing
from pipelines.read.containers.streams import BLOCK_BYTES, CutError, DamageError, Meter

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

# zstandard gives all that a piece unpacks to, and four bytes can say 128 kB: a kB is 32 MB at worst.
_ZSTD_PIECE = 1024
# Three bytes are soon found by chance; a file made of nothing else is given up.
_MOST_TRIES = 1000
_ERRORS = (zlib.error, OSError, ValueError, EOFError, lzma.LZMAError, zstandard.ZstdError, MemoryError)


class _Packed(Protocol):
    """Where the packed bytes come from."""

    def read1(self, size: int = ..., /) -> bytes: ...


class _Engine(Protocol):
    """Unpacks one member: a gzip member, a zstd frame, a stream of bzip2 or xz."""

    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    def unpack(self, data: bytes, most: int) -> tuple[bytes, bytes]: ...


class _Gzip:
    needs_input = True

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(16 + zlib.MAX_WBITS)

    @property
    def eof(self) -> bool:
        return self._inner.eof

    def unpack(self, data: bytes, most: int) -> tuple[bytes, bytes]:
        out = self._inner.decompress(data, most)
        return out, self._inner.unused_data if self._inner.eof else self._inner.unconsumed_tail


class _Bounded:
    """bzip2 and xz keep what they were given and have not unpacked yet."""

    def __init__(self, inner: bz2.BZ2Decompressor | lzma.LZMADecompressor) -> None:
        self._inner = inner

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def needs_input(self) -> bool:
        return self._inner.needs_input

    def unpack(self, data: bytes, most: int) -> tuple[bytes, bytes]:
        out = self._inner.decompress(data, most)
        return out, self._inner.unused_data if self._inner.eof else b""


class _Zstd:
    needs_input = True

    def __init__(self, window_bytes: int) -> None:
        self._inner = zstandard.ZstdDecompressor(max_window_size=window_bytes).decompressobj()

    @property
    def eof(self) -> bool:
        return self._inner.eof

    def unpack(self, data: bytes, most: int) -> tuple[bytes, bytes]:  # noqa: ARG002 - it cannot be told
        out = self._inner.decompress(data[:_ZSTD_PIECE])
        return out, (self._inner.unused_data if self._inner.eof else b"") + data[_ZSTD_PIECE:]


class Unpacked(io.RawIOBase):
    """What a packed stream holds, member after member.

    Reading raises CutError where the packed stream ends within a member, DamageError where it cannot be unpacked or goes on
    with something else, and BombError as the meter does; again and again, until `go_on` finds a member behind the damage.
    `look` is how it begins.
    """

    def __init__(self, packed: _Packed, packing: Packing, meter: Meter, window_bytes: int) -> None:
        self._packed, self._packing, self._meter = packed, packing, meter
        self._window_bytes = window_bytes
        self._piece_bytes = _ZSTD_PIECE if packing == "zstd" else BLOCK_BYTES
        self._input, self._output = b"", memoryview(b"")
        self._engine: _Engine | None = None
        self._given = 0  # by the present member
        self._failure: Exception | None = None
        self._pieces = deque(self._begin())
        self.look = b"".join(self._pieces)

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        """Fill a buffer, at most to the end of a member."""
        view = memoryview(buffer)
        if not self._output:
            self._output = memoryview(self._pieces.popleft() if self._pieces else self._more(len(view)))
        size = min(len(view), len(self._output))
        view[:size] = self._output[:size]
        self._output = self._output[size:]
        return size

    def _begin(self) -> Iterator[bytes]:
        """Enough to tell what it is, a piece a member; a failure is kept until the pieces are read."""
        left = LOOK_BYTES
        try:
            while left > 0 and (piece := self._more(left)):
                yield piece
                left -= len(piece)
        except (DamageError, OSError):
            return

    def _more(self, most: int) -> bytes:
        """The next bytes, none at the end."""
        if self._failure is not None:
            raise self._failure
        try:
            while self._engine or self._begins_member():
                if out := self._step(most):
                    self._given += len(out)
                    self._meter.gave(len(out))
                    return out
        except Exception as failure:
            self._failure = failure
            raise
        return b""

    def _step(self, most: int) -> bytes:
        """What one more piece unpacks to, often nothing; a member that ends is let go."""
        engine = self._engine
        assert engine is not None  # noqa: S101 - for the type checker
        if engine.needs_input and not self._input and not self._fill():
            message = "ends within a packed part"
            raise CutError(message)
        try:
            out, self._input = engine.unpack(self._input, most)
        except _ERRORS as error:
            message = f"cannot be unpacked: {_reason(error)}"
            raise DamageError(message, is_apart=not self._given) from error
        if engine.eof:
            self._engine = None
        return out

    def _fill(self) -> int:
        more = self._packed.read1(self._piece_bytes)
        self._input += more
        return len(more)

    def _look(self) -> bytes:
        """As much of what comes next as is looked at; less at the end."""
        while len(self._input) < LOOK_BYTES and self._fill():
            pass
        return self._input[:LOOK_BYTES]

    def _begins_member(self) -> bool:
        """Begin the next member; False at the end, before which zeros are padding."""
        while (look := self._look()) and look[0] == 0:
            self._input = self._input.lstrip(b"\0")
        if not look:
            return False
        if not look.startswith(PACKINGS[self._packing]):
            message = f"holds something else behind its {self._packing} data"
            raise DamageError(message, is_apart=True)
        self._engine, self._given = self._new_engine(), 0
        return True

    def _new_engine(self) -> _Engine:
        match self._packing:
            case "gzip":
                return _Gzip()
            case "bzip2":
                return _Bounded(bz2.BZ2Decompressor())
            case "xz":
                return _Bounded(lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=self._window_bytes))
            case "zstd":
                return _Zstd(self._window_bytes)

    def go_on(self, beginning: bytes) -> bool:
        """Behind damage, go on where the next gzip member unpacks to something that begins so; False where none does."""
        self._output = memoryview(b"")
        while self._pieces:
            if self._pieces[0].startswith(beginning):
                return True
            self._pieces.popleft()
        if self._packing != "gzip" or isinstance(self._failure, CutError):
            return False
        if self._failure is not None:
            self._input = self._input[1:]
        for _ in range(_MOST_TRIES):
            if not self._find_gzip():
                return False
            if _unpacks_to(self._input[:LOOK_BYTES], beginning):
                self._failure, self._engine = None, None
                return True
            self._input = self._input[1:]
        return False

    def _find_gzip(self) -> bool:
        """Drop what is before the next bytes that a gzip member begins with; False where there are none."""
        while (found := self._input.find(PACKINGS["gzip"][0])) < 0:
            self._input = self._input[-2:]
            if not self._fill():
                return False
        self._input = self._input[found:]
        self._look()
        return True


def _unpacks_to(packed: bytes, beginning: bytes) -> bool:
    try:
        return zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(packed, len(beginning)) == beginning
    except zlib.error:
        return False


def _reason(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
