"""The publishing protocol: a release is staged, named and switched to in one step, or not at all.

The order, and why each sync stands where it does:

1. What dead runs left is swept; what is staged then is this run's own.
2. Every file is written in a staging folder of the same file system, synced, read back and compared; the manifest is written last and
   synced; the folder is synced, so that its names last as well. No reader knows the folder.
3. The order of releases names the new one (`order.py`), synced. A release that is there is always in the order; a name in the order that
   is not there yet means nothing.
4. The folder gets its final name by a rename, and `releases/` is synced: from here on the release outlives a power cut. It must
   before anything leads to it.
5. `current` is exchanged by a rename, which the file system does at once or not at all. Readers see the new release.
6. The processed folder is synced, so that a power cut cannot undo the exchange. Where it cannot be synced the exchange is taken back,
   since the run will say that it failed.
7. Releases that are no longer kept are swept. What was to be swept was found out before the exchange; here nothing can fail the run.

A run that dies before 5 leaves `current` as it was, and what the next run sweeps or publishes; one that dies later has published.
"""

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipelines.release.durable import exchange_link, fingerprint, fsync
from pipelines.release.order import record
from pipelines.release.places import CURRENT, RELEASES, STAGING, Published, current_release, exists, link_text, told
from pipelines.release.retention import find_old, remove_releases, sweep_staging
from pipelines.release.staging import stage
from pipelines.settings import RELEASES_KEPT


def publish(
    processed: Path, tables: Mapping[str, pa.Table], report: Mapping[str, Any], keep: int = RELEASES_KEPT
) -> Published:
    """Publish tables and report as one release; the same content gives the same release.

    The caller holds the lock.

    Raises:
        ReleaseError: a file could not be written, or did not read back as it was written; `current` is as it was.
    """
    staging = processed / f"{STAGING}{os.getpid()}"
    with told(processed, "not published"):
        sweep_staging(processed)
        try:
            release_id = stage(staging, tables, report)
            return publish_staged(processed, staging, release_id, keep)
        except BaseException:
            with suppress(OSError):
                sweep_staging(processed)
            raise


def publish_staged(processed: Path, staged: Path, release_id: str, keep: int = RELEASES_KEPT) -> Published:
    """Publish a folder that holds a whole release, synced, on the same file system; the folder is gone afterwards.

    The caller holds the lock and has swept what dead runs left.

    Raises:
        OSError, ReleaseError: it could not be done; `current` is as it was.
    """
    path = processed / RELEASES / release_id
    left = current_release(processed)
    if left != release_id:
        record(processed, release_id)
    is_repaired = exists(path) and _repair(path, staged)
    if exists(path):
        staged.rename(processed / f"{STAGING}again")
    else:
        path.parent.mkdir(exist_ok=True)
        staged.rename(path)
        fsync(path.parent)
    sweep_staging(processed)
    # After a rollback the release that is left may be an old one; readers that have just followed `current` are still at it.
    old = [name for name in find_old(processed, keep, release_id) if name != left]
    is_switched = switch(processed, release_id)
    swept = remove_releases(processed, old)
    return Published(release_id, path, is_switched or is_repaired, swept.removed, swept.doubts)


def _repair(path: Path, staged: Path) -> bool:
    """Replace each file of a published release that is not what was staged, one by one, and remove what is not of it; whether any was.

    What was staged is the same release, so a mixture of its files is the release as well; readers find each file whole.
    """
    names = {file.name for file in staged.iterdir()}
    changed = [name for name in sorted(names) if not _is_same(path / name, staged / name)]
    foreign = [file for file in path.iterdir() if file.name not in names]
    for name in changed:
        (staged / name).replace(path / name)
    for file in foreign:
        file.rename(staged / f"foreign-{file.name}")
    if changed or foreign:
        fsync(path)
    return bool(changed or foreign)


def _is_same(one: Path, other: Path) -> bool:
    return exists(one) and fingerprint(one) == fingerprint(other)


def switch(processed: Path, release_id: str) -> bool:
    """Let `current` lead to a release that is there, in one step; False where it already does.

    Where the exchange cannot be made to last, it is taken back.

    Raises:
        OSError: `current` is as it was.
    """
    current = processed / CURRENT
    target = f"{RELEASES}/{release_id}"
    before = link_text(current)
    if before == target:
        return False
    exchange_link(current, target)
    try:
        fsync(processed)
    except OSError:
        if before is None:
            current.unlink()
        else:
            exchange_link(current, before)
        raise
    return True
