"""How far a build is: a bar on a terminal, lines elsewhere; always on standard error."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from pipelines.engine import Tick
from pipelines.logs import TEXT, say


@contextmanager
def shown_progress(form: str = TEXT) -> Iterator[Tick]:
    """Show progress while the block runs, where lines are text; yields what an engine tells of it."""
    if form == TEXT and sys.stderr.isatty():
        with _bars() as tick:
            yield tick
    else:
        yield _line


def _line(stage: str, done: int, total: int) -> None:
    if total > 1:  # that a stage is done, and what it took, is said by whoever measures it
        say("progress", f"{stage}: {done} of {total}", stage=stage, done=done, total=total)


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
