"""Reading bytes as if they were a file of raw."""

from pathlib import Path

from pipelines.read.capture import Capture
from pipelines.read.containers import captures_of
from pipelines.read.sources import Source
from pipelines.records import Issue
from pipelines.settings import LIMITS, ReadLimits


def read(folder: Path, data: bytes, name: str = "file", limits: ReadLimits = LIMITS) -> list[Capture | Issue]:
    path = folder / "file-being-read"
    path.write_bytes(data)
    return list(captures_of(Source(str(path), name), limits))


def pages(found: list[Capture | Issue]) -> list[tuple[str, bytes]]:
    return [(each.source_path, each.data) for each in found if isinstance(each, Capture)]


def issues(found: list[Capture | Issue]) -> list[tuple[str, str]]:
    return [(each.problem, each.message) for each in found if isinstance(each, Issue)]
