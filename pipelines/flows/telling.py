"""What a run tells Prefect of itself beside its state: its name, artifacts, lines of its log. None of it can fail the run."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast
from uuid import UUID

from prefect import get_run_logger
from prefect.artifacts import (
    create_link_artifact,
    create_markdown_artifact,
    create_progress_artifact,
    create_table_artifact,
    update_progress_artifact,
)
from prefect.client.orchestration import get_client
from prefect.runtime import flow_run

from pipelines.logs import JsonLines, forwarded
from pipelines.release.places import Published

ARTIFACT_KEY = "archive-listings-quality"
CHECKS_KEY = "archive-listings-checks"
REPORT_KEY = "archive-listings-report"
PROGRESS_KEY = "archive-listings-progress"
# The share of a build that is done when a stage is, of a first build of many pages; reading is told shard by shard.
_SHARES = {"find pages": (0, 5), "read pages": (5, 65), "tell documents apart": (65, 90), "publish": (90, 100)}


@contextmanager
def _unless_refused(what: str) -> Iterator[None]:
    """A server that is away, or too old, costs the run a picture of itself and nothing else."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 whatever Prefect's client raises; the release does not depend on it
        get_run_logger().warning("%s could not be told to Prefect: %s", what, error)


def rename_run(name: str) -> None:
    """Give the run a name that says what came of it."""
    with _unless_refused("the name of the run"), get_client(sync_client=True) as client:
        client.update_flow_run(UUID(flow_run.id), name=name)


def came_of(published: Published) -> str:
    """What came of a run, for its state."""
    what = "is published" if published.is_new else "is as it was, and current"
    return f"Release {published.release_id} {what}."


def show_summary(markdown: str) -> None:
    """The summary of the release, or why there is none."""
    with _unless_refused("the summary"):
        create_markdown_artifact(markdown, key=ARTIFACT_KEY, description="Quality of the release")


def show_checks(rows: Sequence[Mapping[str, Any]]) -> None:
    """Every check that was made, as a table."""
    with _unless_refused("the table of checks"):
        create_table_artifact([dict(row) for row in rows], key=CHECKS_KEY, description="Every check, failed ones first")


def show_report(processed: Path, release: Path, address: str) -> None:
    """A link to the report: the page for people where there is one, else the report of the release.

    `address` is where `processed` is served to browsers; without one the link names the file, which opens on this machine alone.
    """
    page = processed / "report.html"
    path = page if page.is_file() else release / "report.json"
    place = path.relative_to(processed).as_posix()
    link = f"{address.rstrip('/')}/{place}" if address else path.absolute().as_uri()
    with _unless_refused("the link to the report"):
        create_link_artifact(link, link_text=place, key=REPORT_KEY, description="The report of the release")


class Progress:
    """How far the run is, as an artifact that moves."""

    def __init__(self) -> None:
        """Begin at nothing."""
        self._artifact: UUID | None = None
        with _unless_refused("the progress"):
            created = create_progress_artifact(0.0, key=PROGRESS_KEY, description="How far the build is")
            self._artifact = cast("UUID", created)  # a coroutine only where it is awaited

    def tick(self, stage: str, done: int, total: int) -> None:
        """A stage has done so much of what it has to do."""
        begins, ends = _SHARES.get(stage, (0, 0))
        if self._artifact is None or not ends:
            return
        with _unless_refused("the progress"):
            update_progress_artifact(self._artifact, progress=begins + (ends - begins) * done / max(total, 1))


@contextmanager
def lines_in_the_log_of_the_run() -> Iterator[None]:
    """While the block runs, what is said stands in the run's log, which Prefect also shows on the console."""
    with forwarded(_ToTheRun(get_run_logger())):
        yield


class _ToTheRun(logging.Handler):
    def __init__(self, logger: Any) -> None:  # noqa: ANN401 a logger or its adapter
        super().__init__()
        self._logger = logger

    def emit(self, record: logging.LogRecord) -> None:
        self._logger.log(record.levelno, "%s", record.getMessage())


def prefect_says_json() -> None:
    """Let Prefect write what it says to the console in the form of everything else, an object a line."""
    for handler in logging.getLogger().handlers:
        handler.setFormatter(JsonLines())
