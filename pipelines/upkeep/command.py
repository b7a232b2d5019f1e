"""The commands `releases`, `rollback` and `prune`, for a person or for a program. All that changes something holds the lock."""

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from pipelines.errors import ReleaseError, UsageError
from pipelines.release import current_release, locked, release_before
from pipelines.release.places import CURRENT, RELEASES, told
from pipelines.release.publishing import switch
from pipelines.release.retention import find_old, remove_releases, sweep_staging
from pipelines.release.tags import add_tag, find_release, remove_tag
from pipelines.report.writing import refresh_page
from pipelines.upkeep.listing import ListedRelease, list_releases
from pipelines.verify.checking import verify_release


class Where(NamedTuple):
    """The folder of releases, for how many seconds another run in it is waited for, and who reads what is printed."""

    processed: Path
    wait: float = 0.0
    is_json: bool = False


def show_releases(where: Where) -> None:
    """Print the releases that are there, the newest first.

    Raises:
        ReleaseError: the folder cannot be read.
    """
    listed = list_releases(where.processed)
    if where.is_json:
        _print_json({"processed": str(where.processed), "releases": [release._asdict() for release in listed]})
        return
    _print_lines(_table(listed) if listed else [f"No release in {where.processed}."])


def tag(where: Where, name: str, release: str = CURRENT) -> None:
    """Give a release a tag.

    Raises:
        UsageError: there is no such release, or the name cannot be a tag.
        ReleaseError: the tag leads elsewhere, another run holds the lock, or the folder cannot be written to.
    """
    _must_be_there(where.processed)
    with locked(where.processed, where.wait), told(where.processed, "not tagged"):
        sweep_staging(where.processed)
        release_id = find_release(where.processed, release)
        add_tag(where.processed, name, release_id)
    _say(
        where,
        {"status": "tagged", "tag": name, "release_id": release_id},
        f"{name} leads to {release_id}, which is kept",
    )


def untag(where: Where, name: str) -> None:
    """Take a tag away.

    Raises:
        UsageError: there is no such tag.
        ReleaseError: another run holds the lock, or the folder cannot be written to.
    """
    _must_be_there(where.processed)
    with locked(where.processed, where.wait):
        remove_tag(where.processed, name)
    _say(where, {"status": "untagged", "tag": name}, f"{name} is no tag any more; its release is kept as any other is")


def rollback(where: Where, release: str | None) -> None:
    """Let `current` lead to a release that is whole, in one step: the one named, or the one published before the current one.

    Raises:
        UsageError: there is no such release.
        ReleaseError: it is damaged, another run holds the lock, or the folder cannot be written to; `current` is as it was.
    """
    processed = where.processed
    _must_be_there(processed)
    with locked(processed, where.wait), told(processed, "not rolled back"):
        left = current_release(processed)
        target = find_release(processed, release) if release else _one_before(processed, left)
        found = verify_release(processed / RELEASES / target)
        if found.faults:
            message = f"{target}: not rolled back: it is damaged: {found.faults[0].text}"
            raise ReleaseError(message)
        sweep_staging(processed)
        is_new = switch(processed, target)
        doubts = refresh_page(processed)
    for doubt in doubts:
        sys.stderr.write(f"archive-listings: {doubt}\n")
    told_as = {"status": "switched" if is_new else "unchanged", "release_id": target, "left_release_id": left}
    back = f"; `archive-listings rollback {left}` leads back" if left else ""
    _say(where, told_as, f"current leads to {target}{back}" if is_new else f"current leads to {target} already")


def prune(where: Where, keep: int, *, is_dry_run: bool) -> int:
    """Remove old releases; returns how many could not be removed.

    Raises:
        ReleaseError: another run holds the lock, or the folder cannot be read.
    """
    processed = where.processed
    _must_be_there(processed)
    with locked(processed, where.wait), told(processed, "not pruned"):
        old = find_old(processed, keep, current_release(processed))
        if is_dry_run:
            _say(where, {"status": "dry run", "would_remove": old}, *_each("would be removed", old))
            return 0
        sweep_staging(processed)
        removed, doubts = remove_releases(processed, old)
    for doubt in doubts:
        sys.stderr.write(f"archive-listings: {doubt}\n")
    _say(where, {"status": "pruned", "removed": list(removed), "not_removed": list(doubts)}, *_each("removed", removed))
    return len(doubts)


def _one_before(processed: Path, current: str | None) -> str:
    target = release_before(processed, current) if current else None
    if target is None:
        what = f"no release was published before {current}" if current else "current leads to no release"
        message = f"{processed}: {what}; name the one to switch to (`archive-listings releases` lists them)"
        raise UsageError(message)
    return target


def _must_be_there(processed: Path) -> None:
    if not processed.is_dir():
        message = f"{processed}: no such folder; --processed names the folder of releases"
        raise UsageError(message)


def _table(listed: Sequence[ListedRelease]) -> list[str]:
    lines = [f"  {'release':<19}  {'published (UTC)':<19}  {'documents':>11}  {'entries':>11}  tags"]
    for release in listed:
        mark = "*" if release.is_current else " "
        counts = (f"{count:,}" if count is not None else "unreadable" for count in (release.documents, release.entries))
        when = release.published_at.removesuffix("Z").replace("T", " ")
        documents, entries = counts
        line = f"{mark} {release.release_id}  {when}  {documents:>11}  {entries:>11}  {', '.join(release.tags)}"
        lines.append(line.rstrip())
    return [
        *lines,
        "* is what current leads to"
        if any(release.is_current for release in listed)
        else "current leads to none of them",
    ]


def _each(what: str, ids: Sequence[str]) -> list[str]:
    return [f"{release_id} {what}" for release_id in ids] or ["nothing to remove"]


def _say(where: Where, as_json: Mapping[str, object], *lines: str) -> None:
    if where.is_json:
        _print_json(as_json)
    else:
        _print_lines(lines)


def _print_json(content: Mapping[str, object]) -> None:
    sys.stdout.write(json.dumps(content, indent=2) + "\n")


def _print_lines(lines: Sequence[str]) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))
