"""The flow: the same composition as without Prefect, its stages as tasks, its quality summary as an artifact."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from prefect import flow
from prefect.artifacts import create_markdown_artifact
from prefect.task_runners import ThreadPoolTaskRunner

from pipelines.build import BuildResult, BuildSettings, build
from pipelines.errors import QualityGateError
from pipelines.flows.tasks import PrefectEngine
from pipelines.gate.artifact import markdown_gate, nothing_published
from pipelines.gate.thresholds import GATE
from pipelines.options import AUTHORITY
from pipelines.report import markdown_summary
from pipelines.settings import RELEASES_KEPT

ARTIFACT_KEY = "archive-listings-quality"


@flow(name="archive-listings", persist_result=False)
def listings(  # noqa: PLR0913, PLR0917 what a deployment may set
    raw: Path = Path("raw"),
    processed: Path = Path("processed"),
    judgements: Path = Path("judgements.toml"),
    workers: int = 1,
    keep: int = RELEASES_KEPT,
    wait: float = 0.0,
    gate: Path = GATE,
    accepts: bool = False,  # noqa: FBT001, FBT002 parameters of a flow are named
    is_fresh: bool = False,  # noqa: FBT001, FBT002 as above
    authority: Path = AUTHORITY,
) -> BuildResult:
    """Read saved listing pages, tell their documents apart, and publish a release.

    A failed quality gate is a failed run; the release before it stays in place.

    Args:
        raw: folder of saved pages.
        processed: folder of releases.
        judgements: file of reviewed decisions; it need not be there.
        workers: processes that read pages.
        keep: how many of the last releases are kept.
        wait: seconds for which another run in the same folder is waited for.
        gate: file of thresholds; it need not be there.
        accepts: whether to publish also what fails by a threshold.
        is_fresh: whether to believe nothing of what the builds before remembered.
        authority: file of names that extends the one shipped; it need not be there.
    """
    try:
        result = build(
            BuildSettings(raw, processed, judgements, keep, wait, gate, accepts, is_fresh, authority),
            PrefectEngine(workers),
        )
    except QualityGateError as error:
        _show(nothing_published(error))
        raise
    _show(markdown_summary(result.report, result.published.release_id) + markdown_gate(result.verdict))
    return result


def _show(markdown: str) -> None:
    create_markdown_artifact(markdown, key=ARTIFACT_KEY, description="Quality of the release")


def run(settings: BuildSettings, workers: int) -> BuildResult:
    """Run the flow now, in this process; shards are read by as many processes as asked for."""
    runner = ThreadPoolTaskRunner[Any](max_workers=workers)
    # Prefect declares its runners invariant in a future type that no caller can name.
    flow_here = listings.with_options(task_runner=runner)  # type: ignore[arg-type]
    result: BuildResult = flow_here(**asdict(settings), workers=workers)
    return result
