"""Tasks wrap, and do nothing else. A task is a stage or a shard of pages, never a page."""

from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from prefect import task
from prefect.cache_policies import NO_CACHE

from pipelines.engine import new_pool

T = TypeVar("T")
R = TypeVar("R")


# No cache: Prefect's keys are blind to what a thin task calls and to the bytes behind a path (both served stale results).
# No persistence: results are passed in memory, and what is persisted would be a pickle.
@task(cache_policy=NO_CACHE, persist_result=False)
def run_stage(function: Callable[[], R]) -> R:
    """Run one stage, or one shard of it. Arguments come bound, so that Prefect does not walk through them."""
    return function()


@dataclass(frozen=True, slots=True)
class PrefectEngine:
    """Every stage is a task run of its own name, every shard of a mapped stage as well.

    With several workers a task waits for a process of the engine's own pool: Prefect's pool of processes would start a
    server in each of them.
    """

    workers: int = 1

    def call(self, stage: str, function: Callable[[], R]) -> R:
        """Run one stage as a task."""
        result: R = run_stage.with_options(name=stage, task_run_name=stage)(function)
        return result

    def map(self, stage: str, function: Callable[[T], R], pieces: Sequence[T]) -> list[R]:
        """Run the pieces as tasks, as many at once as the flow's task runner allows; results in order."""
        workers = min(self.workers, len(pieces))
        with new_pool(workers) if workers > 1 else nullcontext() as pool:
            futures = [
                run_stage.with_options(name=stage, task_run_name=f"{stage} {number}/{len(pieces)}").submit(
                    partial(_run_piece, pool, function, piece)
                )
                for number, piece in enumerate(pieces, 1)
            ]
            return [future.result() for future in futures]


def _run_piece(pool: ProcessPoolExecutor | None, function: Callable[[T], R], piece: T) -> R:
    return pool.submit(function, piece).result() if pool else function(piece)
