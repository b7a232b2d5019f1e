"""Which releases are compared: what a person calls them, and the folders that hold them."""

from pathlib import Path

from pipelines.errors import ReleaseError, UsageError
from pipelines.release import CURRENT, RELEASES, current_release, release_before
from pipelines.release.places import MANIFEST
from pipelines.release.rejected import REJECTED
from pipelines.release.tags import find_release


def choose_releases(processed: Path, before: str | None, after: str | None) -> tuple[Path, Path]:
    """The folders of two releases; without names, `current` and the one published before it.

    A name is an id, a tag, `current`, the id of a rejected release, or the path of a release's folder.

    Raises:
        UsageError: there is no release of that name.
        ReleaseError: there is none before, or the folder cannot be read.
    """
    new = choose_release(processed, after or CURRENT)
    if before:
        return choose_release(processed, before), new
    if new.parent.name == REJECTED:  # made to follow the current one
        return choose_release(processed, CURRENT), new
    found = release_before(processed, new.name)
    if found is None:
        message = f"{new.name}: no release was published before it; name two to compare"
        raise ReleaseError(message)
    return processed / RELEASES / found, new


def choose_release(processed: Path, name: str) -> Path:
    """The folder of the release of a name.

    Raises:
        UsageError: there is no release of that name.
        ReleaseError: the folder cannot be read.
    """
    for path in (processed / REJECTED / name, Path(name)):
        if name != CURRENT and (path / MANIFEST).is_file():
            return path.resolve()
    if name == CURRENT and current_release(processed) is None:
        message = f"{processed}: no release here; `archive-listings build` publishes one, --processed names its folder"
        raise UsageError(message)
    return processed / RELEASES / find_release(processed, name)
