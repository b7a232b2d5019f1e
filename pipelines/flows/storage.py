"""What is tried again: reading, where the storage refused it. Whatever follows from what was read is never tried again.

A file that cannot be read is an issue and stops nothing, so a network drive that is away for a minute would cost a release its pages. A
task that only reads therefore fails while tries are left, and its last try stands as it is.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from pipelines.records import Issue, RawReading

READING = frozenset({"find pages", "read pages"})
# A mount that came back after a restart of its server, or a file that was being written.
SECONDS_BETWEEN_TRIES = (5.0, 30.0)


class StorageError(OSError):
    """The storage refused a file, which it may grant the next time."""


def refused_by_storage(result: Any) -> list[str]:  # noqa: ANN401 what a stage of reading gives
    """The messages of what may pass, in what a stage of reading gave: files and issues, or readings."""
    from pipelines.memory.remembered import PASSING  # noqa: PLC0415 it brings Arrow along, which a run with nothing new needs not

    return [issue.message for issue in _issues(result) if issue.problem in PASSING]


def error_of(state: Any) -> BaseException | None:  # noqa: ANN401 a state of Prefect, which this module need not import
    """The error that a state holds, where it is of this process; a state that comes from the server holds none."""
    held = getattr(state.data, "result", state.data)
    return held if isinstance(held, BaseException) else None


def is_of_storage(error: BaseException | None) -> bool:
    """Whether an error is the operating system's; a limit of time that Prefect sets is a `TimeoutError` without a number."""
    return isinstance(error, StorageError) or (isinstance(error, OSError) and error.errno is not None)


def _issues(result: Any) -> Iterable[Issue]:  # noqa: ANN401 as above
    parts: Sequence[Any] = result
    for part in parts:
        if isinstance(part, RawReading):
            yield from part.issues
        elif isinstance(part, list):
            yield from (item for item in part if isinstance(item, Issue))
