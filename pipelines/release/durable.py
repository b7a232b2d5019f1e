"""Files that outlive a power cut, and what identifies their bytes."""

import json
import os
from collections.abc import Mapping
from hashlib import file_digest
from pathlib import Path
from typing import Any

from pipelines.release.places import STAGING


def fsync(path: Path) -> None:
    """Make a file, or the names in a folder, outlive a power cut."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def exchange_text(path: Path, text: str) -> None:
    """Replace a file by another text at once; a reader, and a run after a power cut, finds the one or the other."""
    exchange_bytes(path, text.encode())


def exchange_bytes(path: Path, content: bytes) -> None:
    """Replace a file by other content, in the same way."""
    waiting = path.with_name(f"{STAGING}{path.name}")
    waiting.write_bytes(content)
    fsync(waiting)
    waiting.replace(path)
    fsync(path.parent)


def exchange_link(path: Path, target: str) -> None:
    """Let a link lead elsewhere at once; the folder that it stands in is not yet synced."""
    waiting = path.with_name(f"{STAGING}{path.name}")
    waiting.symlink_to(target)
    waiting.replace(path)


def fingerprint(path: Path) -> dict[str, Any]:
    """SHA-256 and size of a file's bytes."""
    with path.open("rb") as file:
        return {"sha256": file_digest(file, "sha256").hexdigest(), "bytes": file.tell()}


def json_text(content: Mapping[str, Any]) -> str:
    """How every JSON file of a release is written: the same content gives the same bytes."""
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"
