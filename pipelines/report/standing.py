"""How far a release can be trusted, in one line: what the gate said of it, or, within a release, what its own checks say."""

from collections.abc import Mapping
from typing import Any, NamedTuple


class Standing(NamedTuple):
    """`level` is good, warn or bad."""

    level: str
    headline: str


def standing_of(report: Mapping[str, Any]) -> Standing:
    """The standing of a release by its report; a full report (`full_report`) has the gate's verdict in it."""
    if "release" not in report:
        return _by_itself(report)
    gate, is_rejected = report["gate"], report["release"]["state"] == "rejected"
    if is_rejected:
        return Standing("bad", "The quality gate kept this release back. It is not published.")
    if gate["doubt"]:
        return Standing("warn", "This release is published, and could not be compared with the one before it.")
    if gate["passed"]:
        return Standing("good", "This release passed every check that guards publishing.")
    return Standing("warn", "This release failed a threshold of the quality gate, and a person accepted it.")


def _by_itself(report: Mapping[str, Any]) -> Standing:
    failed = report["checks"]["failed_by_severity"].get("error", 0)
    if failed:
        return Standing("warn", "This release fails a threshold of the quality gate.")
    return Standing("good", "By itself, this release passes every check that guards publishing.")
