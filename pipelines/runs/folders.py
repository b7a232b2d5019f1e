"""The two folders of a run: raw must be there, and releases must not lie in it."""

from pathlib import Path

from pipelines.errors import UsageError


def check_folders(raw: Path, processed: Path) -> None:
    """Nothing, where a run can go on.

    Raises:
        UsageError: raw is no folder, or releases would be read as pages.
    """
    if not raw.is_dir():
        message = f"{raw}: no such folder; --raw names the folder that the saved pages are in"
        raise UsageError(message)
    if processed.resolve().is_relative_to(raw.resolve()):
        message = f"{processed}: lies in the raw folder {raw}; releases would be read as pages"
        raise UsageError(message)
