"""What a report says of a release beside others: the gate's verdict, what changed, and how quality went. It is in no release.

The same raw gives the same bytes, whatever was published before; so none of this can follow from a release alone
(docs/decisions/0013-what-the-gate-compares-stays-outside.md).
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipelines.compare.comparison import compare
from pipelines.compare.display import first_items, moved_collections
from pipelines.compare.side import Side, load_side
from pipelines.errors import ReleaseError, SettingsError
from pipelines.gate.succession import check_succession
from pipelines.gate.thresholds import GATE, read_thresholds
from pipelines.parquet import read_table
from pipelines.release import RELEASES, current_release, read_order, release_before
from pipelines.release.rejected import REJECTED, why_rejected
from pipelines.report.content import REPORT_VERSION, make_report
from schemas.declared import table_names
from schemas.derive import arrow_schema

# The checks of the gate that are rows of `quality`; the others compare.
_BY_ITSELF = ("few_pages_refused", "few_entries_lost")
MOST_CHANGES = 12
MOST_COLLECTIONS = 30
_KINDS = ("new", "gone", "merged", "split", "changed", "redirected")


def full_report(
    processed: Path, path: Path, verdict: Mapping[str, Any] | None = None, after: Side | None = None
) -> dict[str, Any]:
    """The report of a release in its folder, with what depends on other releases: `release`, `gate`, `changes` and `history`.

    `verdict` is what the gate said, where that is known; else the release is judged again, beside the one published before it. `after`
    are its tables as a side of a comparison, where they are at hand.

    Raises:
        ReleaseError: the release cannot be read, or was published by another version.
    """
    report = read_report(path)
    release_id = path.name
    state = (
        "rejected"
        if path.parent.name == REJECTED
        else "current"
        if current_release(processed) == release_id
        else "kept"
    )
    order = {recorded.release_id: recorded.published_at for recorded in read_order(processed)}
    gate = _judge(processed, path, verdict if state != "rejected" else why_rejected(processed, release_id))
    return {
        **report,
        "release": {"release_id": release_id, "state": state, "published_at": order.get(release_id)},
        "gate": gate,
        "changes": _changes(processed, path, gate["release_before"], after),
        "history": _history(processed, order),
    }


def read_report(path: Path) -> dict[str, Any]:
    """The report of a release by this version: as it was published, or made again of tables that have the same columns.

    Raises:
        ReleaseError: it cannot be read, or its tables are of another version.
    """
    try:
        said: dict[str, Any] = json.loads((path / "report.json").read_bytes())
        if said["report_version"] == REPORT_VERSION:
            return said
        tables = {name: read_table(path / f"{name}.parquet") for name in table_names()}
    except (OSError, ValueError, TypeError, KeyError) as error:
        message = f"{path}: its report cannot be read: {error}"
        raise ReleaseError(message) from error
    if any(table.schema.names != arrow_schema(name).names for name, table in tables.items()):
        message = f"{path}: published by another version, whose tables had other columns; its own report is {path / 'report.json'}"
        raise ReleaseError(message)
    return make_report(tables)


def _judge(processed: Path, path: Path, verdict: Mapping[str, Any] | None) -> dict[str, Any]:
    """What the gate said, or says again by the thresholds of now."""
    if verdict:
        names = ("passed", "release_before", "checks")
        return {**{name: verdict[name] for name in names}, "is_judged_again": False, "doubt": None}
    try:
        before = release_before(processed, path.name)
        checks = (
            [*_own_checks(path), *_succession(processed / RELEASES / before, path)] if before else _own_checks(path)
        )
    except (ReleaseError, SettingsError, OSError) as error:
        return {"passed": False, "release_before": None, "checks": [], "is_judged_again": True, "doubt": str(error)}
    passed = all(check["passed"] for check in checks)
    return {"passed": passed, "release_before": before, "checks": checks, "is_judged_again": True, "doubt": None}


def _own_checks(path: Path) -> list[dict[str, Any]]:
    quality = read_table(path / "quality.parquet").to_pylist()
    return [row for check_id in _BY_ITSELF for row in quality if row["check_id"] == check_id]


def _succession(before: Path, path: Path) -> list[dict[str, Any]]:
    tables = {name: read_table(path / f"{name}.parquet") for name in table_names()}
    found = check_succession(before, tables, read_thresholds(GATE))
    return [{**check._asdict(), "passed": check.passed} for check in found]


def _changes(processed: Path, path: Path, before: str | None, after: Side | None) -> dict[str, Any] | None:
    """What differs from the release before; None where there is none, or none but itself."""
    if before is None or before == path.name:
        return None
    try:
        found = compare(load_side(processed / RELEASES / before), after or load_side(path))
    except ReleaseError as error:
        return {"release_before": before, "doubt": str(error)}
    moved = moved_collections(found.collections)
    return {
        "release_before": before,
        "doubt": None,
        "rows_before": dict(found.before.counts),
        "counts": found.counts,
        "moved_collection_count": len(moved),
        "collections": moved[:MOST_COLLECTIONS],
        "items": {kind: first_items(found.changes, kind, MOST_CHANGES) for kind in _KINDS},
    }


def _history(processed: Path, order: Mapping[str, str]) -> list[dict[str, Any]]:
    """Figures of every kept release, in the order of publishing; None for what a release does not say."""
    return [
        {"release_id": release_id, "published_at": published_at, **_figures(processed / RELEASES / release_id)}
        for release_id, published_at in order.items()
    ]


def _figures(path: Path) -> dict[str, int | None]:
    try:
        said = json.loads((path / "report.json").read_bytes())
        counts = said["counts"]
        return {
            "document_count": counts["documents"],
            "entry_count": counts["entries"],
            "issue_count": counts["issues"],
            "review_pair_count": said["matches"]["by_decision"].get("review", 0),
            "failed_check_count": said["checks"]["failed_check_count"],
        }
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return dict.fromkeys(
            ("document_count", "entry_count", "issue_count", "review_pair_count", "failed_check_count")
        )
