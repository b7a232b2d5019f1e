"""How far a build is: a bar on a terminal, plain lines elsewhere; always on standard error."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from pipelines.engine import Tick


@contextmanager
def shown_progress() -> Iterator[Tick]:
    """Show progress while the block runs; yields what an engine tells of it."""
    if sys.stderr.isatty():
        with _bars() as tick:
            yield tick
    else:
        yield _line


def _line(stage: str, done: int, total: int) -> None:
    if total == 1 and done == 0:
        return
    how_far = f"{done} of {total}" if total > 1 else "done"
    sys.stderr.write(f"archive-listings: {stage}: {how_far}\n")


@contextmanager
def _bars() -> Iterator[Tick]:
    from rich.console import Console  # noqa: PLC0415 only where there is a terminal
    from rich.progress import (  # noqa: PLC0415
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TaskID,
        TextColumn,
        TimeElapsedColumn,
    )

    columns = (TextColumn("{task.description:<22}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        bars: dict[str, TaskID] = {}

        def tick(stage: str, done: int, total: int) -> None:
            if stage not in bars:
                bars[stage] = progress.add_task(stage, total=total)
            progress.update(bars[stage], completed=done)

        yield tick
