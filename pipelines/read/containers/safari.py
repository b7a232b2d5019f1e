"""Safari's `.webarchive`: a binary property list with the page and everything it showed.

The standard library reads a property list whole, and in a hostile one a few kB name gigabytes: each of many objects may be
the same list of many. Here only what the page needs is looked up (format: CFBinaryPList.c of Apple's CoreFoundation).
"""

import struct
from typing import BinaryIO

from pipelines.read.capture import Capture
from pipelines.read.containers.issues import refused
from pipelines.records import Issue
from pipelines.settings import ReadLimits

_TRAILER = struct.Struct(">6xBBQQQ")
_MOST_ENTRIES = 64
_MOST_CHARACTERS = 8192
_INTEGER, _DATA, _ASCII, _UTF16, _DICTIONARY = 0x1, 0x4, 0x5, 0x6, 0xD
_LENGTH_FOLLOWS = 0xF


class _DamagedListError(Exception):
    """Not a property list that Safari wrote."""


class _PropertyList:
    """Looks up single objects by their numbers."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        self._file, self._size = file, size
        self._offset_bytes, self._number_bytes, self._count, self.top, self._table = _TRAILER.unpack(
            self._read(size - _TRAILER.size, _TRAILER.size)
        )

    def _read(self, at: int, size: int) -> bytes:
        if at < 0 or size < 0 or at + size > self._size:
            message = "it points outside of itself"
            raise _DamagedListError(message)
        self._file.seek(at)
        data = self._file.read(size)
        if len(data) != size:
            message = "it ends early"
            raise _DamagedListError(message)
        return data

    def _number(self, at: int, size: int) -> int:
        return int.from_bytes(self._read(at, size), "big")

    def _find(self, number: int, *kinds: int) -> tuple[int, int, int]:
        """Kind and length of an object, and where its content begins."""
        if number >= self._count:
            message = "it names an object that is not there"
            raise _DamagedListError(message)
        at = self._number(self._table + number * self._offset_bytes, self._offset_bytes)
        marker = self._number(at, 1)
        kind, length, at = marker >> 4, marker & 0xF, at + 1
        if kind not in kinds:
            message = "it holds something else than expected"
            raise _DamagedListError(message)
        if length == _LENGTH_FOLLOWS:
            width = 1 << (self._number(at, 1) & 0x3)
            length, at = self._number(at + 1, width), at + 1 + width
        return kind, length, at

    def entries(self, number: int) -> dict[str, int]:
        """The keys of a dictionary and the numbers of their values."""
        _, length, at = self._find(number, _DICTIONARY)
        if length > _MOST_ENTRIES:
            message = f"a dictionary of {length} entries"
            raise _DamagedListError(message)
        width = self._number_bytes
        numbers = [self._number(at + index * width, width) for index in range(2 * length)]
        return {self.text(key): value for key, value in zip(numbers[:length], numbers[length:], strict=True)}

    def text(self, number: int) -> str:
        """A string."""
        kind, length, at = self._find(number, _ASCII, _UTF16)
        if length > _MOST_CHARACTERS:
            message = f"a string of {length} characters"
            raise _DamagedListError(message)
        if kind == _ASCII:
            return self._read(at, length).decode("latin-1")
        return self._read(at, 2 * length).decode("utf-16-be", "replace")

    def data(self, number: int, most: int) -> bytes | None:
        """Bytes; None where there are more than `most`."""
        _, length, at = self._find(number, _DATA)
        return self._read(at, length) if length <= most else None


def read_webarchive(file: BinaryIO, size: int, name: str, limits: ReadLimits) -> Capture | Issue:
    """The page in a file of this size that can be read at any place."""
    try:
        found = _PropertyList(file, size)
        page = found.entries(found.entries(found.top)["WebMainResource"])
        data = found.data(page["WebResourceData"], limits.page_bytes)
        said = {key: found.text(page[key]) for key in _SAID if key in page}
    except (_DamagedListError, KeyError) as error:
        return refused("saved_page_damaged", name, f"no page in it: {error}")
    if data is None:
        return refused("file_too_large", name, f"the page in it has over {limits.page_bytes:,} bytes")
    media_type, charset, url = (said.get(key) or None for key in _SAID)
    return Capture(name, data, media_type, charset, url)


_SAID = ("WebResourceMIMEType", "WebResourceTextEncodingName", "WebResourceURL")
