"""The command `search`: a page of an answer, for a person or for a program."""

import json
import sys
from pathlib import Path

from pipelines.release.places import RELEASES
from pipelines.release.tags import find_release
from pipelines.search.display import as_json, show_result
from pipelines.search.filters import Wanted
from pipelines.search.finding import Result, find
from pipelines.search.known import Known
from pipelines.wording import Sheet

__all__ = ["Wanted", "search"]


def search(processed: Path, release: str, wanted: Wanted, page: int = 1, *, is_json: bool = False) -> Result:
    """Find documents in a release and write a page of them.

    Raises:
        UsageError: there is no such release or page, or what is asked cannot be.
        ReleaseError: the release cannot be read.
    """
    release_id = find_release(processed, release)
    result = find(Known(processed / RELEASES / release_id), wanted, page)
    if is_json:
        sys.stdout.write(json.dumps(as_json(release_id, wanted, result), indent=2) + "\n")
    else:
        show_result(Sheet(), release_id, result)
    return result
