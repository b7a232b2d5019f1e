"""From checked tables to a published release, or to one that is kept back for a person to look at."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

from pipelines.errors import RejectedError, ReleaseError
from pipelines.gate.thresholds import Thresholds
from pipelines.gate.verdict import Verdict, judge, told
from pipelines.release import Published, publish
from pipelines.release.rejected import publish_known, rejected_releases, sweep_rejected
from pipelines.report.writing import write_rejected_page
from pipelines.tables import Tables
from pipelines.validate import CheckResult


class Checked(Protocol):
    """Tables with their report, and the gate's checks among theirs."""

    @property
    def tables(self) -> Tables:
        """The tables."""

    @property
    def report(self) -> Mapping[str, Any]:
        """What is said of them."""

    @property
    def gate(self) -> Sequence[CheckResult]:
        """The gate's checks that are rows of `quality`."""


def publish_or_reject(
    processed: Path, checked: Checked, thresholds: Thresholds, keep: int, *, accepts: bool = False
) -> tuple[Published, Verdict]:
    """Publish what passes the gate, what a person accepts, and what is published already; the caller holds the lock.

    Where the current release cannot be read there is no verdict on what is to follow it: only the same release is published, which
    mends it, or what a person accepts.

    Raises:
        RejectedError: it does not pass; it is kept back whole, and `current` is as it was.
        ReleaseError: it could not be written, or the current release, which is another, could not be read.
    """
    why: Mapping[str, Any] | ReleaseError
    try:
        verdict = judge(processed, checked.tables, checked.gate, thresholds)
        why, is_passed = verdict.as_json(), not verdict.failed
    except ReleaseError as error:
        verdict, is_passed = Verdict(tuple(checked.gate), None), False
        why = _unjudged(error)
    if accepts or is_passed:
        return _publish(processed, checked, keep), verdict
    kept = publish_known(processed, checked.tables, checked.report, why, keep)
    if isinstance(kept, Published):
        return kept, verdict
    page = write_rejected_page(processed, kept)
    raise RejectedError(_message(processed, kept, verdict, page), kept.name, kept, checked.report)


def _publish(processed: Path, checked: Checked, keep: int) -> Published:
    is_any_rejected = bool(rejected_releases(processed))
    published = publish(processed, checked.tables, checked.report, keep)
    if is_any_rejected:
        with suppress(OSError, ReleaseError):  # it is published; what is not swept now is by the next run
            sweep_rejected(processed)
    return published


def _unjudged(error: ReleaseError) -> ReleaseError:
    return ReleaseError(
        f"the release before cannot be compared with (`archive-listings rollback` leads to the one before it, build --accept publishes "
        f"without comparing): {error}"
    )


def _message(processed: Path, kept: Path, verdict: Verdict, page: Path) -> str:
    """What failed and where it is, on one line, and what to do: look, then accept, or mend raw and build again."""
    look = f" or look at `archive-listings diff current {kept.name} --processed {processed}`"
    return (
        f"quality gate: release {kept.name} is not published: {'; '.join(told(verdict.failed))}. It is kept whole in {kept} (why: "
        f"{kept}.gate.json). Read {page}{look if verdict.release_before else ''}; publish it with `archive-listings accept "
        f"{kept.name} --processed {processed}`; for good, raise the threshold in gate.toml"
    )
