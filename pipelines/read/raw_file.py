"""One file of raw, opened so that nothing but that file can be read, whatever its path names by now."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple


class RefusedFileError(Exception):
    """A file that is not read, with the code of the problem."""

    def __init__(self, problem: str, reason: str) -> None:
        super().__init__(reason)
        self.problem = problem


class RawFile(NamedTuple):
    """An open regular file, and its size when it was opened."""

    descriptor: int
    size: int


@contextmanager
def open_raw(path: str) -> Iterator[RawFile]:
    """Open a regular file; no link is followed, and a pipe that took the file's place is not waited for.

    Raises:
        RefusedFileError: it is no regular file.
        OSError: it cannot be opened.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            problem = "file_not_regular"
            raise RefusedFileError(problem, "not a regular file")
        yield RawFile(descriptor, status.st_size)
    finally:
        os.close(descriptor)


def read_whole(file: RawFile, most: int) -> bytes:
    """The bytes of a file of which nothing was read yet.

    Raises:
        RefusedFileError: it is larger than `most`, or its size is not what it was when it was opened.
        OSError: it cannot be read.
    """
    if file.size > most:
        problem = "file_too_large"
        raise RefusedFileError(problem, f"{file.size} bytes, the limit is {most}")
    data = os.read(file.descriptor, file.size + 1)
    _refuse_change(file, len(data))
    return data


def refuse_changed(file: RawFile) -> None:
    """Refuse a file that was read in pieces if its size has changed meanwhile.

    Raises:
        RefusedFileError: with the code `file_changed`.
    """
    _refuse_change(file, os.fstat(file.descriptor).st_size)


def _refuse_change(file: RawFile, size: int) -> None:
    if size != file.size:
        problem = "file_changed"
        raise RefusedFileError(problem, f"{file.size} bytes when opened, {size} when read")
