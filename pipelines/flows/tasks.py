"""Tasks wrap, and do nothing else. A task is a stage or a shard of pages, never a page."""

from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from prefect import Task, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.runtime import task_run

from pipelines.engine import Tick, new_pool, silent
from pipelines.flows.storage import (
    READING,
    SECONDS_BETWEEN_TRIES,
    StorageError,
    error_of,
    is_of_storage,
    refused_by_storage,
)

T = TypeVar("T")
R = TypeVar("R")


# No cache: Prefect's keys are blind to what a thin task calls and to the bytes behind a path (both served stale results).
# No persistence: results are passed in memory, and what is persisted would be a pickle.
@task(cache_policy=NO_CACHE, persist_result=False)
def run_stage(function: Callable[[], R]) -> R:
    """Run one stage, or one shard of it. Arguments come bound, so that Prefect does not walk through them."""
    return function()


def _may_try_again(_task: Task[..., Any], _run: TaskRun, state: State[Any]) -> bool:
    return is_of_storage(error_of(state))


@task(cache_policy=NO_CACHE, persist_result=False)
def run_reading(function: Callable[[], R]) -> R:
    """Run one stage that reads raw, or one shard of it; fails where storage refused a file and tries are left."""
    result = function()
    refused = refused_by_storage(result)
    if refused and task_run.run_count <= len(SECONDS_BETWEEN_TRIES):
        message = f"{len(refused)} refused by the storage, first {refused[0]}"
        raise StorageError(message)
    return result


@dataclass(frozen=True, slots=True)
class PrefectEngine:
    """Every stage is a task run of its own name, every shard of a mapped stage as well.

    With several workers a task waits for a process of the engine's own pool: Prefect's pool of processes would start a
    server in each of them.
    """

    workers: int = 1
    tick: Tick = silent

    def call(self, stage: str, function: Callable[[], R]) -> R:
        """Run one stage as a task."""
        result: R = _task_of(stage, stage)(function)  # type: ignore[assignment]
        self.tick(stage, 1, 1)
        return result

    def map(self, stage: str, function: Callable[[T], R], pieces: Sequence[T]) -> list[R]:
        """Run the pieces as tasks, as many at once as the flow's task runner allows; results in order."""
        workers = min(self.workers, len(pieces))
        results: list[R] = []
        with new_pool(workers) if workers > 1 else nullcontext() as pool:
            futures = [
                _task_of(stage, f"{stage} {number}/{len(pieces)}").submit(partial(_run_piece, pool, function, piece))
                for number, piece in enumerate(pieces, 1)
            ]
            for future in futures:
                results.append(future.result())
                self.tick(stage, len(results), len(pieces))
        return results


def _task_of(stage: str, name: str) -> Task[[Callable[[], Any]], Any]:
    if stage not in READING:
        return run_stage.with_options(name=stage, task_run_name=name)
    return run_reading.with_options(
        name=stage,
        task_run_name=name,
        retries=len(SECONDS_BETWEEN_TRIES),
        retry_delay_seconds=list(SECONDS_BETWEEN_TRIES),
        retry_condition_fn=_may_try_again,
    )


def _run_piece(pool: ProcessPoolExecutor | None, function: Callable[[T], R], piece: T) -> R:
    return pool.submit(function, piece).result() if pool else function(piece)
