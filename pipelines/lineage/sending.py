"""Where events go: appended to a file, or sent to a service. A run never fails by it."""

import json
import logging
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipelines.logs import say
from pipelines.posting import PostingError, is_address, post_json

# As the clients of OpenLineage read it.
KEY = "OPENLINEAGE_API_KEY"


def send(target: str, event: Mapping[str, Any]) -> None:
    """Send an event to an address, or append it to a file as a line of JSON; what goes wrong is only said."""
    try:
        if is_address(target):
            key = os.environ.get(KEY)
            post_json(target, event, {"Authorization": f"Bearer {key}"} if key else None)
        else:
            _append(Path(target), event)
    except (PostingError, OSError) as error:
        say(
            "lineage_not_sent",
            f"lineage: the {event['eventType']} event was not taken: {error}",
            level=logging.WARNING,
        )


def _append(path: Path, event: Mapping[str, Any]) -> None:
    """One write of one line, so that the lines of two runs never mix."""
    line = f"{json.dumps(event)}\n".encode("ascii")
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o644)
    try:
        os.write(descriptor, line)
    finally:
        os.close(descriptor)
