"""What is known of each release without reading its tables."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from pipelines.release.order import before, read_order
from pipelines.release.places import MANIFEST, RELEASES, current_release
from pipelines.release.tags import read_tags


class ListedRelease(NamedTuple):
    """A release that is there. The counts are null where its manifest cannot be read."""

    release_id: str
    published_at: str
    documents: int | None
    entries: int | None
    tags: list[str]
    is_current: bool
    is_before_current: bool


def list_releases(processed: Path) -> list[ListedRelease]:
    """Every release that is there, the newest first.

    Raises:
        ReleaseError: the folder cannot be read.
    """
    return list(_listed(processed))


def _listed(processed: Path) -> Iterator[ListedRelease]:
    order, tags, current = read_order(processed), read_tags(processed), current_release(processed)
    earlier = before([recorded.release_id for recorded in order], current) if current else None
    for release_id, published_at in reversed(order):
        files = _files(processed / RELEASES / release_id)
        documents, entries = (_rows(files, name) for name in ("documents", "entries"))
        own = [name for name, tagged in tags.items() if tagged == release_id]
        where = (release_id == current, release_id == earlier)
        yield ListedRelease(release_id, published_at, documents, entries, own, *where)


def _files(release: Path) -> dict[str, Any]:
    try:
        files = json.loads((release / MANIFEST).read_bytes())["files"]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return files if isinstance(files, dict) else {}


def _rows(files: dict[str, Any], table: str) -> int | None:
    facts = files.get(f"{table}.parquet")
    rows = facts.get("rows") if isinstance(facts, dict) else None
    return rows if isinstance(rows, int) else None
