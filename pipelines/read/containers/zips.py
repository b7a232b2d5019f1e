"""The members of a zip, each as a stream; the standard library reads its directory, which is bounded here first."""

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, NamedTuple

from pipelines.read.containers.streams import BombError, DamageError, FileBytes, Meter, buffered
from pipelines.read.raw_file import RawFile
from pipelines.settings import ReadLimits

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_ERRORS = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, IndexError, OverflowError,
    struct.error,
)  # fmt: skip
# With the two that everybody writes, what comes out of a piece can be bounded.
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_ENTRY_MARK, _ENTRY_BYTES = b"PK\x01\x02", 46
_IS_UTF8, _IS_ENCRYPTED = 0x800, 0x1


class ZipMember(NamedTuple):
    """A member: its name, and why it cannot be read (code of a problem, reason) if it cannot."""

    name: str
    obstacle: tuple[str, str] | None
    info: zipfile.ZipInfo


class _BoundedFile(FileBytes):
    """A file of whose directory no more is read than the limits allow."""

    def __init__(self, file: RawFile, limits: ReadLimits) -> None:
        super().__init__(file)
        self._limits = limits

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes.

        Raises:
            BombError: so many are asked for that it is a directory over the limits.
        """
        if size > self._limits.directory_bytes:
            message = f"has a directory over {self._limits.directory_bytes:,} bytes"
            raise BombError(message)
        data = super().read(size) or b""
        most = self._limits.member_count
        if len(data) > most * _ENTRY_BYTES and data.count(_ENTRY_MARK) > most:
            message = f"holds more than {most:,} members"
            raise BombError(message)
        return data


class Zip:
    """A zip whose directory was read.

    Raises:
        DamageError: it has no directory that can be read.
        BombError: the directory is over the limits, or members share their bytes.
    """

    def __init__(self, file: RawFile, limits: ReadLimits, meter: Meter) -> None:
        self._meter = meter
        try:
            self._zip = zipfile.ZipFile(_BoundedFile(file, limits))
        except _ERRORS as error:
            message = f"its directory cannot be read ({_reason(error)}); perhaps its end is missing"
            raise DamageError(message) from error
        if sum(info.compress_size for info in self._zip.infolist()) > file.size:
            message = "its members have more bytes together than it has"
            raise BombError(message)

    def members(self) -> Iterator[ZipMember]:
        """Every member but folders, in the order of the directory."""
        for info in self._zip.infolist():
            name = _name(info)
            if not name.endswith("/"):
                yield ZipMember(name, _obstacle(info), info)

    def open(self, member: ZipMember) -> io.BufferedReader:
        """What a member holds; reading raises DamageError where it is not as the directory says."""
        self._meter.packed += member.info.compress_size
        try:
            return buffered(_Content(self._zip.open(member.info), self._meter))
        except _ERRORS as error:
            raise DamageError(_reason(error)) from error


class _Content(io.RawIOBase):
    def __init__(self, content: IO[bytes], meter: Meter) -> None:
        self._content, self._meter = content, meter

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        view = memoryview(buffer)
        try:
            data = self._content.read(len(view))
        except _ERRORS as error:
            raise DamageError(_reason(error)) from error
        self._meter.gave(len(data))
        view[: len(data)] = data
        return len(data)


def _name(info: zipfile.ZipInfo) -> str:
    """The name as its maker meant it: not all who write UTF-8 say so."""
    name = info.orig_filename
    if info.flag_bits & _IS_UTF8:
        return name
    try:
        return name.encode("cp437").decode("utf-8")
    except UnicodeError:
        return name


def _obstacle(info: zipfile.ZipInfo) -> tuple[str, str] | None:
    form = stat.S_IFMT(info.external_attr >> 16)
    if form not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "member_not_regular", "a link" if form == stat.S_IFLNK else "a device or pipe"
    if info.flag_bits & _IS_ENCRYPTED:
        return "member_unreadable", "encrypted"
    if info.compress_type not in _METHODS:
        return "member_unreadable", f"packed by method {info.compress_type}"
    return None


def _reason(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
