"""What a person says of pages that do not say it themselves: `pages.csv` at the top of raw, a line a page.

Columns `path` (as in `pages.source_path`), `url`, `captured_at`, `note`, named by a header. Every cell is text: a spreadsheet's
formula is what it looks like.
"""

import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time
from pathlib import Path
from typing import NamedTuple

from pipelines.addresses import page_address
from pipelines.read.side_file_cells import read_address_cell, read_note_cell, read_time_cell
from pipelines.read.side_file_rows import Row, RowsError, open_rows
from pipelines.records import Issue, Page
from pipelines.settings import LIMITS, ReadLimits
from pipelines.text import one_line

SIDE_FILE = "pages.csv"
# A file of another kind by this name would give an issue a line.
_MOST_DOUBTS = 1_000


class Said(NamedTuple):
    """What the side file says of one page, and the line where."""

    url: str | None
    captured_at: datetime | None
    note: str | None
    line: int


@dataclass(frozen=True, slots=True)
class SideFile:
    """What the side file says, by the path of the page that it says it of."""

    rows: Mapping[str, Said] = field(default_factory=dict)

    def of(self, source_path: str) -> Said | None:
        """What it says of a page; None where it says nothing."""
        return self.rows.get(_key(source_path)) if self.rows else None

    def unused(self, paths: Collection[str]) -> list[Issue]:
        """The lines whose path is none of these pages, as issues in the order of the file."""
        known = {_key(path) for path in paths}
        strays = sorted((said.line, path) for path, said in self.rows.items() if path not in known)
        issues = [doubt(line, "no page in raw has this path", path) for line, path in strays[:_MOST_DOUBTS]]
        if len(strays) > _MOST_DOUBTS:
            line, path = strays[_MOST_DOUBTS]
            issues.append(doubt(line, f"{len(strays) - _MOST_DOUBTS} more paths that no page has, from here on", path))
        return issues


def read_side_file(raw: Path, limits: ReadLimits = LIMITS) -> tuple[SideFile, list[Issue]]:
    """What `pages.csv` says, and an issue for each line or cell of it that cannot be used; never raises.

    Of a path that stands twice the first line counts. Without the file nothing is said, and nothing is wrong.
    """
    try:
        rows = open_rows(raw / SIDE_FILE, limits)
    except RowsError as error:
        return SideFile(), [Issue(error.problem, f"{SIDE_FILE}:{error}", source_path=SIDE_FILE)]
    if rows is None:
        return SideFile(), []
    said: dict[str, Said] = {}
    issues: list[Issue] = []
    if rows.unknown:
        issues.append(doubt(rows.header_line, "columns that are not known, and not read", ", ".join(rows.unknown)))
    for row in rows.rows:
        issues += _take(row, said)
        if len(issues) >= _MOST_DOUBTS:
            message = f"{SIDE_FILE}:{row.line}: the rest is not read: {len(issues)} lines before are no such lines"
            issues.append(Issue("side_file_unread", message, source_path=SIDE_FILE, line_first=row.line))
            return SideFile(said), issues
    if rows.left_out:
        message = f"{SIDE_FILE}:{rows.left_out}: the rest is not read: more than {limits.side_file_rows} lines"
        issues.append(Issue("side_file_unread", message, source_path=SIDE_FILE, line_first=rows.left_out))
    return SideFile(said), issues


def known(side_file: SideFile, page: Page) -> Page:
    """The page with what the side file says of it; what the page's container knows of address and time counts before that."""
    said = side_file.of(page.source_path)
    if said is None:
        return page
    return replace(
        page,
        url=page.url or said.url,
        captured_at=page.captured_at or said.captured_at,
        note=page.note or said.note,
    )


def contradictions(side_file: SideFile, page: Page) -> Iterator[Issue]:
    """Where the container of a page, as it was before `known`, and the side file say different things."""
    said = side_file.of(page.source_path)
    if said is None:
        return
    if page.url and said.url and page_address(page.url) != page_address(said.url):
        yield _contradiction(page, said.line, said.url, page.url)
    if page.captured_at and said.captured_at and not _may_be_one(page.captured_at, said.captured_at):
        yield _contradiction(page, said.line, said.captured_at.isoformat(), page.captured_at.isoformat())


def doubt(line: int, reason: str, value: str) -> Issue:
    """The issue about a line of the side file."""
    shown = one_line(value)
    return Issue(
        "side_file_row", f"{SIDE_FILE}:{line}: {reason}: {shown}",
        source_path=SIDE_FILE, line_first=line, line_last=line, value=shown,
    )  # fmt: skip


def _take(row: Row, said: dict[str, Said]) -> Iterator[Issue]:
    """Put a row among what is said, and say what of it cannot be used."""
    if row.problem:
        yield doubt(row.line, row.problem, row.text)
        return
    path = row.cells.get("path", "").strip()
    if not path:
        yield doubt(row.line, "no path", row.text)
        return
    if (before := said.get(_key(path))) is not None:
        yield doubt(row.line, f"the path stands in line {before.line} already, which counts", path)
        return
    cells = (
        read_address_cell(row.cells.get("url", "")),
        read_time_cell(row.cells.get("captured_at", "")),
        read_note_cell(row.cells.get("note", "")),
    )
    for cell in cells:
        if cell.problem:
            yield doubt(row.line, cell.problem, cell.printed)
    said[_key(path)] = Said(cells[0].value, cells[1].value, cells[2].value, row.line)


def _key(path: str) -> str:
    """A path as it is compared: accents are one character in some file systems and two in others."""
    return path if path.isascii() else unicodedata.normalize("NFC", path)


def _may_be_one(container: datetime, said: datetime) -> bool:
    """Whether two times agree; who writes midnight may mean the day."""
    if said.timetz() == time(tzinfo=UTC):
        return container.astimezone(UTC).date() == said.date()
    return container.replace(microsecond=0) == said.replace(microsecond=0)


def _contradiction(page: Page, line: int, said: str, counts: str) -> Issue:
    message = f"{page.source_path}: its container says {one_line(counts)}, which counts; {SIDE_FILE}:{line} says {one_line(said)}"
    return Issue(
        "side_file_contradicted", message, source_path=page.source_path, page_id=page.page_id, value=one_line(said)
    )
