"""What lies in raw: every regular file, in an order that does not depend on the file system."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pipelines.records import Issue
from pipelines.text import one_line

# The file that speaks about raw rather than being raw.
_ABOUT_RAW = "readme.md"


class Source(NamedTuple):
    """A file of raw: where it is, and its name in `source_path` (relative to raw, forward slashes)."""

    path: str
    source_path: str


def find_sources(raw: Path) -> tuple[list[Source], list[Issue]]:
    """Every file under raw that may be a page, sorted by `source_path`; and what else is there, as issues.

    Hidden files and README.md are no pages and are passed over. Links are never followed, so nothing outside raw is
    read; a link, pipe, device or socket is named in an issue.
    """
    sources: list[Source] = []
    issues: list[Issue] = []
    folders = [(os.fspath(raw), "")]
    while folders:
        folder, prefix = folders.pop()
        for item in _scan(folder, prefix, issues):
            name = prefix + readable_name(item.name)
            if item.name.startswith("."):
                continue
            if item.is_dir(follow_symlinks=False):
                folders.append((item.path, f"{name}/"))
            elif item.name.lower() == _ABOUT_RAW:
                continue
            elif item.is_file(follow_symlinks=False):
                sources.append(Source(item.path, name))
            else:
                issues.append(refused_file("file_not_regular", name, "not a regular file; links are not followed"))
    return sorted(sources, key=lambda source: source.source_path), sorted(issues, key=lambda issue: issue.message)


def readable_name(name: str) -> str:
    """A file name as text: bytes that are not UTF-8, control characters and backslashes are shown by escapes."""
    text = os.fsencode(name.replace("\\", "\\\\")).decode("utf-8", "backslashreplace")
    return "".join(c if c.isprintable() else _escaped(c) for c in text)


def _escaped(character: str) -> str:
    r"""`\n` and `\x1b` for ASCII, `\u00ad` beyond it, where `\xad` stands for a byte."""
    ascii_only = character.encode("unicode_escape").decode("ascii")
    return ascii_only if character.isascii() else f"\\u{ord(character):04x}"


def refused_file(problem: str, source_path: str, reason: str, value: str | None = None) -> Issue:
    """The issue that says why a file was not read."""
    shown = f": {one_line(value)}" if value else ""
    return Issue(problem, f"{source_path}: file refused: {reason}{shown}", source_path=source_path, value=value)


def _scan(folder: str, prefix: str, issues: list[Issue]) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as items:
            yield from items
    except OSError as error:
        issues.append(refused_file("file_unreadable", prefix.rstrip("/") or ".", error.strerror or "cannot be listed"))
