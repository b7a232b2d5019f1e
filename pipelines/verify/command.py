"""The command `verify`: one release, for a person or for a program."""

import json
import sys
from pathlib import Path

from pipelines.release.places import CURRENT, RELEASES
from pipelines.release.tags import find_release
from pipelines.verify.checking import verify_release
from pipelines.verify.faults import Verification


def verify(processed: Path, release: str | None, *, is_json: bool) -> bool:
    """Print what is wrong with a release, and what to do; whether it is whole.

    Raises:
        UsageError: there is no such release.
        ReleaseError: the folder cannot be read.
    """
    found = verify_release(processed / RELEASES / find_release(processed, release or CURRENT))
    if is_json:
        sys.stdout.write(json.dumps(_as_json(found), indent=2, ensure_ascii=False) + "\n")
    else:
        sys.stdout.write("".join(f"{line}\n" for line in _lines(found)))
    return not found.faults


def _as_json(found: Verification) -> dict[str, object]:
    return {
        "status": "damaged" if found.faults else "whole",
        "release_id": found.release_id,
        "checked": dict(found.checked),
        "faults": [fault._asdict() for fault in found.faults],
        "notes": list(found.notes),
    }


def _lines(found: Verification) -> list[str]:
    counts = ", ".join(f"{count:,} {name}" for name, count in found.checked.items())
    if not found.faults:
        return [f"Release {found.release_id} is whole: {counts}", *found.notes]
    lines = [f"Release {found.release_id} is damaged ({counts} checked)"]
    for fault in found.faults:
        lines += [f"  {fault.text}", f"    {fault.what_to_do}"]
    return [*lines, *found.notes]
