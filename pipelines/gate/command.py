"""The command `accept`: a release that was kept back is published after a look."""

import json
import sys
from dataclasses import dataclass
from pathlib import Path

from pipelines.release import CURRENT, locked
from pipelines.release.rejected import accept
from pipelines.report.writing import is_page_of, refresh_page
from pipelines.settings import RELEASES_KEPT
from pipelines.wording import Sheet


@dataclass(frozen=True, slots=True)
class AcceptSettings:
    """Where, how many releases are kept, for how many seconds another run is waited for, and how it is told."""

    processed: Path
    keep: int = RELEASES_KEPT
    wait: float = 0.0
    is_json: bool = False


def accept_release(settings: AcceptSettings, name: str | None) -> None:
    """Publish a release that was kept back, and say so.

    Raises:
        UsageError: there is no such release.
        ReleaseError: it was made to follow another release, is damaged, or another run is at work.
    """
    with locked(settings.processed, settings.wait):
        published = accept(settings.processed, name, settings.keep)
        doubts = () if is_page_of(settings.processed, published.release_id) else refresh_page(settings.processed)
    for doubt in (*published.doubts, *doubts):
        sys.stderr.write(f"archive-listings: {doubt}\n")
    if settings.is_json:
        said = {
            "status": "published" if published.is_new else "unchanged",
            "release_id": published.release_id,
            "is_new": published.is_new,
            "swept": list(published.swept),
            "paths": {"current": str(settings.processed / CURRENT), "release": str(published.path)},
        }
        sys.stdout.write(json.dumps(said, indent=2) + "\n")
        return
    Sheet().line(f"Release {published.release_id} is accepted and published: {settings.processed / CURRENT}", "bold")
