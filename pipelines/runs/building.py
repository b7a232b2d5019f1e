"""A build that is watched: measured, told to a lineage service where one is named, and put down in `last-run.json`."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from pipelines.build import BuildResult, BuildSettings, build
from pipelines.engine import Engine
from pipelines.errors import ReleaseError
from pipelines.lineage.events import Lineage
from pipelines.lineage.sending import send
from pipelines.notices.notice import notice_of
from pipelines.notices.telling import tell
from pipelines.runs.account import Run, Started, account_of, account_of_failure, write_last_run
from pipelines.runs.measuring import MeasuredEngine


@dataclass(frozen=True, slots=True)
class Watch:
    """How a run is told of: in which way it goes, where lineage events go (a file or an address), if anywhere, and its id.

    `notifies` is to tell whom the environment names where it fails; of a flow a hook does, which knows of crashes as well.
    """

    how: str
    openlineage: str | None = None
    notifies: bool = False
    run_id: UUID = field(default_factory=uuid4)


def build_watched(settings: BuildSettings, engine: Engine, watch: Watch) -> BuildResult:
    """Build as `pipelines.build.build` does, with the account of the run in the result.

    Raises:
        ListingsError: as the build does.
    """
    started, measured = Started(), MeasuredEngine(engine)
    lineage = Lineage(watch.run_id, settings.raw, settings.processed)
    _tell(watch, lineage.started)
    try:
        result = build(settings, measured)
    except BaseException as error:
        failed = account_of_failure(started, Run(watch.how, stages=measured.stages), error)
        if not _is_kept_out(error, measured):
            write_last_run(settings.processed, failed)
        _tell(watch, partial(lineage.failed, error))
        if watch.notifies:
            tell(notice_of(failed), os.environ)
        raise
    published = result.published
    run = Run(watch.how, published.release_id, measured.stages)
    account = account_of(started, "published" if published.is_new else "unchanged", run)
    write_last_run(settings.processed, account)
    _tell(watch, partial(lineage.completed, published.path))
    return result._replace(run=account)


def _is_kept_out(error: BaseException, measured: MeasuredEngine) -> bool:
    """Whether the run never had the lock: the account of the one that has it is the one to be kept."""
    return isinstance(error, ReleaseError) and not measured.stages


def _tell(watch: Watch, event: Callable[[], dict[str, Any]]) -> None:
    if watch.openlineage:
        send(watch.openlineage, event())
