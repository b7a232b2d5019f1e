"""One mutated file, read twice as a build reads it, and what is wrong with that."""

import time
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from pipelines.extract import DeclaredLayout, read_declarations
from pipelines.problems import PROBLEMS
from pipelines.records import Issue, PageReading, PageText
from tests.fuzz.corpus import HOUSE
from tests.read.archives import Saved
from tests.read.whole import broken_law, read_file

MOST_SECONDS = 2.0
DECLARED = tuple(read_declarations(HOUSE / "docs" / "layouts"))


class Tried(NamedTuple):
    """What a file came to: pages and entries read, pages and files refused, seconds of the first reading, and what is wrong."""

    page_count: int = 0
    entry_count: int = 0
    refused_count: int = 0
    seconds: float = 0.0
    faults: tuple[str, ...] = ()


def tried(file: Saved, path: Path, declared: Sequence[DeclaredLayout] = DECLARED) -> Tried:
    """Read a file that is put at `path`; a fault is anything that no file may bring about."""
    path.write_bytes(file.data)
    try:
        start = time.process_time()
        first = list(read_file(path, file.name, declared))
        seconds = time.process_time() - start
        second = list(read_file(path, file.name, declared))
    except Exception:  # noqa: BLE001 that nothing is raised is what is tried
        return Tried(faults=(traceback.format_exc(limit=-4),))
    pages = [found for found in first if not isinstance(found, Issue)]
    faults = [law for text, reading in pages if (law := broken_law(text, reading))]
    faults += _faults_of_issues(first)
    if seconds > MOST_SECONDS:
        faults.append(f"took {seconds:.1f} s")
    if first != second:
        faults.append("read otherwise when read again")
    if not first:
        faults.append("neither a page nor a word")
    entry_count = sum(len(reading.entries) for _, reading in pages)
    refused = sum(1 for found in first if isinstance(found, Issue) or found[1].layout is None)
    return Tried(len(pages), entry_count, refused, seconds, tuple(faults))


def _faults_of_issues(found: Sequence[tuple[PageText, PageReading] | Issue]) -> list[str]:
    """Issues of unknown codes, and messages that could do harm on a terminal."""
    issues = [issue for each in found for issue in ([each] if isinstance(each, Issue) else each[1].issues)]
    faults = [f"unknown problem {problem}" for problem in sorted({issue.problem for issue in issues} - PROBLEMS.keys())]
    return faults + [f"message {issue.message[:200]!r}" for issue in issues if not issue.message.isprintable()][:1]
