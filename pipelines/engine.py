"""How the pieces of a build are run: each step is a plain function, and an engine calls it.

`LocalEngine` calls in this process, or maps over a pool of processes. The engine that goes through Prefect is
`pipelines.flows.tasks.PrefectEngine`; this module knows nothing of it.
"""

import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Protocol, TypeVar

T = TypeVar("T")
R = TypeVar("R")
Tick = Callable[[str, int, int], None]


def silent(_stage: str, _done: int, _total: int) -> None:
    """Show no progress."""


class Engine(Protocol):
    """What a build asks of whatever runs it."""

    def call(self, stage: str, function: Callable[[], R]) -> R:
        """Run one stage."""
        ...

    def map(self, stage: str, function: Callable[[T], R], pieces: Sequence[T]) -> list[R]:
        """Run one stage over its pieces; results in the order of the pieces."""
        ...


@dataclass(frozen=True, slots=True)
class LocalEngine:
    """This process, and for pieces as many more as asked for; `tick(stage, done, total)` is told of progress."""

    workers: int = 1
    tick: Tick = silent

    def call(self, stage: str, function: Callable[[], R]) -> R:
        """Run one stage here."""
        self.tick(stage, 0, 1)
        result = function()
        self.tick(stage, 1, 1)
        return result

    def map(self, stage: str, function: Callable[[T], R], pieces: Sequence[T]) -> list[R]:
        """Run the pieces here, or in a pool of processes."""
        self.tick(stage, 0, len(pieces))
        results: list[R] = []
        for result in self._results(function, pieces):
            results.append(result)
            self.tick(stage, len(results), len(pieces))
        return results

    def _results(self, function: Callable[[T], R], pieces: Sequence[T]) -> Iterator[R]:
        workers = min(self.workers, len(pieces))
        if workers <= 1:
            yield from map(function, pieces)
            return
        with new_pool(workers) as pool:
            yield from pool.map(function, pieces)


def new_pool(workers: int) -> ProcessPoolExecutor:
    """A pool of new processes: spawned, for the threads of Arrow and Prefect do not survive a fork."""
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_leave_interrupts_to_the_parent)


def _leave_interrupts_to_the_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
