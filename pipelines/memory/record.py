"""The record of the last build: what it was made of, and the release that it led to."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from pipelines.memory.store import folder_of, load, save
from pipelines.memory.walk import Stamp

_NAME = "last-build"
_FORMAT = 1


class Seen(NamedTuple):
    """A file of raw as the last build saw it: its stamp, whether that had settled, and the hash of its bytes where it was read."""

    stamp: Stamp
    is_settled: bool
    sha256: str | None


@dataclass(frozen=True, slots=True)
class Record:
    """What a build was made of, and what came of it.

    `settings`: what tells the settings; `rest`: what else lies below raw, and its kind; `manifest`: the hash of the
    release's manifest; `gate`: what the gate said.
    """

    code: str
    settings: Mapping[str, str | None]
    files: Mapping[str, Seen]
    rest: Mapping[str, str]
    release_id: str
    manifest: str
    gate: Mapping[str, Any]


def write_record(processed: Path, record: Record) -> None:
    """Replace the record.

    Raises:
        OSError: it cannot be written.
    """
    files = [[name, seen.sha256, seen.is_settled, *seen.stamp] for name, seen in record.files.items()]
    head = {
        "code": record.code, "settings": dict(record.settings), "rest": dict(record.rest),
        "release_id": record.release_id, "manifest": record.manifest, "gate": dict(record.gate),
    }  # fmt: skip
    content = json.dumps({"format": _FORMAT, **head, "files": files}, separators=(",", ":"))
    save(folder_of(processed) / _NAME, content.encode("ascii"))


def read_record(processed: Path) -> Record | None:
    """The record of the last build; None where there is none that can be believed."""
    content = load(folder_of(processed) / _NAME)
    if content is None:
        return None
    said = json.loads(bytes(content))
    if said.pop("format") != _FORMAT:
        return None
    files = {name: Seen(Stamp(*stamp), is_settled, digest) for name, digest, is_settled, *stamp in said.pop("files")}
    return Record(files=files, **said)
