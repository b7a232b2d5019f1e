"""Whether a build would find exactly what the last one found: known without importing what builds (pandas takes half a second)."""

import json
import os
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from pipelines.memory.digests import digest_of_code, digest_of_file, digest_of_raw
from pipelines.memory.record import Record, Seen, read_record, write_record
from pipelines.memory.walk import Item, walk
from pipelines.release.places import CURRENT, MANIFEST, RELEASES, STAGING

NOTHING_BUILT = "nothing changed, so nothing was built"


def find_unchanged(raw: Path, processed: Path, settings: Mapping[str, str | None]) -> Record | None:
    """The record of the release that `current` leads to, where it is whole and building it again would find nothing new; else None.

    A file whose stamp is as it was, and had settled when it was taken, counts as unchanged without being read; any other is
    read and its hash compared. Nothing is locked: what is said is true of the moment in which it was looked at.
    """
    try:
        record = read_record(processed)
        if record is None or not _is_made_of(record, settings) or not is_whole(processed, record):
            return None
        if any(processed.glob(f"{STAGING}*")):
            return None  # a run that died left something to sweep
        now = time.time_ns()
        files = _files(record, raw, walk(os.fspath(raw)), now)
        if files is None:
            return None
        if files != record.files:
            _renew(processed, replace(record, files=files))
    except OSError:
        return None  # the build will meet it again, and say what it is
    return record


def _is_made_of(record: Record, settings: Mapping[str, str | None]) -> bool:
    return record.settings == settings and record.code == digest_of_code()


def is_whole(processed: Path, record: Record) -> bool:
    """Whether `current` leads to the recorded release, and each of its files has the bytes that its manifest names."""
    release = processed / CURRENT
    if os.path.basename(os.readlink(release)) != record.release_id:  # noqa: PTH115, PTH119 the text of the link is compared
        return False
    if digest_of_file(release / MANIFEST) != record.manifest:
        return False
    files = json.loads((release / MANIFEST).read_bytes())["files"]
    return all(digest_of_file(release / name) == facts["sha256"] for name, facts in files.items())


def _files(record: Record, raw: Path, items: list[Item], now: int) -> dict[str, Seen] | None:
    """The files of raw as they are seen now; None where one of them, or what else lies there, is not what it was."""
    if {item.name: item.kind for item in items if item.stamp is None} != record.rest:
        return None
    seen: dict[str, Seen] = {}
    for name, stamp, _ in items:
        if stamp is None:
            continue
        before = record.files.get(name)
        if before is None:
            return None
        if before.is_settled and before.stamp == stamp:
            seen[name] = before
            continue
        if before.sha256 is None or before.stamp.size != stamp.size:
            return None
        if digest_of_raw(raw / name) != before.sha256:
            return None
        seen[name] = Seen(stamp, stamp.is_settled(now), before.sha256)
    return seen if len(seen) == len(record.files) else None


def _renew(processed: Path, record: Record) -> None:
    """Remember the stamps of files that were read again and are the same, so that they need not be read once more."""
    try:
        write_record(processed, record)
    except OSError:
        return  # a folder that cannot be written to takes nothing from what was found


def unchanged_lines(record: Record, processed: Path) -> Iterator[str]:
    """What a person reads where nothing changed."""
    yield f"Release {record.release_id} is unchanged: nothing new was published"
    yield ""
    yield f"  The {len(record.files):,} files of raw are those it was built from, and so are settings, judgements, code and libraries."
    yield f"  {processed / 'current'} is whole. --fresh builds all the same."


def unchanged_as_json(record: Record, processed: Path) -> dict[str, Any]:
    """The same for a program, in the form in which every build answers."""
    current = processed / CURRENT
    release = processed / RELEASES / record.release_id
    return {
        "status": "unchanged",
        "release_id": record.release_id,
        "is_new": False,
        "swept": [],
        "how": NOTHING_BUILT,
        "paths": {
            "current": str(current),
            "release": str(release),
            "report": str(current / "report.json"),
            "page": str(processed / "report.html"),
        },
        "gate": record.gate,
        "report": json.loads((release / "report.json").read_bytes()),
    }
