"""Tasks wrap, and do nothing else. A task is a stage or a shard of pages, never a page."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeVar

from prefect import task
from prefect.cache_policies import NO_CACHE

T = TypeVar("T")
R = TypeVar("R")


# No cache: Prefect's keys are blind to what a thin task calls and to the bytes behind a path (both served stale results).
# No persistence: results are passed in memory, and what is persisted would be a pickle.
@task(cache_policy=NO_CACHE, persist_result=False)
def run_stage(function: Callable[[], Any]) -> Any:  # noqa: ANN401 whatever the stage returns
    """Run one stage, or one shard of it. Arguments come bound, so that Prefect does not walk through them."""
    return function()


class PrefectEngine:
    """Every stage is a task run of its own name, every shard of a mapped stage as well."""

    def call(self, stage: str, function: Callable[[], R]) -> R:
        """Run one stage as a task."""
        result: R = run_stage.with_options(name=stage, task_run_name=stage)(function)
        return result

    def map(self, stage: str, function: Callable[[T], R], pieces: Sequence[T]) -> list[R]:
        """Run the pieces as tasks, as many at once as the flow's task runner allows; results in order."""
        futures = [
            run_stage.with_options(name=stage, task_run_name=f"{stage} {number}/{len(pieces)}").submit(partial(function, piece))
            for number, piece in enumerate(pieces, 1)
        ]
        return [future.result() for future in futures]
