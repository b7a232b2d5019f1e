"""What the release before published, so that its ids stay."""

from pathlib import Path

import pyarrow as pa

from pipelines.deduplicate import Before, History
from pipelines.deduplicate.history import COLUMNS as HISTORY_COLUMNS
from pipelines.errors import ReleaseError
from pipelines.parquet import read_table
from pipelines.release.places import CURRENT, exists


def read_history(processed: Path, before: Before | None = None) -> History:
    """What the current release published; empty where there is none. `before` are its tables, where they are read already.

    Raises:
        ReleaseError: there is a release that cannot be read; building on would lose its ids.
    """
    current = processed / CURRENT
    try:
        if not exists(current):
            return History()
        names = list(HISTORY_COLUMNS)
        entries = before.entries.select(names) if before else read_table(current / "entries.parquet", names)
        redirects = read_table(current / "id_redirects.parquet")
    except (OSError, pa.ArrowException) as error:
        message = (
            f"{current}: the release before cannot be read, so its ids would be lost (`archive-listings rollback` leads to "
            f"the one before it; remove the link to build without any): {error}"
        )
        raise ReleaseError(message) from error
    return History(
        entries=entries,
        redirects=dict(zip(*(redirects.column(name).to_pylist() for name in redirects.column_names), strict=True)),
    )
