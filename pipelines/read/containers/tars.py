"""The members of a tar, as they flow by.

The standard library's reader takes any header of a member whole into memory, however large it says it is, and ends without a
word where a header is damaged; only its reading of one block of 512 bytes is used here.
"""

import io
import tarfile
from collections.abc import Iterator
from typing import NamedTuple

from pipelines.read.containers.streams import CutError, DamageError, Part, read_exactly, skip
from pipelines.settings import ReadLimits

_BLOCK = tarfile.BLOCKSIZE
_WITHOUT_DATA = frozenset({
    tarfile.LNKTYPE, tarfile.SYMTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE,
})  # fmt: skip
_NOT_REGULAR = "member_not_regular"
_WITH_HOLES = (_NOT_REGULAR, "a file with holes")
_REFUSED = {
    tarfile.LNKTYPE: (_NOT_REGULAR, "a link"),
    tarfile.SYMTYPE: (_NOT_REGULAR, "a link"),
    tarfile.CHRTYPE: (_NOT_REGULAR, "a device"),
    tarfile.BLKTYPE: (_NOT_REGULAR, "a device"),
    tarfile.FIFOTYPE: (_NOT_REGULAR, "a pipe"),
    tarfile.GNUTYPE_SPARSE: _WITH_HOLES,
}
_PAX = frozenset({tarfile.XHDTYPE, tarfile.SOLARIS_XHDTYPE})
# Where the header of a file with holes says that more of them follow in a block of their own, and where that block says so.
_MORE_HOLES, _YET_MORE_HOLES = 482, 504


class TarMember(NamedTuple):
    """A member: its name and whether that is whole, why it is no regular file (code of a problem, reason), and its content."""

    name: str
    is_named: bool
    obstacle: tuple[str, str] | None
    content: Part


class _Ahead(NamedTuple):
    """What headers before a member's own say of it."""

    name: str | None = None
    size: int | None = None
    obstacle: tuple[str, str] | None = None
    is_named: bool = True


def tar_members(stream: io.BufferedReader, limits: ReadLimits) -> Iterator[TarMember]:
    """Every member but folders, in the order of the file.

    Raises:
        DamageError: the tar is damaged; CutError where it ends before its end mark.
    """
    ahead = _Ahead()
    while (header := _header(stream)) is not None:
        if header.type in (tarfile.GNUTYPE_LONGNAME, *_PAX):
            ahead = _read_ahead(stream, header, ahead, limits)
            continue
        if header.type in (tarfile.GNUTYPE_LONGLINK, tarfile.XGLTYPE):
            _pass(stream, header.size)
            continue
        size = 0 if header.type in _WITHOUT_DATA else header.size if ahead.size is None else ahead.size
        content = Part(stream, size)
        name = header.name if ahead.name is None else ahead.name
        if not ahead.is_named or (header.type != tarfile.DIRTYPE and not name.endswith("/")):
            yield TarMember(name, ahead.is_named, ahead.obstacle or _REFUSED.get(header.type), content)
        skip(stream, content.left + -size % _BLOCK)
        ahead = _Ahead()
    _refuse_rest(stream)


def _header(stream: io.BufferedReader) -> tarfile.TarInfo | None:
    """The next header, None at the mark of the end."""
    block = stream.read(_BLOCK)
    if len(block) < _BLOCK:
        message = "ends within a header" if block else "ends without the mark of its end"
        raise CutError(message)
    try:
        header = tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
    except tarfile.EOFHeaderError:  # type: ignore[attr-defined]  # public in fact, not in typeshed
        return None
    except (tarfile.TarError, ValueError) as error:
        message = "no member begins where one must"
        raise DamageError(message) from error
    if header.size < 0:
        message = f"a member of {header.size} bytes"
        raise DamageError(message)
    if header.type == tarfile.GNUTYPE_SPARSE and block[_MORE_HOLES]:
        while read_exactly(stream, _BLOCK)[_YET_MORE_HOLES]:
            pass
    return header


def _read_ahead(stream: io.BufferedReader, header: tarfile.TarInfo, ahead: _Ahead, limits: ReadLimits) -> _Ahead:
    """What a header of the next member says: a long name (GNU), or named values (POSIX)."""
    if header.size > limits.head_bytes:
        _pass(stream, header.size)
        return ahead._replace(is_named=False)
    data = read_exactly(stream, header.size)
    skip(stream, -header.size % _BLOCK)
    if header.type == tarfile.GNUTYPE_LONGNAME:
        return ahead._replace(name=_text(data.partition(b"\0")[0]))
    return _of_pax(data, ahead)


def _of_pax(data: bytes, ahead: _Ahead) -> _Ahead:
    """Records of the form `LENGTH NAME=VALUE`, a line each; the length counts all of it."""
    at = 0
    while at < len(data):
        digits = data[at : at + 20].partition(b" ")[0]
        length = int(digits) if digits.isdigit() else 0
        name, _, value = data[at : at + length].rstrip(b"\n").partition(b" ")[2].partition(b"=")
        if length <= len(digits) or at + length > len(data):
            message = "a member's header is damaged"
            raise DamageError(message)
        if name == b"path":
            ahead = ahead._replace(name=_text(value))
        elif name == b"size" and value.isdigit() and len(value) < 16:  # noqa: PLR2004 - a petabyte is no page
            ahead = ahead._replace(size=int(value))
        elif name.startswith(b"GNU.sparse."):
            ahead = ahead._replace(obstacle=_WITH_HOLES)
        at += length
    return ahead


def _text(name: bytes) -> str:
    return name.decode("utf-8", "surrogateescape")


def _pass(stream: io.BufferedReader, size: int) -> None:
    skip(stream, size + -size % _BLOCK)


def _refuse_rest(stream: io.BufferedReader) -> None:
    """Nothing but zeros stands behind the end."""
    while block := stream.read(_BLOCK):
        if block.strip(b"\0"):
            message = "holds something else behind its end"
            raise DamageError(message, is_apart=True)
