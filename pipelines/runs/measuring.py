"""An engine around another one, which notes what each stage took and had in hand, and says so."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pipelines.engine import Engine
from pipelines.logs import STAGE, say
from pipelines.runs.counting import counts_of, counts_of_shards
from pipelines.runs.usage import Usage, usage_now, used_since

T = TypeVar("T")
R = TypeVar("R")


@dataclass(slots=True)
class MeasuredEngine:
    """Calls another engine; `stages` are the figures of what it ran, in the order in which they ended."""

    inner: Engine
    stages: list[dict[str, Any]] = field(default_factory=list)

    def call(self, stage: str, function: Callable[[], R]) -> R:
        """Run one stage."""
        before = usage_now()
        result = self.inner.call(stage, function)
        self._note(stage, before, counts_of(stage, result))
        return result

    def map(self, stage: str, function: Callable[[T], R], pieces: Sequence[T]) -> list[R]:
        """Run one stage over its pieces."""
        before = usage_now()
        results = self.inner.map(stage, function, pieces)
        self._note(stage, before, counts_of_shards(stage, pieces, results))
        return results

    def _note(self, stage: str, before: Usage, counts: dict[str, int]) -> None:
        figures: dict[str, Any] = {"stage": stage, **used_since(before), "counts": counts}
        self.stages.append(figures)
        say(STAGE, stage_line(figures), **figures)


def stage_line(figures: dict[str, Any]) -> str:
    """The figures of a stage for a person.

    >>> stage_line({"stage": "find pages", "cpu_seconds": 0.02, "peak_memory_bytes": 71_303_168, "counts": {"files": 14}})
    'find pages: done: 14 files; 0.02 s of CPU, at most 71 MB until now'
    """
    counts = ", ".join(f"{count:,} {name}" for name, count in figures["counts"].items())
    used = f"{figures['cpu_seconds']:.2f} s of CPU, at most {figures['peak_memory_bytes'] / 1e6:,.0f} MB until now"
    return f"{figures['stage']}: done: {f'{counts}; ' if counts else ''}{used}"
