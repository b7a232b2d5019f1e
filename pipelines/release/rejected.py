"""Releases that the gate kept back: whole, under `rejected/<id>`, and beside each why, as `<id>.gate.json`.

They are staged like any other and get their name by a rename. To accept one is to publish that very folder: the protocol from its third
step on (`publishing.py`). What was rejected was made to follow one release; once another is the current one, its ids may not fit
any more, and it is swept. Of those that could be accepted the last three are kept.
"""

import json
import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipelines.errors import ReleaseError, UsageError
from pipelines.release.durable import fingerprint, fsync, json_text
from pipelines.release.manifest import release_id_of
from pipelines.release.order import record
from pipelines.release.places import (
    MANIFEST,
    RELEASE_ID,
    RELEASES,
    STAGING,
    Published,
    current_release,
    exists,
    told,
)
from pipelines.release.publishing import publish_staged, switch
from pipelines.release.retention import sweep_staging
from pipelines.release.staging import stage
from pipelines.settings import REJECTED_KEPT, RELEASES_KEPT

REJECTED = "rejected"
_WHY = ".gate.json"


def publish_known(
    processed: Path,
    tables: Mapping[str, pa.Table],
    report: Mapping[str, Any],
    why: Mapping[str, Any] | ReleaseError,
    keep: int = RELEASES_KEPT,
) -> Published | Path:
    """Publish what is the current release already, and keep back anything else; returns the folder of what is kept back.

    A release that a person accepted, or that was published under other thresholds, so stays published when it is built again.
    `why` is what is said beside what is kept back, or the error because of which nothing can be said. The caller holds the lock.

    Raises:
        ReleaseError: that error, for anything but the current release; a file could not be written, or did not read back as it was written; `current` is as it was.
    """
    staging = processed / f"{STAGING}{os.getpid()}"
    with told(processed, "not kept"):
        sweep_staging(processed)
        try:
            release_id = stage(staging, tables, report)
            if release_id == current_release(processed):
                return publish_staged(processed, staging, release_id, keep)
            if isinstance(why, ReleaseError):
                raise why
            return _keep_back(processed, staging, release_id, why)
        finally:
            with suppress(OSError):
                sweep_staging(processed)


def _keep_back(processed: Path, staged: Path, release_id: str, why: Mapping[str, Any]) -> Path:
    """Give a staged release its name among the rejected, after what is said about it: neither is of use without the other."""
    folder = processed / REJECTED
    folder.mkdir(exist_ok=True)
    waiting = processed / f"{STAGING}{release_id}{_WHY}"
    waiting.write_text(json_text({"release_id": release_id, **why}), encoding="utf-8")
    fsync(waiting)
    waiting.replace(folder / f"{release_id}{_WHY}")
    path = folder / release_id
    if exists(path):  # the same was rejected before; what is there may have been touched since
        path.rename(processed / f"{STAGING}again")
    staged.rename(path)
    fsync(folder)
    fsync(processed)
    sweep_rejected(processed)
    return path


def accept(processed: Path, name: str | None = None, keep: int = RELEASES_KEPT) -> Published:
    """Publish a release that was kept back, the one there is or the one of an id, as it was looked at.

    The caller holds the lock.

    Raises:
        UsageError: there is none of that id, or there are several and none is named.
        ReleaseError: it was made to follow another release than the current one, is damaged, or could not be published.
    """
    with told(processed, "not published"):
        sweep_staging(processed)
        release_id = _chosen(processed, name)
        folder = processed / REJECTED
        _check_before(processed, release_id)
        path = folder / release_id
        if exists(path):
            _check_whole(path)
            published = publish_staged(processed, path, release_id, keep)
            fsync(folder)
        else:  # a run that accepted it died between the rename and the switch
            _check_whole(processed / RELEASES / release_id)
            record(processed, release_id)
            published = Published(release_id, processed / RELEASES / release_id, switch(processed, release_id))
    with suppress(OSError, ReleaseError):
        sweep_rejected(processed)
    return published


def rejected_releases(processed: Path) -> list[str]:
    """The ids of the releases that were kept back, the newest last."""
    folder = processed / REJECTED
    with told(processed, "cannot be read"):
        if not exists(folder):
            return []
        notes = [path for path in folder.glob(f"*{_WHY}") if RELEASE_ID.fullmatch(path.name.removesuffix(_WHY))]
        notes.sort(key=lambda path: (path.stat().st_mtime_ns, path.name))
        return [path.name.removesuffix(_WHY) for path in notes]


def sweep_rejected(processed: Path, kept: int = REJECTED_KEPT) -> None:
    """Remove what can no longer be accepted, and all but the last of what can; whatever else stands there is left alone.

    The caller holds the lock.

    Raises:
        OSError, ReleaseError: something cannot be read or removed.
    """
    folder = processed / REJECTED
    if not exists(folder):
        return
    current = current_release(processed)
    noted = rejected_releases(processed)
    acceptable = [
        id_ for id_ in noted if exists(folder / id_) and why_rejected(processed, id_).get("release_before") == current
    ]
    stay = set(acceptable[-kept:])
    for path in list(folder.iterdir()):
        release_id = path.name.removesuffix(_WHY)
        if RELEASE_ID.fullmatch(release_id) and release_id not in stay:
            _remove(processed, path)


def _remove(processed: Path, path: Path) -> None:
    """Take the name away first, so that no half of a release is ever found under it."""
    leaving = processed / f"{STAGING}old-{path.name}"
    path.rename(leaving)
    shutil.rmtree(leaving) if leaving.is_dir() and not leaving.is_symlink() else leaving.unlink()


def _chosen(processed: Path, name: str | None) -> str:
    there = rejected_releases(processed)
    if name is None and len(there) == 1:
        return there[0]
    if name in there:
        return str(name)
    listed = ", ".join(there) or "none"
    what = "which one?" if name is None and there else f"{name!r}: not among them" if name else "nothing to accept"
    message = f"{processed / REJECTED}: {what}; rejected releases: {listed}"
    raise UsageError(message)


def why_rejected(processed: Path, release_id: str) -> dict[str, Any]:
    """What was said when a release was kept back; nothing where that cannot be read."""
    try:
        said = json.loads((processed / REJECTED / f"{release_id}{_WHY}").read_bytes())
    except ValueError:
        return {}
    return said if isinstance(said, dict) and "release_before" in said else {}


def _check_before(processed: Path, release_id: str) -> None:
    said, current = why_rejected(processed, release_id), current_release(processed)
    if not said or said["release_before"] != current:
        meant = said.get("release_before") or "no other" if said else "one that is not known"
        message = (
            f"{release_id}: was made to follow {meant}, and `current` leads to {current or 'none'}: its ids may not fit; "
            "build again, with --accept where the gate keeps it back"
        )
        raise ReleaseError(message)


def _check_whole(path: Path) -> None:
    """A release's id follows from the bytes of its files, so any that was changed, added or removed shows."""
    digests = {file.name: fingerprint(file)["sha256"] for file in sorted(path.iterdir()) if file.name != MANIFEST}
    try:
        said = json.loads((path / MANIFEST).read_bytes())
        is_whole = release_id_of(digests) == path.name == said["release_id"] and all(
            said["files"][name]["sha256"] == digest for name, digest in digests.items()
        )
    except (ValueError, TypeError, KeyError, FileNotFoundError):
        is_whole = False
    if not is_whole:
        message = f"{path}: was changed since it was kept back; build again"
        raise ReleaseError(message)
