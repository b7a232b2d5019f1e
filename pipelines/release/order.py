"""The order in which releases were published: `releases.jsonl`, a line for each release that is there, the newest last.

Why not in the releases: they are the same bytes whenever they are made. Why not the time of their folders: a copy, an archive
or a clock set back changes it, and what is oldest is removed. The file is replaced whole, so none of its lines is ever torn;
a line that is none all the same is left out. docs/decisions/0011-an-order-beside-the-releases.md
"""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from pipelines.release.durable import exchange_text
from pipelines.release.places import release_folders, told

ORDER = "releases.jsonl"


class Recorded(NamedTuple):
    """A release that is there, and when it was published, in UTC."""

    release_id: str
    published_at: str


def read_order(processed: Path) -> list[Recorded]:
    """Every release that is there, in the order in which they were last published, the newest last.

    Those that nothing is written about come first, by the time of their folders: they are from before this file, or it is lost.

    Raises:
        ReleaseError: the folder cannot be read.
    """
    with told(processed, "the order of releases cannot be read"):
        written = _written(processed)
        folders = release_folders(processed)
        unwritten = sorted((path.stat().st_mtime, path.name) for path in folders if path.name not in written)
    there = {path.name for path in folders}
    return [
        *(Recorded(name, _time_text(datetime.fromtimestamp(seconds, UTC))) for seconds, name in unwritten),
        *(recorded for name, recorded in written.items() if name in there),
    ]


def release_before(processed: Path, release_id: str) -> str | None:
    """The release published before one that is there; None where there is none.

    Raises:
        ReleaseError: the folder cannot be read.
    """
    return before([recorded.release_id for recorded in read_order(processed)], release_id)


def before(ids: list[str], release_id: str) -> str | None:
    """The id before another; None where there is none.

    >>> before(["a", "b", "c"], "b"), before(["a", "b", "c"], "a"), before(["a", "b", "c"], "d")
    ('a', None, None)
    """
    at = ids.index(release_id) if release_id in ids else 0
    return ids[at - 1] if at else None


def record(processed: Path, release_id: str) -> None:
    """Write down that a release is the newest, from now on; it need not be there yet.

    Raises:
        OSError: it cannot be written, and what was written before stands.
    """
    order = [recorded for recorded in read_order(processed) if recorded.release_id != release_id]
    order.append(Recorded(release_id, _time_text(datetime.now(UTC))))
    lines = [json.dumps(recorded._asdict()) + "\n" for recorded in order]
    exchange_text(processed / ORDER, "".join(lines))


def _written(processed: Path) -> dict[str, Recorded]:
    """What the file says, line by line; of several lines on one release the last counts."""
    try:
        lines = (processed / ORDER).read_bytes().decode("utf-8", "replace").splitlines()
    except FileNotFoundError:
        return {}
    written: dict[str, Recorded] = {}
    for line in lines:
        try:
            said = json.loads(line)
            recorded = Recorded(str(said["release_id"]), _time_text(datetime.fromisoformat(said["published_at"])))
        except (ValueError, TypeError, KeyError):
            continue
        written.pop(recorded.release_id, None)
        written[recorded.release_id] = recorded
    return written


def _time_text(time: datetime) -> str:
    return f"{time.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
