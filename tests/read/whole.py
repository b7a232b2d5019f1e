"""A file read as a build reads it, and the law that each of its lines meets one fate."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from pipelines.extract import DeclaredLayout, read_page
from pipelines.read import Source, read_source
from pipelines.records import Issue, PageReading, PageText
from pipelines.settings import LIMITS

ENTRY, FURNITURE, ISSUE, BLANK = 1, 2, 3, 4


def read_file(
    path: Path, source_path: str, declared: Sequence[DeclaredLayout] = ()
) -> Iterator[tuple[PageText, PageReading] | Issue]:
    """Every page of a file with its reading, and every issue of what is none."""
    for found in read_source(Source(str(path), source_path), LIMITS):
        yield found if isinstance(found, Issue) else (found, read_page(found, declared))


def told(found: tuple[PageText, PageReading] | Issue) -> object:
    """What is compared when a file is read twice."""
    return found if isinstance(found, Issue) else found[1]


def broken_law(text: PageText, reading: PageReading) -> str | None:
    """What is wrong with the ledger of a page: a line with no fate or with two, or a wrong count; None if nothing is."""
    fates = bytearray(len(text.lines) + 2)
    spans = [(entry.line_first, entry.line_last, ENTRY) for entry in reading.entries]
    spans += [(span.line_first, span.line_last, FURNITURE) for span in reading.furniture]
    spans += [
        (issue.line_first, issue.line_last or issue.line_first, ISSUE)
        for issue in reading.issues
        if issue.raw_text is not None and issue.line_first
    ]
    for first, last, fate in spans:
        if not 1 <= first <= last <= len(text.lines):
            return f"lines {first} to {last} of {len(text.lines)}"
        for line in range(first, last + 1):
            if fates[line]:
                return f"line {line} has two fates"
            fates[line] = fate
    for number, line in enumerate(text.lines, 1):
        if not line.strip():
            fates[number] = BLANK
    missing = fates.find(0, 1, -1)
    if missing > 0:
        return f"line {missing} has no fate: {text.lines[missing - 1][:80]!r}"
    expected = (len(text.lines), *(fates.count(fate) for fate in (ENTRY, FURNITURE, ISSUE, BLANK)))
    ledger = reading.ledger
    actual = (
        ledger.line_count,
        ledger.entry_line_count,
        ledger.furniture_line_count,
        ledger.issue_line_count,
        ledger.blank_line_count,
    )
    return None if actual == expected else f"the ledger says {actual}, the lines {expected}"
