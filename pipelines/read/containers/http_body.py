"""The body of an HTTP response as the server meant it: chunks joined, unpacked, never over the limit of a page."""

import io
import string
import zlib
from typing import NamedTuple

from pipelines.read.containers.forms import PACKINGS
from pipelines.read.containers.streams import CutError, DamageError, Meter, buffered, pieces
from pipelines.read.containers.unpacking import Unpacked
from pipelines.settings import ReadLimits

_HEX = frozenset(string.hexdigits)
# A chunk's size with its extensions, which nobody sends.
_CHUNK_LINE_BYTES = 100
# What servers name and nothing here can undo. Words that no standard knows (`utf-8`, `none`) are passed over, as browsers do.
_UNKNOWN = frozenset({"br", "compress", "x-compress", "dcb", "dcz", "exi", "pack200-gzip"})


class Body(NamedTuple):
    """What was sent, and whether it breaks off."""

    data: bytes
    is_cut: bool


class UndecodableError(Exception):
    """A body that cannot be read; the message is the reason."""


def body_of(block: bytes, fields: dict[str, str], limits: ReadLimits) -> Body:
    """The body within a response's block, by its header fields.

    A crawler may have joined or unpacked it already and left the fields as they were; then it is taken as it is.

    Raises:
        UndecodableError: it is not what its fields say, or too large.
    """
    body = Body(block, is_cut=False)
    if "chunked" in fields.get("transfer-encoding", "").lower():
        body = _joined(block)
    for coding in reversed(fields.get("content-encoding", "").lower().split(",")):
        body = _unpacked(body, coding.strip(), limits)
    if len(body.data) > limits.page_bytes:
        raise UndecodableError(too_large(limits))
    return body


def too_large(limits: ReadLimits) -> str:
    """The reason for which a response is not read although it is whole."""
    return f"over {limits.page_bytes:,} bytes"


def _joined(block: bytes) -> Body:
    chunks: list[bytes] = []
    at = 0
    while at < len(block):
        line_end = block.find(b"\n", at, at + _CHUNK_LINE_BYTES)
        digits = block[at : max(line_end, at)].partition(b";")[0].strip().decode("latin-1")
        if not digits or not _HEX.issuperset(digits):
            if not chunks:
                return Body(block, is_cut=False)
            message = "its chunks are broken"
            raise UndecodableError(message)
        size, at = int(digits, 16), line_end + 1
        if not size:
            return Body(b"".join(chunks), is_cut=False)
        chunks.append(block[at : at + size])
        at += size + (1 if block.startswith(b"\n", at + size) else 2)
    return Body(b"".join(chunks), is_cut=bool(block))


def _unpacked(body: Body, coding: str, limits: ReadLimits) -> Body:
    match coding:
        case "gzip" | "x-gzip" if body.data.startswith(PACKINGS["gzip"]):
            return _inflated(body, 16 + zlib.MAX_WBITS, limits)
        case "deflate":
            return _deflated(body, limits)
        case "zstd" if body.data.startswith(PACKINGS["zstd"]):
            return _through_zstd(body, limits)
        case _ if coding in _UNKNOWN:
            message = f"packed as {coding}"
            raise UndecodableError(message)
        case _:
            return body


def _inflated(body: Body, window_bits: int, limits: ReadLimits) -> Body:
    inner = zlib.decompressobj(window_bits)
    try:
        data = inner.decompress(body.data, limits.page_bytes + 1)
    except zlib.error as error:
        message = "its packed body is broken"
        raise UndecodableError(message) from error
    return Body(data, is_cut=body.is_cut or not inner.eof)


def _deflated(body: Body, limits: ReadLimits) -> Body:
    """The standard says zlib's format, some servers send the bare one, and a crawler may have unpacked it."""
    for window_bits in (zlib.MAX_WBITS, -zlib.MAX_WBITS):
        try:
            return _inflated(body, window_bits, limits)
        except UndecodableError:
            continue
    return body


def _through_zstd(body: Body, limits: ReadLimits) -> Body:
    stream = buffered(Unpacked(io.BytesIO(body.data), "zstd", Meter(limits), limits.window_bytes))
    parts: list[bytes] = []
    try:
        parts.extend(pieces(stream, limits.page_bytes))
    except CutError:
        return Body(b"".join(parts), is_cut=True)
    except DamageError as error:
        message = "its packed body is broken"
        raise UndecodableError(message) from error
    return Body(b"".join(parts), is_cut=body.is_cut)
