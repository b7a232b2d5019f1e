"""The command `report`: the full report of a release, as a page or for a program."""

import json
import sys
import webbrowser
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipelines.compare.choosing import choose_release
from pipelines.errors import ReleaseError
from pipelines.release import CURRENT, current_release, locked
from pipelines.report.context import full_report
from pipelines.report.writing import PAGE, page_of, write_page
from pipelines.wording import Sheet


@dataclass(frozen=True, slots=True)
class ReportSettings:
    """Which release (None: `current`), where its page goes (None: beside the releases), and how it is told.

    `wait` is for how many seconds another run in the folder is waited for where the page of the current release is replaced.
    """

    processed: Path
    release: str | None = None
    output: Path | None = None
    wait: float = 0.0
    opens: bool = False
    is_json: bool = False


def report(settings: ReportSettings) -> None:
    """Write the page of a release and say where it is; for a program the full report is printed, and a page written where one is asked for.

    Raises:
        UsageError: there is no such release.
        ReleaseError: it cannot be read, another run is at work, or the page cannot be written.
    """
    path = choose_release(settings.processed, settings.release or CURRENT)
    page = settings.output or page_of(settings.processed, path.name)
    writes = not settings.is_json or settings.output is not None or settings.opens
    # A build replaces the page of the current release as well, and must not be overtaken by an older one.
    is_shared = writes and page == settings.processed / PAGE
    with locked(settings.processed, settings.wait) if is_shared else nullcontext():
        if is_shared and settings.release is None:
            path = path.with_name(current_release(settings.processed) or path.name)
        found = full_report(settings.processed, path)
        if writes:
            _write(page, found)
    if settings.is_json:
        sys.stdout.write(json.dumps(found, indent=2) + "\n")
    else:
        Sheet().line(f"{page}: the report of release {path.name}")
    if settings.opens:
        webbrowser.open(page.absolute().as_uri())


def _write(page: Path, found: dict[str, Any]) -> None:
    from pipelines.report.rendering import render_report  # noqa: PLC0415 jinja2 is not for a program that reads JSON

    try:
        write_page(page, render_report(found))
    except OSError as error:
        message = f"{page}: cannot be written: {error.strerror or error}"
        raise ReleaseError(message) from error
