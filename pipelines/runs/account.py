"""The account of a run: how it ended and what it took. It stands beside releases, never in one, for a release follows from raw alone."""

import json
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from pipelines.errors import RejectedError
from pipelines.release.durable import fsync, json_text
from pipelines.release.places import STAGING
from pipelines.runs.usage import Usage, usage_now, used_since
from pipelines.text import one_line

ACCOUNT_VERSION = "1.0"
LAST_RUN = "last-run.json"
MOST_OF_A_MESSAGE = 2_000


@dataclass(frozen=True, slots=True)
class Started:
    """When a run began, and what had been used by then."""

    at: datetime = field(default_factory=lambda: datetime.now(UTC))
    usage: Usage = field(default_factory=usage_now)


class Run(NamedTuple):
    """What a run came to: which way it went, the release it is about, the figures of the stages that were done."""

    how: str
    release_id: str | None = None
    stages: Sequence[Mapping[str, Any]] = ()


def account_of(started: Started, status: str, run: Run, error: BaseException | None = None) -> dict[str, Any]:
    """The account of a run that ends now; `status` is `published`, `unchanged`, `rejected`, `failed` or `stopped`."""
    return {
        "account_version": ACCOUNT_VERSION,
        "status": status,
        "release_id": run.release_id,
        "how": run.how,
        "started_at": _utc(started.at),
        "ended_at": _utc(datetime.now(UTC)),
        **used_since(started.usage),
        "stages": list(run.stages),
        "error": None if error is None else {"type": type(error).__name__, "message": message_of(error)},
    }


def account_of_failure(started: Started, run: Run, error: BaseException) -> dict[str, Any]:
    """The account of a run that an error ends; a person or a limit of time stops it, everything else fails it."""
    if isinstance(error, RejectedError):
        return account_of(started, "rejected", run._replace(release_id=error.release_id), error)
    return account_of(started, "failed" if isinstance(error, Exception) else "stopped", run, error)


def message_of(error: BaseException) -> str:
    """What an error says, on one line."""
    return one_line(str(error) or type(error).__name__, MOST_OF_A_MESSAGE)


def write_last_run(processed: Path, account: Mapping[str, Any]) -> None:
    """Replace `last-run.json` at once. A folder that cannot be written to is no reason for a run to fail.

    No lock is held: the run that ends last is the one that stands there. What a kill leaves is swept by the next build.
    """
    path = processed / LAST_RUN
    waiting = path.with_name(f"{STAGING}last-run-{os.getpid()}")
    with suppress(OSError):
        waiting.write_text(json_text(account), encoding="utf-8")
        fsync(waiting)
        waiting.replace(path)
        return
    with suppress(OSError):
        waiting.unlink()


def read_last_run(processed: Path) -> dict[str, Any] | None:
    """The account of the run that ended last; None where there is none that can be read."""
    try:
        account: dict[str, Any] = json.loads((processed / LAST_RUN).read_bytes())
    except (OSError, ValueError):
        return None
    return account


def _utc(time: datetime) -> str:
    return time.isoformat(timespec="milliseconds").replace("+00:00", "Z")
