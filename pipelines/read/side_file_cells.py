"""Cells of the side file: an address, a time, a note; each read, or said why not."""

import re
from datetime import UTC, datetime
from typing import Generic, NamedTuple, TypeVar

from pipelines.addresses import LONGEST_ADDRESS

T = TypeVar("T")
# More than a note is what follows a quote that was never closed.
LONGEST_NOTE = 2_000
_ADDRESS = re.compile(r"https?://[^\s/?#\\@\[\]:]++(?::[0-9]{1,5})?(?:[/?#][^\s]*+)?", re.IGNORECASE)
# ISO 8601: a day, or a day and a time, with a zone or without.
_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_TIME = r"[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?"
_ZONE = r"Z|[+-][0-9]{2}(?::?[0-9]{2})?"
_MOMENT = re.compile(rf"{_DAY}(?:[T ]{_TIME} ?(?:{_ZONE})?)?")


class Cell(NamedTuple, Generic[T]):
    """A cell as printed and as read; `problem` says why it could not be read, and is empty where it could or nothing stood there."""

    printed: str
    value: T | None
    problem: str = ""


def read_address_cell(printed: str) -> Cell[str]:
    """An address of the web, as it stands."""
    text = printed.strip()
    if not text or (len(text) <= LONGEST_ADDRESS and text.isprintable() and _ADDRESS.fullmatch(text)):
        return Cell(printed, text or None)
    return Cell(printed, None, "url: no address that begins with http:// or https://")


def read_time_cell(printed: str) -> Cell[datetime]:
    """A time in UTC. Without a zone it is one in UTC already; a day alone is its midnight.

    >>> read_time_cell("2019-03-01T12:30:00+01:00").value
    datetime.datetime(2019, 3, 1, 11, 30, tzinfo=datetime.timezone.utc)
    """
    text = printed.strip()
    if not text:
        return Cell(printed, None)
    if _MOMENT.fullmatch(text):
        try:
            moment = datetime.fromisoformat(text.replace(" ", "T", 1).replace(" ", ""))
            return Cell(printed, moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC))
        except (ValueError, OverflowError):  # a day that does not exist; a zone that leads out of the calendar
            pass
    return Cell(printed, None, "captured_at: no day or time as 2019-03-01 or 2019-03-01T12:30:00Z")


def read_note_cell(printed: str) -> Cell[str]:
    """Any text of some length."""
    text = printed.strip()
    if "\0" in text:
        return Cell(printed, None, "note: holds a NUL")
    if len(text) > LONGEST_NOTE:
        return Cell(printed, None, f"note: longer than {LONGEST_NOTE} characters")
    return Cell(printed, text or None)
