"""The command `export`: a release as files of another kind."""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipelines.errors import UsageError
from pipelines.export.csv_files import write_csv
from pipelines.export.database import require_duckdb, write_database
from pipelines.export.placing import whole_files
from pipelines.published import Release
from pipelines.release.places import RELEASES
from pipelines.release.tags import find_release
from schemas.declared import table_names


@dataclass(frozen=True, slots=True)
class ExportSettings:
    """Which release and tables (none named: all) are written where, as CSV or as a DuckDB file, and how it is told."""

    processed: Path
    release: str = "current"
    csv: Path | None = None
    duckdb: Path | None = None
    tables: tuple[str, ...] = ()
    is_for_excel: bool = False
    is_forced: bool = False
    is_json: bool = False


def export(settings: ExportSettings) -> None:
    """Write the tables, and say what was written.

    Raises:
        UsageError: there is no such release or table, a file is there already, or DuckDB is asked for and not installed.
        ReleaseError: the release cannot be read.
        ExportError: what is asked for cannot be written.
    """
    names = _tables(settings)
    target = settings.csv or settings.duckdb
    if target is None:
        message = "nothing to write: --csv or --duckdb says what and where"
        raise UsageError(message)
    if settings.is_for_excel and settings.duckdb:
        message = "--excel belongs to --csv"
        raise UsageError(message)
    if target.resolve().is_relative_to(settings.processed.resolve()):
        message = f"{target}: lies in the folder of releases, in which only releases are written"
        raise UsageError(message)
    release = Release(settings.processed / RELEASES / find_release(settings.processed, settings.release))
    files = (
        _write_csv(settings, release, names, target)
        if settings.csv
        else _write_duckdb(settings, release, names, target)
    )
    _tell(settings, release.release_id, files)


def _tables(settings: ExportSettings) -> list[str]:
    """The tables asked for, in the order in which they are declared."""
    declared = table_names()
    unknown = [name for name in settings.tables if name not in declared]
    if unknown:
        message = f"--table {unknown[0]!r}: no such table; there are: {', '.join(declared)}"
        raise UsageError(message)
    return [name for name in declared if name in settings.tables or not settings.tables]


def _write_csv(settings: ExportSettings, release: Release, names: list[str], folder: Path) -> list[dict[str, Any]]:
    """Write a file for each table, one after another, so that no more than one is in memory for it."""
    if folder.exists() and not folder.is_dir():
        message = f"{folder}: is no folder; --csv names the folder that the files go to"
        raise UsageError(message)
    with whole_files(folder, [f"{name}.csv" for name in names], is_forced=settings.is_forced) as waiting:
        for name in names:
            write_csv(release.table(name), waiting / f"{name}.csv", is_for_excel=settings.is_for_excel)
    return list(_described(folder, release, {f"{name}.csv": [name] for name in names}))


def _write_duckdb(settings: ExportSettings, release: Release, names: list[str], path: Path) -> list[dict[str, Any]]:
    if path.is_dir():
        message = f"{path}: is a folder; --duckdb names the file that is written"
        raise UsageError(message)
    require_duckdb()
    tables: dict[str, pa.Table] = {name: release.table(name) for name in names}
    with whole_files(path.parent, [path.name], is_forced=settings.is_forced) as waiting:
        write_database(tables, waiting / path.name)
    return list(_described(path.parent, release, {path.name: names}))


def _described(folder: Path, release: Release, files: dict[str, list[str]]) -> Iterator[dict[str, Any]]:
    for file_name, names in files.items():
        path = folder / file_name
        rows = {name: release.table(name).num_rows for name in names}
        yield {"path": str(path), "bytes": path.stat().st_size, "rows": rows}


def _tell(settings: ExportSettings, release_id: str, files: list[dict[str, Any]]) -> None:
    if settings.is_json:
        kind = "csv" if settings.csv else "duckdb"
        sys.stdout.write(
            json.dumps({"release_id": release_id, "kind": kind, "files": files}, indent=2, ensure_ascii=False) + "\n"
        )
        return
    tables = sum(len(file["rows"]) for file in files)
    rows = sum(sum(file["rows"].values()) for file in files)
    size = sum(file["bytes"] for file in files)
    where = settings.csv or settings.duckdb
    sys.stdout.write(f"Release {release_id} is exported to {where}: {tables} tables, {rows:,} rows, {size:,} bytes\n")
