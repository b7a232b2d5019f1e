"""What a run says of itself while it goes on: a line for a person, or a JSON object a line for a program; on standard error."""

import json
import logging
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

TEXT, JSON = "text", "json"
FORMS = (TEXT, JSON)
STAGE, ENDED = "stage", "ended"
_LOGGER = logging.getLogger("archive_listings")


def say(event: str, message: str, *, level: int = logging.INFO, **facts: Any) -> None:  # noqa: ANN401 whatever JSON holds
    """Say one thing: an event of a name that programs know, a sentence for a person, and facts."""
    _LOGGER.log(level, message, extra={"event": event, "facts": facts})


def say_ended(release_id: str, *, is_new: bool) -> None:
    """Say that a run is done; a person reads it in the summary."""
    say(ENDED, f"{release_id} is current", release_id=release_id, is_new=is_new)


def use_form(form: str) -> None:
    """Say everything from now on as text or as JSON."""
    _ON_STANDARD_ERROR.setFormatter(JsonLines() if form == JSON else _TextLines())


@contextmanager
def forwarded(handler: logging.Handler) -> Iterator[None]:
    """While the block runs, what is said goes to another handler instead."""
    _LOGGER.removeHandler(_ON_STANDARD_ERROR)
    _LOGGER.addHandler(handler)
    try:
        yield
    finally:
        _LOGGER.removeHandler(handler)
        _LOGGER.addHandler(_ON_STANDARD_ERROR)


class JsonLines(logging.Formatter):
    """One JSON object a line, in ASCII: no text from raw can end a line or reach a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        """The object: `time` (UTC), `level`, `event`, the facts, `message`."""
        time = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        facts: Mapping[str, Any] = getattr(record, "facts", {})
        said = {
            "time": time.replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            "event": getattr(record, "event", "log"),
            **facts,
            "message": record.getMessage(),
        }
        if record.exc_info:
            said["exception"] = self.formatException(record.exc_info)
        return json.dumps(said, default=str)


class _TextLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return f"archive-listings: {record.getMessage()}"


class _OnStandardError(logging.Handler):
    """Writes to what standard error is at the time; as text not what bars and summary tell."""

    def emit(self, record: logging.LogRecord) -> None:
        if not isinstance(self.formatter, JsonLines) and self._is_told_elsewhere(getattr(record, "event", "")):
            return
        sys.stderr.write(f"{self.format(record)}\n")

    @staticmethod
    def _is_told_elsewhere(event: str) -> bool:
        return event == ENDED or (event == STAGE and sys.stderr.isatty())


_ON_STANDARD_ERROR = _OnStandardError()
_LOGGER.setLevel(logging.INFO)
_LOGGER.propagate = False
_LOGGER.addHandler(_ON_STANDARD_ERROR)
use_form(TEXT)
