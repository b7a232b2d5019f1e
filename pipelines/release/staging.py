"""Staging: all files of a release, written into a folder that no reader knows, made to last, and read back."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipelines import __version__
from pipelines.errors import ReleaseError
from pipelines.parquet import read_table, write_table
from pipelines.release.contents import make_contents
from pipelines.release.durable import fingerprint, fsync, json_text
from pipelines.release.manifest import make_manifest
from pipelines.release.places import MANIFEST
from schemas import TABLE_VERSION


def stage(folder: Path, tables: Mapping[str, pa.Table], report: Mapping[str, Any]) -> str:
    """Write a whole release into a new folder, and return its id.

    The files are synced, then read back, then named in the manifest, then their names in the folder are synced: when this
    returns, the release is whole and outlives a power cut, though not yet under its name.

    Raises:
        OSError: a file could not be written.
        ReleaseError: a table did not read back as it was written.
    """
    folder.mkdir()
    files: dict[str, dict[str, Any]] = {}
    for name, table in tables.items():
        path = folder / f"{name}.parquet"
        write_table(name, table, path)
        files[path.name] = {**fingerprint(path), "rows": table.num_rows, "table_version": TABLE_VERSION}
    for name, content in make_contents(tables, report, files).items():
        (folder / name).write_bytes(content)
        files[name] = fingerprint(folder / name)
    for name in files:
        fsync(folder / name)
    for name, table in tables.items():
        _read_back(folder / f"{name}.parquet", table)
    manifest = make_manifest(files, tables["pages"], __version__)
    (folder / MANIFEST).write_text(json_text(manifest), encoding="utf-8")
    fsync(folder / MANIFEST)
    fsync(folder)
    return str(manifest["release_id"])


def _read_back(path: Path, table: pa.Table) -> None:
    try:
        is_equal = read_table(path).equals(table)
    except pa.ArrowException as error:
        message = f"{path.name}: does not read back: {error}"
        raise ReleaseError(message) from error
    if not is_equal:
        message = f"{path.name}: reads back differently from what was written"
        raise ReleaseError(message)
