"""`processed/report.html`: the full report of the current release, beside the releases, replaced in one step.

It is for people, and no part of a release: that it cannot be written is told, and fails nothing.
"""

import os
import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from pipelines.compare.side import Side, side_of
from pipelines.release import RELEASES, Published, current_release
from pipelines.release.durable import fsync
from pipelines.release.places import exists
from pipelines.release.rejected import REJECTED
from pipelines.report.context import full_report
from pipelines.report.counting import Tables
from pipelines.text import one_line

PAGE = "report.html"
# The page names its release in its title, which stands before anything that could be long.
_HEAD_BYTES = 4096
_OF_ANOTHER = re.compile(r"report-(r1-[0-9a-f]{16})\.html")


def write_page(path: Path, page: str) -> None:
    """Replace a page at once; whoever opens it finds the one before or this one, whole.

    Raises:
        OSError: it cannot be written, and what was there is there.
    """
    waiting = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        waiting.write_text(page, encoding="utf-8")
        fsync(waiting)
        waiting.replace(path)
    except OSError:
        with suppress(OSError):
            waiting.unlink(missing_ok=True)
        raise


def refresh_page(
    processed: Path, verdict: Mapping[str, Any] | None = None, after: Side | None = None
) -> tuple[str, ...]:
    """Write the full report of the current release; returns what is doubtful about it: nothing, or why it is not written.

    `verdict` is what the gate said of the release, where it was judged just now, and `after` its tables. The caller holds the lock.
    """
    path = processed / PAGE
    try:
        release_id = current_release(processed)
        if release_id is None:
            return ()
        _write_full(processed, processed / RELEASES / release_id, path, verdict, after)
        _sweep(processed)
    except Exception as error:  # noqa: BLE001 the release is published: no fault of its page may say that it is not
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        return (f"{path}: not written: {one_line(reason or type(error).__name__)}",)
    return ()


def _write_full(
    processed: Path, release: Path, page: Path, verdict: Mapping[str, Any] | None = None, after: Side | None = None
) -> None:
    from pipelines.report.rendering import render_report  # noqa: PLC0415 jinja2 is imported where a page is made

    write_page(page, render_report(full_report(processed, release, verdict, after)))


def refresh_after_build(
    processed: Path, published: Published, verdict: Mapping[str, Any], tables: Tables
) -> tuple[str, ...]:
    """Write the full report of what a build published; returns what is doubtful about it, see `refresh_page`.

    Where the build published nothing new the page that is there is right, and stays. The caller holds the lock.
    """
    if published.is_new and verdict["release_before"] != published.release_id:
        return refresh_page(processed, verdict, side_of(published.release_id, tables))
    return () if is_page_of(processed, published.release_id) else refresh_page(processed)


def write_rejected_page(processed: Path, path: Path) -> Path:
    """Write the full report of a release that was kept back, beside the releases; returns it, or the release's own where that cannot be."""
    page = page_of(processed, path.name)
    try:
        _write_full(processed, path, page)
    except Exception:  # noqa: BLE001 what is to be said is why the release was kept back
        return path / PAGE
    return page


def is_page_of(processed: Path, release_id: str) -> bool:
    """Whether there is a full report, of that release."""
    try:
        with (processed / PAGE).open("rb") as file:
            return f"<title>Data-quality report of {release_id}</title>".encode() in file.read(_HEAD_BYTES)
    except OSError:
        return False


def page_of(processed: Path, release_id: str) -> Path:
    """Where the full report of a release is written where nothing else is asked for."""
    return processed / (PAGE if release_id == current_release(processed) else f"report-{release_id}.html")


def _sweep(processed: Path) -> None:
    """Remove pages of releases that are there no more, and what a run that died left."""
    for path in processed.iterdir():
        found = _OF_ANOTHER.fullmatch(path.name)
        is_orphan = found and not any(exists(processed / folder / found[1]) for folder in (RELEASES, REJECTED))
        if is_orphan or (path.name.startswith(".report") and path.name.endswith(".part")):
            path.unlink()
