"""One text dump, read: bytes once, hashed and decoded from the same bytes."""

import os
import stat
from dataclasses import replace
from hashlib import sha256

from pipelines.read.sources import Source, refused_file
from pipelines.records import Issue, Page, PageText
from pipelines.settings import ReadLimits

_BOM = b"\xef\xbb\xbf"


def read_text_page(source: Source, limits: ReadLimits) -> PageText | Issue:
    """Read a file as a page of text, or say why it is none.

    UTF-8, with or without a byte order mark (`encoding` says which: `utf-8`, `utf-8-sig`). Lines end with LF, CRLF or
    CR; no other character ends a line (a form feed or U+2028 is text). A final line end starts no further line.
    """
    try:
        data = _read_bytes(source.path, limits.page_bytes)
    except _NotReadError as refusal:
        return refused_file(refusal.problem, source.source_path, str(refusal))
    except OSError as error:
        return refused_file("file_unreadable", source.source_path, error.strerror or type(error).__name__)
    return page_of(data, source.source_path)


def page_of(data: bytes, source_path: str) -> PageText | Issue:
    """The page that these bytes are, or the issue that says why they are none."""
    if b"\0" in data:
        return refused_file(
            "file_not_text", source_path, f"a NUL byte at offset {data.index(0)}; if it is text, save it again as UTF-8"
        )
    has_mark = data.startswith(_BOM)
    start = len(_BOM) if has_mark else 0
    issues: tuple[Issue, ...] = ()
    try:
        text = data[start:].decode("utf-8")
    except UnicodeDecodeError as error:
        text = error.object[: error.start].decode("utf-8")
        line = len(split_lines(text + "|"))
        if error.reason != "unexpected end of data":
            return _not_utf8(source_path, line, error)
        message = f"{source_path}:{line}: the file ends within a character: {error.object[error.start :].hex(' ')}"
        issues = (Issue("cut_character", message, source_path=source_path, line_first=line, line_last=line),)
    digest = sha256(data).hexdigest()
    page = Page(
        page_id=f"p1-{digest[:16]}",
        source_path=source_path,
        source_sha256=digest,
        source_bytes=len(data),
        encoding="utf-8-sig" if has_mark else "utf-8",
    )
    return PageText(page, split_lines(text), tuple(replace(issue, page_id=page.page_id) for issue in issues))


def _not_utf8(source_path: str, line: int, error: UnicodeDecodeError) -> Issue:
    reason = f"byte 0x{error.object[error.start]:02x} is not UTF-8 ({error.reason}); save it again as UTF-8"
    issue = refused_file("file_not_utf8", f"{source_path}:{line}", reason)
    return replace(issue, source_path=source_path, line_first=line, line_last=line)


def split_lines(text: str) -> tuple[str, ...]:
    r"""The lines of a text, without their ends.

    >>> split_lines("a\r\nb\rc\n")
    ('a', 'b', 'c')
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    if not lines[-1]:
        lines.pop()
    return tuple(lines)


class _NotReadError(Exception):
    """A file that is not read, with the code of the problem."""

    def __init__(self, problem: str, reason: str) -> None:
        super().__init__(reason)
        self.problem = problem


def _read_bytes(path: str, most: int) -> bytes:
    """The bytes of a regular file; what the path names may have been exchanged since it was listed."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            problem = "file_not_regular"
            raise _NotReadError(problem, "not a regular file")
        if status.st_size > most:
            problem = "file_too_large"
            raise _NotReadError(problem, f"{status.st_size} bytes, the limit is {most}")
        data = os.read(descriptor, status.st_size + 1)
        if len(data) != status.st_size:
            problem = "file_changed"
            raise _NotReadError(problem, f"{status.st_size} bytes when opened, {len(data)} when read")
    finally:
        os.close(descriptor)
    return data
