"""MHTML, a page saved into one file by Chrome, Edge or Internet Explorer: a mail whose first part is the page (RFC 2557)."""

import binascii
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import Message
from email.parser import BytesHeaderParser
from email.policy import compat32
from email.utils import parsedate_to_datetime

from pipelines.read.capture import Capture
from pipelines.read.containers.issues import damaged, refused
from pipelines.read.containers.streams import BLOCK_BYTES, CutError
from pipelines.records import Issue
from pipelines.settings import ReadLimits

_PAGES = ("text/html", "application/xhtml+xml", "text/plain")
# Quoted-printable writes three characters for a byte.
_CODED_PER_BYTE = 3
_HEADS = BytesHeaderParser(policy=compat32)


_DAMAGED, _TOO_LARGE = "saved_page_damaged", "file_too_large"


class _NoPageError(Exception):
    """There is no page to be read, with the code of the problem."""

    def __init__(self, problem: str, reason: str) -> None:
        super().__init__(reason)
        self.problem = problem


def read_mhtml(stream: io.BufferedReader, name: str, limits: ReadLimits) -> Iterator[Capture | Issue]:
    """The page in a single-file save, and an issue where the file ends within it; its pictures are not read.

    Raises:
        DamageError: as the stream does.
    """
    try:
        head = _head(stream, limits)
        line = _boundary(head)
        part = _page_part(stream, line, _text(head.get_param("start")), limits)
        body, is_cut = _body(stream, line, limits)
        data = _decoded(body, _text(part.get("Content-Transfer-Encoding")), limits)
    except _NoPageError as error:
        yield refused(error.problem, name, str(error))
        return
    url = _text(head.get("Snapshot-Content-Location")) or _text(part.get("Content-Location"))
    charset = _text(part.get_param("charset"))
    yield Capture(name, data, part.get_content_type(), charset, url, _moment(_text(head.get("Date"))))
    if is_cut:
        yield damaged(name, CutError("ends within the page"))


def _text(value: object) -> str | None:
    """A header's value without the folds of its lines."""
    return "".join(str(value).split("\n")).replace("\r", "").strip() or None if value is not None else None


def _head(stream: io.BufferedReader, limits: ReadLimits) -> Message:
    lines: list[bytes] = []
    left = limits.head_bytes
    while line := stream.readline(left + 1):
        left -= len(line)
        if left < 0:
            raise _NoPageError(_DAMAGED, f"no page in it: a head over {limits.head_bytes:,} bytes")
        lines.append(line)
        if not line.rstrip():
            return _HEADS.parsebytes(b"".join(lines))
    raise _NoPageError(_DAMAGED, "no page in it: it ends within a head")


def _boundary(head: Message) -> bytes:
    """How the lines between parts begin."""
    boundary = head.get_boundary()
    if not boundary:
        raise _NoPageError(_DAMAGED, "no page in it: no boundary between its parts is named")
    return b"--" + boundary.encode("utf-8", "surrogateescape")


def _page_part(stream: io.BufferedReader, boundary: bytes, start: str | None, limits: ReadLimits) -> Message:
    """The head of the part that is the page: the one that the mail says it starts with, else the first of text."""
    while True:
        _skip_to(stream, boundary)
        part = _head(stream, limits)
        if start in (None, _text(part.get("Content-ID"))) and part.get_content_type() in _PAGES:
            return part


def _skip_to(stream: io.BufferedReader, boundary: bytes) -> None:
    while line := stream.readline(BLOCK_BYTES):
        if line.startswith(boundary):
            if line.startswith(boundary + b"--"):
                break
            return
    raise _NoPageError(_DAMAGED, "no page in it: no part of it is HTML or text")


def _body(stream: io.BufferedReader, boundary: bytes, limits: ReadLimits) -> tuple[bytes, bool]:
    """The lines to the next boundary, whose own is the line end before it; without one the file breaks off in the page."""
    body = bytearray()
    left = _CODED_PER_BYTE * limits.page_bytes
    while (line := stream.readline(BLOCK_BYTES)) and not line.startswith(boundary):
        left -= len(line)
        if left < 0:
            raise _NoPageError(_TOO_LARGE, f"the page in it has over {limits.page_bytes:,} bytes")
        body += line
    return (bytes(body).removesuffix(b"\n").removesuffix(b"\r"), False) if line else (bytes(body), True)


def _decoded(body: bytes, coding: str | None, limits: ReadLimits) -> bytes:
    try:
        match (coding or "").lower():
            case "quoted-printable":
                data = binascii.a2b_qp(body)
            case "base64":
                data = binascii.a2b_base64(body)
            case _:
                data = body
    except binascii.Error as error:
        raise _NoPageError(_DAMAGED, f"no page in it: its {coding} is broken") from error
    if len(data) > limits.page_bytes:
        raise _NoPageError(_TOO_LARGE, f"the page in it has {len(data):,} bytes, the limit is {limits.page_bytes:,}")
    return data


def _moment(text: str | None) -> datetime | None:
    try:
        at = parsedate_to_datetime(text or "")
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
