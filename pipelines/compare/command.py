"""The command `diff`: two releases compared, for a person, for a program, or as a table."""

import json
import sys
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from pipelines.compare.changes import TABLE
from pipelines.compare.choosing import choose_releases
from pipelines.compare.comparison import Comparison, compare
from pipelines.compare.display import as_json, show_comparison
from pipelines.compare.side import load_side
from pipelines.errors import ReleaseError
from pipelines.parquet import write_table
from pipelines.wording import Sheet


@dataclass(frozen=True, slots=True)
class DiffSettings:
    """Which releases are compared (None: the one before the other; None: `current`), and how it is told."""

    processed: Path
    before: str | None = None
    after: str | None = None
    parquet: Path | None = None
    is_json: bool = False


def diff(settings: DiffSettings) -> Comparison:
    """Compare two releases and write what differs.

    Raises:
        UsageError: one of them is not there.
        ReleaseError: one cannot be read, or the table cannot be written.
    """
    before, after = choose_releases(settings.processed, settings.before, settings.after)
    found = compare(load_side(before), load_side(after))
    if settings.parquet:
        _write(found, settings.parquet)
    if settings.is_json:
        sys.stdout.write(json.dumps(as_json(found), indent=2) + "\n")
    else:
        show_comparison(Sheet(), found)
    return found


def _write(found: Comparison, path: Path) -> None:
    """Write the table of differences under a name beside the one asked for, and give it that name once it is whole."""
    waiting = path.with_name(f".{path.name}.part")
    try:
        write_table(TABLE, found.changes, waiting)
        waiting.replace(path)
    except (OSError, pa.ArrowException) as error:
        waiting.unlink(missing_ok=True)
        message = f"{path}: cannot be written: {error}"
        raise ReleaseError(message) from error
