"""The side file as rows: opened once, decoded, taken apart line by line, so that one bad line is one bad line."""

import csv
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from pipelines.read.raw_file import RefusedFileError, open_raw, read_whole
from pipelines.settings import ReadLimits

COLUMNS = ("path", "url", "captured_at", "note")
# Spreadsheets of some countries separate by semicolons.
_DELIMITERS = (",", ";", "\t")
# A quote that is not closed would take all lines behind it for one cell.
_MOST_LINES_A_ROW = 20


class RowsError(Exception):
    """The file as a whole cannot be read; says the code of the problem."""

    def __init__(self, problem: str, message: str) -> None:
        super().__init__(message)
        self.problem = problem


class Row(NamedTuple):
    """One row: its first line, what stands there, its cells by column; `problem` says why it has none."""

    line: int
    text: str
    cells: dict[str, str]
    problem: str = ""


class Rows(NamedTuple):
    """The rows below a header; the header's columns that are not known; the first line that is not read, 0 where all are."""

    rows: Iterator[Row]
    header_line: int
    unknown: tuple[str, ...]
    left_out: int


def open_rows(path: Path, limits: ReadLimits) -> Rows | None:
    """The rows of the file, read as they are asked for; None where there is no such file.

    Raises:
        RowsError: it is no regular file, too large, cannot be read, or has no header with the column `path`.
    """
    data = _read_bytes(path, limits.side_file_bytes)
    if data is None:
        return None
    # What is not UTF-8 stays recognisable, and is a problem of its line alone.
    text = data.decode("utf-8-sig", "surrogateescape").replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n", limits.side_file_rows)
    left_out = limits.side_file_rows + 1 if len(lines) > limits.side_file_rows and lines.pop() else 0
    at = next((at for at, line in enumerate(lines) if line.strip()), 0)
    delimiter, header = _header(lines[at], at + 1)
    unknown = tuple(name for name in header if name and name not in COLUMNS)
    return Rows(_rows(lines, at + 1, delimiter, header), at + 1, unknown, left_out)


def _header(line: str, number: int) -> tuple[str, list[str]]:
    for delimiter in _DELIMITERS:
        header = [name.strip().lower() for name in line.replace('"', "").split(delimiter)]
        twice = sorted({name for name in COLUMNS if header.count(name) > 1})
        if twice:
            problem = "side_file_unread"
            raise RowsError(problem, f"{number}: a column that stands twice in the header: {', '.join(twice)}")
        if "path" in header:
            return delimiter, header
    problem = "side_file_unread"
    raise RowsError(problem, f"{number}: no header with the column path; known columns: {', '.join(COLUMNS)}")


class _Lines:
    """Lines from a place on, no more than one row may have before the place is moved."""

    def __init__(self, lines: Sequence[str], at: int) -> None:
        self.lines, self.at, self.row_at = lines, at, at

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        if self.at >= len(self.lines) or self.at - self.row_at >= _MOST_LINES_A_ROW:
            raise StopIteration
        self.at += 1
        return f"{self.lines[self.at - 1]}\n"


def _rows(lines: Sequence[str], at: int, delimiter: str, header: Sequence[str]) -> Iterator[Row]:
    """Rows from a line on; where a row cannot be read, the next line begins anew."""
    feed = _Lines(lines, at)
    reader = csv.reader(feed, delimiter=delimiter, strict=True)
    while feed.at < len(lines):
        first = feed.row_at = feed.at
        try:
            cells = next(reader)
        except csv.Error:  # a quote that is not closed, or closed before its cell ends
            yield Row(first + 1, lines[first], {}, "its quotes do not pair")
            feed.at = first + 1
            reader = csv.reader(feed, delimiter=delimiter, strict=True)
            continue
        if any(cell.strip() for cell in cells):
            yield _row(first + 1, lines[first], cells, header)


def _row(line: int, text: str, cells: Sequence[str], header: Sequence[str]) -> Row:
    if any(cell.strip() for cell in cells[len(header) :]):
        return Row(line, text, {}, "more cells than the header has columns")
    if any("\udc80" <= character <= "\udcff" for cell in cells if not cell.isascii() for character in cell):
        shown = text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
        return Row(line, shown, {}, "not UTF-8")
    return Row(line, text, dict(zip(header, cells, strict=False)))


def _read_bytes(path: Path, most: int) -> bytes | None:
    """The bytes of the file, None where there is none."""
    try:
        with open_raw(os.fspath(path)) as file:
            return read_whole(file, most)
    except FileNotFoundError:
        return None
    except RefusedFileError as error:
        raise RowsError(error.problem, f" {error}") from error
    except OSError as error:
        problem = "file_not_regular" if path.is_symlink() else "file_unreadable"
        raise RowsError(problem, f" {error.strerror or type(error).__name__}") from error
