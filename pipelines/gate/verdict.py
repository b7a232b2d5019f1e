"""What the gate says of a release that is to be published."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from pipelines.gate.succession import check_succession
from pipelines.gate.thresholds import Thresholds
from pipelines.release import RELEASES, current_release
from pipelines.release.places import told as named
from pipelines.tables import Tables
from pipelines.validate import CheckResult


class Verdict(NamedTuple):
    """The gate's checks, and the release that some of them compare with; None where there is none."""

    checks: tuple[CheckResult, ...]
    release_before: str | None

    @property
    def failed(self) -> tuple[CheckResult, ...]:
        """The checks that did not pass."""
        return tuple(check for check in self.checks if not check.passed)

    def as_json(self) -> dict[str, Any]:
        """The verdict for a program: each check as a row of `quality`."""
        rows = [{**check._asdict(), "passed": check.passed} for check in self.checks]
        return {"passed": not self.failed, "release_before": self.release_before, "checks": rows}


def judge(processed: Path, tables: Tables, checks: Sequence[CheckResult], thresholds: Thresholds) -> Verdict:
    """The verdict on tables: their own checks, and those beside the current release, if there is one.

    Raises:
        ReleaseError: the current release cannot be read.
    """
    with named(processed, "the release before cannot be read"):
        before = current_release(processed)
    if before is None:
        return Verdict(tuple(checks), None)
    return Verdict((*checks, *check_succession(processed / RELEASES / before, tables, thresholds)), before)


def told(checks: Sequence[CheckResult]) -> Iterator[str]:
    """A line for each check: where, how many failed, and how many may."""
    for check in checks:
        share = "" if check.threshold is None else f", {check.threshold:.0%} may"
        counts = f"{check.rows_failed:,} of {check.rows_checked:,} failed{share}"
        yield f"{check.table}.{check.column}: {check.check_id}: {counts}: {check.description.rstrip('.')}"
