"""The files of a release against its manifest, and the manifest against the release's name.

The name holds a hash over the hashes of all files but the manifest. So where a file and the manifest disagree, the name says which
of them is as it was published.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from pipelines.descriptors import DESCRIPTORS
from pipelines.release.durable import fingerprint
from pipelines.release.manifest import release_id_of
from pipelines.release.places import MANIFEST
from pipelines.verify.faults import FOREIGN, RESTORE, Fault
from schemas.declared import table_names

# What every release holds, whatever else a later version adds.
EXPECTED = frozenset({*(f"{name}.parquet" for name in table_names()), "report.html", "report.json", *DESCRIPTORS})


class FoundFiles(NamedTuple):
    """What stands in a release's folder: the facts of each file by name, and the manifest, as far as there is one."""

    facts: Mapping[str, Mapping[str, Any]]
    manifest: Mapping[str, Any]
    faults: tuple[Fault, ...]


def check_files(release: Path) -> FoundFiles:
    """Hash every file, and find those that are missing, foreign, unreadable or other than published.

    Raises:
        OSError: the folder cannot be read.
    """
    facts: dict[str, Mapping[str, Any]] = {}
    faults: list[Fault] = []
    for path in sorted(release.iterdir()):
        if path.is_symlink() or not path.is_file():
            faults.append(Fault(path.name, "no file of a release: a link, a folder or something else", FOREIGN))
            continue
        try:
            facts[path.name] = fingerprint(path)
        except OSError as error:
            faults.append(Fault(path.name, f"cannot be read: {error.strerror}", RESTORE))
    manifest, why = _read_manifest(release / MANIFEST)
    if why:
        faults.append(Fault(MANIFEST, why, RESTORE))
    told = {name for fault in faults for name in [fault.file]}
    faults += [fault for fault in _disagreements(release.name, manifest, facts) if fault.file not in told]
    return FoundFiles(facts, manifest, tuple(faults))


def _read_manifest(path: Path) -> tuple[dict[str, Any], str]:
    """The manifest, and why there is none; nothing of it is taken for true here."""
    try:
        manifest = json.loads(path.read_bytes())
    except OSError as error:
        return {}, f"cannot be read: {error.strerror}"
    except ValueError:
        return {}, "no JSON: not as it was published"
    files = manifest.get("files") if isinstance(manifest, dict) else None
    if not isinstance(files, dict) or not all(
        isinstance(facts, dict) and isinstance(facts.get("sha256"), str) for facts in files.values()
    ):
        return {}, "names no files with their hashes: not as it was published"
    return manifest, ""


def _disagreements(name: str, manifest: Mapping[str, Any], facts: Mapping[str, Mapping[str, Any]]) -> Iterator[Fault]:
    """What files, manifest and the release's name do not agree on, blamed on the one that the name is against."""
    found = {file: facts[file]["sha256"] for file in facts if file != MANIFEST}
    files = manifest.get("files", {})
    listed = {file: said["sha256"] for file, said in files.items()}
    if release_id_of(found) == name:  # every file is as it was published: what disagrees is the manifest
        differing = sorted(file for file in found.keys() | listed.keys() if found.get(file) != listed.get(file))
        if manifest and differing:
            yield Fault(MANIFEST, f"not as it was published: it names {differing[0]} otherwise than it is", RESTORE)
        return
    if manifest and release_id_of(listed) != name:
        yield Fault(MANIFEST, f"not as it was published: the files that it lists are not those of {name}", RESTORE)
    for file in sorted(found.keys() | listed.keys() | EXPECTED):
        if file not in found:
            yield Fault(file, "missing", RESTORE)
        elif manifest and file not in listed:
            yield Fault(file, "not in the manifest: it was not published with the release", FOREIGN)
        elif manifest and found[file] != listed[file]:
            yield Fault(file, f"not as it was published: {facts[file]['bytes']} bytes, sha256 {found[file]}", RESTORE)
