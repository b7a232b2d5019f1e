"""The flow: the same composition as without Prefect, its stages as tasks, its quality as artifacts.

What builds is imported when it is needed: a run that finds nothing new imports neither Arrow nor pandas.
"""

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.runtime import flow_run
from prefect.states import Completed
from prefect.task_runners import ThreadPoolTaskRunner
from pydantic import Field

from pipelines.errors import QualityGateError, RejectedError
from pipelines.flows import telling
from pipelines.flows.hooks import tell_of_crash, tell_of_failure
from pipelines.flows.tasks import PrefectEngine
from pipelines.gate.thresholds import GATE
from pipelines.memory.digests import digests_of_settings
from pipelines.memory.record import Record
from pipelines.memory.unchanged import find_unchanged
from pipelines.options import AUTHORITY, JUDGEMENTS, WITHOUT_END
from pipelines.runs.account import Run, Started, account_of, write_last_run
from pipelines.runs.folders import check_folders
from pipelines.settings import RELEASES_KEPT

if TYPE_CHECKING:
    from pipelines.build import BuildResult, BuildSettings

# A million entries take a few minutes, and `wait` may be an hour of it. Whatever runs for longer hangs, and would be there the next night.
SECONDS_FOR_A_RUN = 6 * 3600
HOW = "as a Prefect flow"
ARTIFACT_KEY = telling.ARTIFACT_KEY
Count = Annotated[int, Field(ge=1)]
Seconds = Annotated[float, Field(ge=0, le=WITHOUT_END)]


@flow(
    name="archive-listings",
    persist_result=False,
    timeout_seconds=SECONDS_FOR_A_RUN,
    on_failure=[tell_of_failure],
    on_crashed=[tell_of_crash],
)
def listings(  # noqa: PLR0913, PLR0917 what a deployment may set
    raw: Path = Path("raw"),
    processed: Path = Path("processed"),
    judgements: Path = JUDGEMENTS,
    workers: Count = 1,
    keep: Count = RELEASES_KEPT,
    wait: Seconds = 0.0,
    gate: Path = GATE,
    accepts: bool = False,  # noqa: FBT001, FBT002 parameters of a flow are named
    is_fresh: bool = False,  # noqa: FBT001, FBT002 as above
    authority: Path = AUTHORITY,
    openlineage: str = "",
    report_address: str = "",
) -> "State[BuildResult | Record]":
    """Read saved listing pages, tell their documents apart, and publish a release.

    A failed quality gate is a failed run; the release before it stays in place. Where nothing is new, nothing is built.

    Args:
        raw: Folder of saved pages, on the machine that runs the flow.
        processed: Folder of releases, there as well.
        judgements: File of reviewed decisions; it need not be there.
        workers: Processes that read pages.
        keep: How many of the last releases are kept; every tagged one is as well.
        wait: Seconds for which another run in the same folder is waited for.
        gate: File of thresholds for the quality gate; it need not be there.
        accepts: Publish also what fails by a threshold. Leave it off in a schedule.
        is_fresh: Believe nothing of what the builds before remembered, and build even where nothing is new.
        authority: File of names that extends the one shipped; it need not be there.
        openlineage: File that OpenLineage events are appended to, or the address that they are sent to; empty for none.
        report_address: Address at which a browser finds the folder of releases; empty to link to the file.
    """
    check_folders(raw, processed)
    with telling.lines_in_the_log_of_the_run():
        if not (accepts or is_fresh) and (
            record := look_for_what_is_new(raw, processed, digests_of_settings(judgements, gate, keep, authority))
        ):
            telling.rename_run("nothing new")
            return Completed(message=f"Nothing is new since {record.release_id}.", data=record)
        from pipelines.build import BuildSettings  # noqa: PLC0415 see above

        settings = BuildSettings(raw, processed, judgements, keep, wait, gate, accepts, is_fresh, authority)
        result = _build(settings, workers, openlineage, report_address)
        return Completed(message=telling.came_of(result.published), data=result)


@task(cache_policy=NO_CACHE, persist_result=False, name="look for what is new", task_run_name="look for what is new")
def look_for_what_is_new(raw: Path, processed: Path, digests: Mapping[str, str | None]) -> Record | None:
    """The record of the release that a build would give again; None where there is something to build."""
    started = Started()
    record = find_unchanged(raw, processed, digests)
    if record is not None:
        write_last_run(processed, account_of(started, "unchanged", Run(HOW, record.release_id)))
    return record


def _build(settings: "BuildSettings", workers: int, openlineage: str, report_address: str) -> "BuildResult":
    from pipelines.gate.artifact import markdown_gate, nothing_published  # noqa: PLC0415 see above
    from pipelines.report import markdown_summary  # noqa: PLC0415
    from pipelines.runs.building import Watch, build_watched  # noqa: PLC0415

    engine = PrefectEngine(workers, telling.Progress().tick)
    try:
        result = build_watched(settings, engine, Watch(HOW, openlineage or None, run_id=UUID(flow_run.id)))
    except QualityGateError as error:
        telling.rename_run(f"rejected {error.release_id}" if isinstance(error, RejectedError) else "nothing published")
        telling.show_summary(nothing_published(error))
        if isinstance(error, RejectedError):
            telling.show_checks(_checks(error.path))
        raise
    published = result.published
    telling.rename_run(f"{published.release_id} {'published' if published.is_new else 'unchanged'}")
    telling.show_summary(markdown_summary(result.report, published.release_id) + markdown_gate(result.verdict))
    telling.show_checks(_checks(published.path))
    telling.show_report(settings.processed, published.path, report_address)
    return result


def _checks(release: Path) -> list[dict[str, Any]]:
    """The checks of a release, failed ones first; none where they cannot be read."""
    from pipelines.errors import ReleaseError  # noqa: PLC0415 see above
    from pipelines.published import Release  # noqa: PLC0415

    try:
        rows: list[dict[str, Any]] = Release(release).table("quality").to_pylist()
    except ReleaseError:
        return []
    told = [
        {
            "table": row["table"],
            "column": "whole rows" if row["column"] == "*" else row["column"],  # a cell is Markdown, where * is a list
            "check": row["check_id"],
            "severity": row["severity"],
            "passed": row["passed"],
            "failed": row["rows_failed"],
            "of": row["rows_checked"],
        }
        for row in rows
    ]
    return sorted(told, key=lambda row: bool(row["passed"]))


def run(settings: "BuildSettings", workers: int, openlineage: str = "") -> "BuildResult":
    """Run the flow now, in this process; shards are read by as many processes as asked for."""
    runner = ThreadPoolTaskRunner[Any](max_workers=workers)
    # Prefect declares its runners invariant in a future type that no caller can name.
    flow_here = listings.with_options(task_runner=runner)  # type: ignore[arg-type]
    found: Any = flow_here(**asdict(settings), workers=workers, openlineage=openlineage)
    result: BuildResult = _as_result(found, settings.processed) if isinstance(found, Record) else found
    return result


def _as_result(record: Record, processed: Path) -> "BuildResult":
    """A release in which nothing is new, in the form in which every build answers."""
    import json  # noqa: PLC0415 as the others, for where it is needed

    from pipelines.build import BuildResult  # noqa: PLC0415 see above
    from pipelines.gate.verdict import Verdict  # noqa: PLC0415
    from pipelines.release import RELEASES, Published  # noqa: PLC0415
    from pipelines.runs.account import read_last_run  # noqa: PLC0415
    from pipelines.validate import CheckResult  # noqa: PLC0415

    release = processed / RELEASES / record.release_id
    checks = tuple(
        CheckResult(**{name: value for name, value in check.items() if name != "passed"})
        for check in record.gate["checks"]
    )
    report = json.loads((release / "report.json").read_bytes())
    verdict = Verdict(checks, record.gate["release_before"])
    return BuildResult(Published(record.release_id, release, is_new=False), report, verdict, read_last_run(processed))
