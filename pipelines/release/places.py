"""What stands where in a processed folder, and what a release is called."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from pipelines.errors import ReleaseError

CURRENT = "current"
RELEASES = "releases"
MANIFEST = "manifest.json"
# Whatever begins so is a run's own until it is done; what a dead run left is swept by the next one.
STAGING = ".staging-"
RELEASE_ID = re.compile(r"r1-[0-9a-f]{16}")


class Published(NamedTuple):
    """A release that `current` leads to, and whether it did not before; the old ones swept, and what could not be."""

    release_id: str
    path: Path
    is_new: bool
    swept: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


@contextmanager
def told(processed: Path, what: str) -> Iterator[None]:
    """What the operating system refuses becomes one line: where, what, and its own reason."""
    try:
        yield
    except OSError as error:
        message = f"{error.filename or processed}: {what}: {error.strerror or error}"
        raise ReleaseError(message) from error


def exists(path: Path) -> bool:
    """Whether there is something of this name; unlike `Path.exists`, an error of the file system is not a no."""
    try:
        path.lstat()
    except FileNotFoundError:
        return False
    return True


def link_text(path: Path) -> str | None:
    """Where a link leads, as it is written; None where there is no link."""
    return os.readlink(path) if path.is_symlink() else None  # noqa: PTH115 the text of the link is compared


def current_release(processed: Path) -> str | None:
    """The id of the release that `current` leads to; None where it leads to none of this folder."""
    return named_release(link_text(processed / CURRENT) or "")


def named_release(target: str) -> str | None:
    """The id of the release that the text of a link names.

    >>> named_release("../releases/r1-0123456789abcdef"), named_release("releases/old")
    ('r1-0123456789abcdef', None)
    """
    name = target.rstrip("/").rpartition("/")[2]
    return name if RELEASE_ID.fullmatch(name) else None


def release_folders(processed: Path) -> list[Path]:
    """The folder of every release that is there, by name; whatever else stands among them is not ours."""
    releases = processed / RELEASES
    if not exists(releases):
        return []
    found = [path for path in releases.iterdir() if RELEASE_ID.fullmatch(path.name)]
    return sorted(path for path in found if path.is_dir() and not path.is_symlink())
