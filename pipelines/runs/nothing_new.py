"""A run in which nothing is new: found before anything is imported that builds, and put down like any other."""

import json
from collections.abc import Mapping
from pathlib import Path

from pipelines.logs import say_ended
from pipelines.memory.unchanged import NOTHING_BUILT, find_unchanged, unchanged_as_json, unchanged_lines
from pipelines.runs.account import Run, Started, account_of, write_last_run


def answer_where_unchanged(
    raw: Path, processed: Path, settings: Mapping[str, str | None], *, as_json: bool
) -> str | None:
    """What a build answers where there is nothing to build; None where there is something."""
    started = Started()
    record = find_unchanged(raw, processed, settings)
    if record is None:
        return None
    account = account_of(started, "unchanged", Run(NOTHING_BUILT, record.release_id))
    write_last_run(processed, account)
    say_ended(record.release_id, is_new=False)
    if as_json:
        return json.dumps(unchanged_as_json(record, processed) | {"run": account}, indent=2)
    return "\n".join(unchanged_lines(record, processed))
