"""What a stage had in hand: counts of its results, found without a second look at the data."""

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any


def counts_of(stage: str, result: Any) -> dict[str, int]:  # noqa: ANN401 each stage has results of its own kind
    """Counts of one stage's result, by name; none of a stage that is not known."""
    return _COUNTS[stage](result) if stage in _COUNTS else {}


def counts_of_shards(stage: str, pieces: Sequence[Any], results: Sequence[Any]) -> dict[str, int]:
    """Counts of a stage that went over pieces; those of reading are shards of files, each with its readings."""
    if stage != "read pages":
        return {"pieces": len(pieces)}
    readings = [reading for shard in results for reading in shard]
    pages = [page for reading in readings for page in reading.pages]
    return {
        "files": len(readings),
        "bytes": sum(_size(source.path) for shard in pieces for source in shard),
        "pages": len(pages),
        "entries": sum(len(page.entries) for page in pages),
    }


def _of_files(result: Any) -> dict[str, int]:  # noqa: ANN401 as above
    sources, issues = result
    return {"files": len(sources), "issues": len(issues)}


def _of_tables(result: Any) -> dict[str, int]:  # noqa: ANN401 as above
    tables = result.tables
    named = {name: tables[name].num_rows for name in ("entries", "documents", "matches", "issues")}
    return {**named, "rows": sum(table.num_rows for table in tables.values())}


def _of_release(result: Any) -> dict[str, int]:  # noqa: ANN401 as above
    published, _ = result
    with suppress(OSError):
        sizes = [file.stat().st_size for file in Path(published.path).iterdir()]
        return {"files": len(sizes), "bytes": sum(sizes)}
    return {}


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size  # noqa: PTH116 a path is made for each file of raw
    except OSError:
        return 0


_COUNTS: dict[str, Callable[[Any], dict[str, int]]] = {
    "find pages": _of_files,
    "tell documents apart": _of_tables,
    "publish": _of_release,
}
