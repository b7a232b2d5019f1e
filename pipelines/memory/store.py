"""Files that are safe to delete and are not believed without their hash: `processed/.cache`."""

import os
from hashlib import sha256
from pathlib import Path

FOLDER = ".cache"
_DIGEST_BYTES = 65  # 64 hex digits and a line end


def folder_of(processed: Path) -> Path:
    """Where a processed folder keeps what its builds remember."""
    return processed / FOLDER


def save(path: Path, content: bytes) -> None:
    """Write a file behind its hash, in one step: a reader finds the one before or this one.

    Nothing is flushed to the disk: what a power cut tears no longer agrees with its hash.

    Raises:
        OSError: it cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    waiting = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with waiting.open("wb") as file:
            file.write(sha256(content).hexdigest().encode() + b"\n")
            file.write(content)
        waiting.replace(path)
    except BaseException:
        waiting.unlink(missing_ok=True)
        raise


def load(path: Path) -> memoryview | None:
    """What was saved under a name; None where nothing is, or where it is not what was saved."""
    try:
        data = memoryview(path.read_bytes())
    except OSError:
        return None
    content = data[_DIGEST_BYTES:]
    return content if bytes(data[:_DIGEST_BYTES]) == sha256(content).hexdigest().encode() + b"\n" else None
