"""The one lock of a processed folder: whoever changes anything in it holds it.

It is a `flock` on a file that is never removed, so the kernel frees it when its holder ends, however that happens. What stands
in the file says who holds it; it is a help for people, and nothing is decided by it.
"""

import fcntl
import json
import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from pipelines.errors import ReleaseError
from pipelines.logs import say
from pipelines.release.places import told

LOCK = ".lock"
# Long beside what a try costs, short beside a build.
SECONDS_BETWEEN_TRIES = 0.1
_NOTE = re.compile(r'\{"pid": ([0-9]{1,10}), "since": "([0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2} UTC)"\}')


@contextmanager
def locked(processed: Path, wait: float = 0.0) -> Iterator[None]:
    """Hold the lock of a processed folder, for which another holder is waited so many seconds.

    Raises:
        ReleaseError: another process holds it, or the folder cannot be written to.
    """
    with told(processed, "cannot be written to"):
        processed.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(processed / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        with told(processed, "cannot be locked"):
            _lock(processed, descriptor, wait)
        _write_note(descriptor, json.dumps({"pid": os.getpid(), "since": f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC"}))
        try:
            yield
        finally:
            _write_note(descriptor, "")
    finally:
        os.close(descriptor)


def _lock(processed: Path, descriptor: int, wait: float) -> None:
    if _is_taken(descriptor):
        return
    held = f"{processed}: another run is at work here{_holder(descriptor)}"
    if wait <= 0:
        message = f"{held}; try again when it is done, or wait for it with --wait"
        raise ReleaseError(message)
    say("waiting", f"{held}; waiting until it is done")
    until = time.monotonic() + wait
    while not _is_taken(descriptor):
        left = until - time.monotonic()
        if left <= 0:
            message = f"{processed}: another run is still at work here after {wait:g} seconds{_holder(descriptor)}"
            raise ReleaseError(message)
        time.sleep(min(left, SECONDS_BETWEEN_TRIES))


def _is_taken(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _holder(descriptor: int) -> str:
    """Who says to hold the lock, in brackets; nothing where that cannot be known, or what stands there is no such note."""
    try:
        note = _NOTE.fullmatch(os.pread(descriptor, 200, 0).decode("ascii", "replace"))
    except OSError:
        return ""
    return f" (process {note[1]}, since {note[2]})" if note else ""


def _write_note(descriptor: int, note: str) -> None:
    """Write over what stands in the file; the lock holds without a note as well, so a full disk is no error here."""
    with suppress(OSError):
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, note.encode(), 0)
