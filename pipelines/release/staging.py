"""Staging: all files of a release, written into a folder that no reader knows, made to last, and read back."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipelines import __version__
from pipelines.errors import ReleaseError
from pipelines.parquet import read_table, write_table
from pipelines.release.durable import fingerprint, fsync, json_text
from pipelines.release.manifest import Files, make_descriptor, make_manifest
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
    for name, text in _texts(report, files):
        path = folder / name
        path.write_text(text, encoding="utf-8")
        files[name] = fingerprint(path)
    for name in files:
        fsync(folder / name)
    for name, table in tables.items():
        _read_back(folder / f"{name}.parquet", table)
    manifest = make_manifest(files, tables["pages"], __version__)
    (folder / MANIFEST).write_text(json_text(manifest), encoding="utf-8")
    fsync(folder / MANIFEST)
    fsync(folder)
    return str(manifest["release_id"])


def _texts(report: Mapping[str, Any], files: Files) -> Iterator[tuple[str, str]]:
    """What is written beside the tables: the report, for programs and for people, and the descriptor of the tables."""
    from pipelines.report.rendering import render_report  # noqa: PLC0415 jinja2 is imported where a page is made

    said = json_text(report)
    yield "report.json", said
    # Of what a program reads back, so that whoever has the one can make the other.
    yield "report.html", render_report(json.loads(said))
    yield "datapackage.json", json_text(make_descriptor(files, __version__))


def _read_back(path: Path, table: pa.Table) -> None:
    try:
        is_equal = read_table(path).equals(table)
    except pa.ArrowException as error:
        message = f"{path.name}: does not read back: {error}"
        raise ReleaseError(message) from error
    if not is_equal:
        message = f"{path.name}: reads back differently from what was written"
        raise ReleaseError(message)
