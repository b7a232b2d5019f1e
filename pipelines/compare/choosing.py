"""Which releases are compared: what a person calls them, and the folders that hold them."""

from pathlib import Path

from pipelines.errors import ReleaseError
from pipelines.release import CURRENT, RELEASES

REJECTED = "rejected"
TAGS = "tags"


def choose_release(processed: Path, name: str) -> Path:
    """The folder of a release: `current`, an id of one published or rejected, a tag, or the path of a release's folder.

    Raises:
        ReleaseError: there is none of that name.
    """
    if name == CURRENT:
        return current_release(processed)
    found = [processed / room / name for room in (RELEASES, REJECTED, TAGS)] if Path(name).name == name else []
    for path in (*found, Path(name)):
        if (path / "documents.parquet").is_file():
            return path.resolve()
    message = f"{name}: no release of this id, tag or path; {processed / RELEASES} holds {_names(processed)}"
    raise ReleaseError(message)


def current_release(processed: Path) -> Path:
    """The folder that `current` leads to.

    Raises:
        ReleaseError: there is none.
    """
    try:
        return (processed / CURRENT).resolve(strict=True)
    except (OSError, RuntimeError) as error:
        message = f"{processed}: no release here; `archive-listings build` publishes one, --processed names its folder"
        raise ReleaseError(message) from error


def release_before(processed: Path, release: Path) -> Path:
    """The release that was published before another.

    Raises:
        ReleaseError: none was, or the folder cannot be listed.
    """
    order = [path for path in _by_time(processed) if (path / "documents.parquet").is_file()]
    at = order.index(release) if release in order else len(order)
    if at == 0:
        message = f"{release.name}: no release was published before it; name two to compare"
        raise ReleaseError(message)
    return order[at - 1]


def _by_time(processed: Path) -> list[Path]:
    """Published releases from old to new: by when their folders were made."""
    try:
        return sorted((processed / RELEASES).resolve().iterdir(), key=lambda path: (path.stat().st_mtime_ns, path.name))
    except OSError as error:
        message = f"{error.filename or processed}: cannot be read: {error.strerror}"
        raise ReleaseError(message) from error


def _names(processed: Path) -> str:
    try:
        names = sorted(path.name for path in (processed / RELEASES).iterdir())
    except OSError:
        names = []
    return ", ".join(names) or "none"
