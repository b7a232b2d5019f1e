"""Publishing: a release is staged, read back, and switched to in one step, or not at all.

The order, and why: every file is written and fsynced in a folder that no reader knows; it is read back and compared;
the folder gets its final name (the manifest in it is complete by then); `current` is exchanged by a rename, which the file
system does at once or not at all; the parent folder is fsynced, so that a power cut cannot undo the exchange. A run that
dies before the exchange leaves `current` as it was and a staging folder that the next run sweeps.
"""

import fcntl
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa

from pipelines import __version__
from pipelines.deduplicate import History
from pipelines.deduplicate.history import COLUMNS as HISTORY_COLUMNS
from pipelines.errors import ReleaseError
from pipelines.parquet import read_table, write_table
from schemas import TABLE_VERSION
from schemas.derive import grain, table_schema

CURRENT = "current"
RELEASES = "releases"
_STAGING = ".staging-"
_LOCK = ".lock"


class Published(NamedTuple):
    """A release that `current` leads to, and whether it was not there before."""

    release_id: str
    path: Path
    is_new: bool


@contextmanager
def locked(processed: Path) -> Iterator[None]:
    """Hold the one lock of a processed folder; the kernel frees it when the process ends, however it ends.

    Raises:
        ReleaseError: another process holds it, or the folder cannot be written to.
    """
    with _told(processed, "cannot be written to"):
        processed.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(processed / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        with _told(processed, "cannot be locked"):
            _lock(processed, descriptor)
        yield
    finally:
        os.close(descriptor)


def _lock(processed: Path, descriptor: int) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        message = f"{processed}: another build is running here; try again when it is done"
        raise ReleaseError(message) from error


@contextmanager
def _told(processed: Path, what: str) -> Iterator[None]:
    """What the operating system refuses becomes one line: where, what, and its own reason."""
    try:
        yield
    except OSError as error:
        message = f"{error.filename or processed}: {what}: {error.strerror or error}"
        raise ReleaseError(message) from error


def publish(processed: Path, tables: Mapping[str, pa.Table], report: Mapping[str, Any]) -> Published:
    """Publish tables and report as one release; the same content gives the same release.

    The caller holds the lock.

    Raises:
        ReleaseError: a file could not be written, or did not read back as it was written; `current` is as it was.
    """
    staging = processed / f"{_STAGING}{os.getpid()}"
    with _told(processed, "not published"):
        _sweep(processed)
        try:
            manifest = _stage(staging, tables, report)
            release_id: str = manifest["release_id"]
            path = processed / RELEASES / release_id
            is_new = not _is_whole(path, manifest["files"])
            if is_new:
                path.parent.mkdir(exist_ok=True)
                if _exists(path):  # damaged since it was published; what was staged is the same release, whole
                    path.rename(processed / f"{_STAGING}damaged")
                staging.rename(path)
                _fsync(path.parent)
            _sweep(processed)  # the staged copy of a release that is there already, or the damaged one
            is_switched = _switch(processed, release_id)
        except BaseException:
            with suppress(OSError):
                _sweep(processed)
            raise
    return Published(release_id, path, is_new or is_switched)


def _is_whole(path: Path, files: Mapping[str, Mapping[str, Any]]) -> bool:
    """Whether a release is there, and each of its files is what the manifest says."""
    return _exists(path) and all(
        _exists(path / name) and _fingerprint(path / name)["sha256"] == facts["sha256"] for name, facts in files.items()
    )


def _exists(path: Path) -> bool:
    """Whether there is something of this name; unlike `Path.exists`, an error of the file system is not a no."""
    try:
        path.lstat()
    except FileNotFoundError:
        return False
    return True


def _sweep(processed: Path) -> None:
    """Remove what a run that died left behind; links are removed, never followed."""
    for orphan in processed.glob(f"{_STAGING}*"):
        if orphan.is_symlink() or not orphan.is_dir():
            orphan.unlink()
        else:
            shutil.rmtree(orphan)


def _stage(staging: Path, tables: Mapping[str, pa.Table], report: Mapping[str, Any]) -> dict[str, Any]:
    """Write all files of a release, read the tables back, and return the manifest written last."""
    staging.mkdir()
    files: dict[str, dict[str, Any]] = {}
    for name, table in tables.items():
        path = staging / f"{name}.parquet"
        write_table(name, table, path)
        files[path.name] = {**_fingerprint(path), "rows": table.num_rows, "table_version": TABLE_VERSION}
    for name, content in (("report.json", report), ("datapackage.json", _descriptor(files))):
        path = staging / name
        path.write_text(_json(content), encoding="utf-8")
        files[name] = _fingerprint(path)
    for name in files:
        _fsync(staging / name)
    for name, table in tables.items():
        _read_back(staging / f"{name}.parquet", table)
    manifest = {
        "release_id": _release_id(files),
        "code_version": __version__,
        "table_version": TABLE_VERSION,
        "inputs": _inputs(tables["pages"]),
        "files": files,
    }
    (staging / "manifest.json").write_text(_json(manifest), encoding="utf-8")
    _fsync(staging / "manifest.json")
    _fsync(staging)
    return manifest


def _read_back(path: Path, table: pa.Table) -> None:
    try:
        is_equal = read_table(path).equals(table)
    except pa.ArrowException as error:
        message = f"{path.name}: does not read back: {error}"
        raise ReleaseError(message) from error
    if not is_equal:
        message = f"{path.name}: reads back differently from what was written"
        raise ReleaseError(message)


def _release_id(files: Mapping[str, Mapping[str, Any]]) -> str:
    """From the content of every file, so that equal content is one release."""
    listing = "".join(f"{files[name]['sha256']}  {name}\n" for name in sorted(files))
    return f"r1-{sha256(listing.encode()).hexdigest()[:16]}"


def _inputs(pages: pa.Table) -> dict[str, Any]:
    """What was read: `sha256` is that of the listing `sha256sum` would print for all pages, sorted by path."""
    rows = sorted(zip(pages.column("source_path").to_pylist(), pages.column("source_sha256").to_pylist(), strict=True))
    listing = "".join(f"{digest}  {path}\n" for path, digest in rows)
    return {
        "pages": pages.num_rows,
        "bytes": sum(pages.column("source_bytes").to_pylist()),
        "sha256": sha256(listing.encode()).hexdigest(),
    }


def _descriptor(files: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The Frictionless Data Package v2 descriptor of the tables."""
    resources = []
    for file_name, facts in files.items():
        name, _, kind = file_name.partition(".")
        if kind == "parquet":
            resources.append({
                "name": name, "type": "table", "path": file_name, "format": "parquet", "mediatype": "application/vnd.apache.parquet",
                "description": grain(name), "bytes": facts["bytes"], "hash": f"sha256:{facts['sha256']}", "schema": table_schema(name),
            })  # fmt: skip
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "archive-listings",
        "title": "Documents found in saved listing pages",
        "version": TABLE_VERSION,
        "resources": resources,
    }


def _fingerprint(path: Path) -> dict[str, Any]:
    data = path.read_bytes()
    return {"sha256": sha256(data).hexdigest(), "bytes": len(data)}


def _json(content: Mapping[str, Any]) -> str:
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def _fsync(path: Path) -> None:
    """Make a file, or the names in a folder, outlive a power cut."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _switch(processed: Path, release_id: str) -> bool:
    """Let `current` lead to a release, in one step; False where it already does.

    Where the exchange cannot be made to last, it is taken back.
    """
    current = processed / CURRENT
    target = f"{RELEASES}/{release_id}"
    before = os.readlink(current) if current.is_symlink() else None  # noqa: PTH115 the text of the link is compared
    if before == target:
        return False
    _exchange(processed, target)
    try:
        _fsync(processed)
    except OSError:
        if before is None:
            current.unlink()
        else:
            _exchange(processed, before)
        raise
    return True


def _exchange(processed: Path, target: str) -> None:
    """Replace the link `current` by one that leads elsewhere; a reader finds either the one or the other."""
    waiting = processed / f"{_STAGING}{CURRENT}"
    waiting.symlink_to(target)
    waiting.replace(processed / CURRENT)


def read_history(processed: Path) -> History:
    """What the current release published; empty where there is none.

    Raises:
        ReleaseError: there is a release that cannot be read; building on would lose its ids.
    """
    current = processed / CURRENT
    try:
        if not _exists(current):
            return History()
        entries = read_table(current / "entries.parquet", list(HISTORY_COLUMNS))
        redirects = read_table(current / "id_redirects.parquet")
    except (OSError, pa.ArrowException) as error:
        message = f"{current}: the release before cannot be read, so its ids would be lost (remove the link to build without it): {error}"
        raise ReleaseError(message) from error
    return History(
        entries=entries,
        redirects=dict(zip(*(redirects.column(name).to_pylist() for name in redirects.column_names), strict=True)),
    )
