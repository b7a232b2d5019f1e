"""What can be set, with the reason for each value."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReadLimits:
    """Bounds on what is read, so that one file in raw cannot take the machine."""

    # The largest listing page known has 9 kB; 64 MiB is a file put there by mistake, or worse.
    page_bytes: int = 64 * 1024 * 1024


LIMITS = ReadLimits()
