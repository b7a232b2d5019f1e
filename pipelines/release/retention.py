"""Which releases are kept, and how one that is not is removed: no reader ever finds half of it under its name.

Kept are the last N published, every tagged one, the one that `current` leads to and the one published before it, and by the build that
leaves it the one that `current` led to. A reader that holds a file
open keeps reading it; the file system frees it afterwards.
"""

import shutil
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import NamedTuple

from pipelines.release.durable import fsync
from pipelines.release.order import before, read_order
from pipelines.release.places import RELEASES, STAGING, exists
from pipelines.release.tags import TAGS, read_tags


class Swept(NamedTuple):
    """The releases that were removed, and why others that should have been are still there."""

    removed: tuple[str, ...]
    doubts: tuple[str, ...]


def find_old(processed: Path, keep: int, current: str | None) -> list[str]:
    """The releases that are not kept, the oldest first, where `current` is to lead to this one.

    Raises:
        ReleaseError: the folder cannot be read.
    """
    order = [recorded.release_id for recorded in read_order(processed)]
    return old_among(order, keep, current, read_tags(processed).values())


def old_among(order: Sequence[str], keep: int, current: str | None, tagged: Collection[str]) -> list[str]:
    """Those of the releases, the oldest first, that are not kept.

    >>> old_among(["a", "b", "c", "d", "e"], 2, "e", ["b"])
    ['a', 'c']
    >>> old_among(["a", "b", "c", "d", "e"], 1, "c", [])
    ['a', 'd']
    """
    kept = {*order[-keep:], *tagged}
    if current:
        kept |= {current, before(list(order), current) or current}
    return [release_id for release_id in order if release_id not in kept]


def remove_releases(processed: Path, ids: Sequence[str]) -> Swept:
    """Remove releases; what cannot be removed is told and stops nothing, for it is old and the next run tries again."""
    removed: list[str] = []
    doubts: list[str] = []
    for release_id in ids:
        try:
            _remove(processed, release_id)
        except OSError as error:
            doubts.append(
                f"{error.filename or processed / RELEASES / release_id}: not removed: {error.strerror or error}"
            )
        else:
            removed.append(release_id)
    return Swept(tuple(removed), tuple(doubts))


def _remove(processed: Path, release_id: str) -> None:
    """Take the name away first, for good; only then the files, so that a kill or a power cut leaves no half under the name."""
    leaving = processed / f"{STAGING}old-{release_id}"
    (processed / RELEASES / release_id).rename(leaving)
    fsync(processed / RELEASES)
    fsync(processed)
    shutil.rmtree(leaving)


def sweep_staging(processed: Path) -> None:
    """Remove what a run that died left behind; links are removed, never followed.

    Raises:
        OSError: something cannot be removed.
    """
    for orphan in (*_orphans(processed), *_orphans(processed / TAGS)):
        if orphan.is_symlink() or not orphan.is_dir():
            orphan.unlink()
        else:
            shutil.rmtree(orphan)


def _orphans(folder: Path) -> list[Path]:
    """What a dead run left in a folder; `Path.glob` would leave out what it may not look at."""
    return [path for path in folder.iterdir() if path.name.startswith(STAGING)] if exists(folder) else []
