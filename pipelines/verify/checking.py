"""All checks of one release, the cheap ones first; what follows from a fault that was found is not looked for."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipelines.errors import ReleaseError
from pipelines.release.places import exists, told
from pipelines.verify.faults import Fault, Verification
from pipelines.verify.files import FoundFiles, check_files
from pipelines.verify.pages import check_pages
from pipelines.verify.tables import check_descriptions, check_report, check_rows, read_tables, report_of
from schemas import TABLE_VERSION


def verify_release(release: Path) -> Verification:
    """Everything that is wrong with a release; nothing where it is what was published.

    First the bytes; where they are as published, the tables, and all that is said of them.

    Raises:
        ReleaseError: it is not there, or its folder cannot be read.
    """
    release = release.resolve()
    with told(release, "cannot be verified"):
        if not exists(release):
            message = f"{release}: no such release"
            raise ReleaseError(message)
        found = check_files(release)
        checked = {"files": len(found.facts), "bytes": sum(facts["bytes"] for facts in found.facts.values())}
        if found.faults:
            return Verification(
                release.name, checked, found.faults, ("tables were not checked, since files are damaged",)
            )
        if found.manifest.get("table_version") != TABLE_VERSION and _is_of_another_version(found):
            note = f"its tables are of another version than {TABLE_VERSION}, so only its bytes were checked"
            return Verification(release.name, checked, (), (note,))
        rows, checks, faults = _check_tables(release, found.facts)
    return Verification(release.name, {**checked, "rows": rows, "checks": checks}, tuple(faults))


def _is_of_another_version(found: FoundFiles) -> bool:
    """Whether all tables agree on a version that is not this one's; a manifest alone may be damaged."""
    versions = {facts["table_version"] for facts in found.manifest["files"].values() if "table_version" in facts}
    return versions == {found.manifest.get("table_version")}


def _check_tables(release: Path, facts: Mapping[str, Mapping[str, Any]]) -> tuple[int, int, list[Fault]]:
    tables, faults = read_tables(release)
    rows = sum(table.num_rows for table in tables.values())
    if faults:
        return rows, 0, faults
    results, faults = check_rows(tables)
    report = report_of(tables)
    faults += check_report(release, report)
    faults += check_pages(release, tables, report)
    faults += check_descriptions(release, facts, tables)
    return rows, len(results), faults
