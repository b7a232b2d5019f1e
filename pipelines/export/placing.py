"""Files that are there whole or not at all: written under a name beside their own, which they get when all are done."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipelines.errors import ExportError, UsageError
from pipelines.release.durable import fsync
from pipelines.release.places import exists


@contextmanager
def whole_files(folder: Path, names: list[str], *, is_forced: bool) -> Iterator[Path]:
    """A folder to write these files into; they are in theirs when the block is left without an error, and otherwise nothing has changed.

    A folder that is not there appears with all of them at once. In one that is there each file is put in at once, and no other file
    is touched.

    Raises:
        UsageError: a file of one of the names is there, and is not to be replaced.
        ExportError: it cannot be written.
    """
    try:
        is_there = exists(folder)
        taken = [name for name in names if is_there and exists(folder / name)]
        if taken and not is_forced:
            message = f"{folder / taken[0]}: is there already; --force replaces it"
            raise UsageError(message)
        part = f".{folder.name}-{os.getpid()}.part"  # another export into the same folder has another one
        waiting = folder / part if is_there else folder.with_name(part)
        waiting.mkdir(parents=True)
        try:
            yield waiting
            for name in names:
                fsync(waiting / name)
            if is_there:
                for name in names:
                    (waiting / name).replace(folder / name)
            else:
                waiting.rename(folder)
        finally:
            shutil.rmtree(waiting, ignore_errors=True)
    except OSError as error:
        message = f"{error.filename or folder}: cannot be written: {error.strerror or error}"
        raise ExportError(message) from error
