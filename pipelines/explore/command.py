"""The command `explorer`: the page of any release, written where it is wanted."""

import json
import shutil
import sys
import webbrowser
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.compare.choosing import choose_releases
from pipelines.errors import ReleaseError
from pipelines.explore.inline import EXPLORER, fits_in_a_page, make_inline
from pipelines.explore.shards import write_shards
from pipelines.published import Release
from pipelines.release.durable import exchange_bytes
from pipelines.release.places import MANIFEST, RELEASE_ID, STAGING
from pipelines.settings import EXPLORER_LIMITS
from schemas.declared import table_names
from schemas.derive import arrow_schema

FOLDER = "explorer"


@dataclass(frozen=True, slots=True)
class ExplorerSettings:
    """Which release the page is of, the folder that it is written into, and whether a browser opens it."""

    processed: Path
    release: str
    output: Path
    opens: bool = False
    is_json: bool = False


def explore(settings: ExplorerSettings) -> Path:
    """Write the page of a release and say where it is; returns its path.

    Raises:
        UsageError: there is no release of that name.
        ReleaseError: it cannot be read, or the page not be written.
    """
    release, _ = choose_releases(settings.processed, settings.release, settings.release)
    try:
        settings.output.mkdir(parents=True, exist_ok=True)
        told = write_explorer(release, settings.output)
    except (OSError, pa.ArrowException) as error:
        message = f"{settings.output}: no explorer written: {error}"
        raise ReleaseError(message) from error
    page = settings.output / EXPLORER
    said = {"status": "written", **told, "paths": {"explorer": str(page)}}
    if settings.is_json:
        sys.stdout.write(json.dumps(said, indent=2) + "\n")
    else:
        beside = (
            f", with its data in {settings.output / FOLDER / told['release_id']}" if told["form"] == "shards" else ""
        )
        sys.stdout.write(f"{page}: {told['documents']:,} documents of {told['release_id']}{beside}\n")
    if settings.opens:
        webbrowser.open(page.resolve().as_uri())
    return page


def write_explorer(release: Path, output: Path) -> dict[str, Any]:
    """Write the page into a folder, what it needs first and the page last; what an earlier page had beside it goes.

    Raises:
        ReleaseError: a table is not as this version publishes it.
        OSError, pyarrow.ArrowException: a table cannot be read, or a file not be written.
    """
    documents, release_id = _checked(release), _id_of(release)
    beside = output / FOLDER
    tables = Release(release)
    read = {name: tables.table(name) for name in table_names()} if documents <= EXPLORER_LIMITS.documents else {}
    is_inline = bool(read) and fits_in_a_page(read)
    page = make_inline(read) if is_inline else _beside(release, release_id, beside)
    exchange_bytes(output / EXPLORER, page)
    _sweep(beside, "" if is_inline else release_id)
    return {
        "release_id": release_id,
        "documents": documents,
        "form": "inline" if is_inline else "shards",
        "bytes": len(page),
    }


def _checked(release: Path) -> int:
    """How many documents a release has, whose tables are those of this version."""
    for name in table_names():
        path = release / f"{name}.parquet"
        if not pq.read_schema(path).equals(arrow_schema(name)):
            message = f"{path}: not the columns that this version publishes; build anew"
            raise ReleaseError(message)
    return int(pq.read_metadata(release / "documents.parquet").num_rows)


def _id_of(release: Path) -> str:
    """The id that a release says it has, for its folder may be called otherwise."""
    try:
        found = json.loads((release / MANIFEST).read_bytes())["release_id"]
    except (ValueError, TypeError, KeyError):
        found = None
    if not isinstance(found, str) or not RELEASE_ID.fullmatch(found):
        message = f"{release / MANIFEST}: names no release"
        raise ReleaseError(message)
    return found


def _beside(release: Path, release_id: str, beside: Path) -> bytes:
    """Write the data beside the page, under the name of its release once it is whole."""
    waiting = beside / f"{STAGING}{release_id}"
    shutil.rmtree(waiting, ignore_errors=True)
    waiting.mkdir(parents=True)
    page = write_shards(release, release_id, waiting)
    shutil.rmtree(beside / release_id, ignore_errors=True)
    waiting.rename(beside / release_id)
    return page


def _sweep(beside: Path, kept: str) -> None:
    """Remove the data of other releases; whatever has another name is not ours."""
    for path in beside.iterdir() if beside.is_dir() else ():
        name = path.name.removeprefix(STAGING)
        if RELEASE_ID.fullmatch(name) and path.name != kept:
            shutil.rmtree(path)
    if beside.is_dir() and not kept and not any(beside.iterdir()):
        beside.rmdir()
