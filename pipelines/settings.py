"""What can be set, with the reason for each value."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReadLimits:
    """Bounds on what is read, so that one file in raw cannot take the machine."""

    # The largest listing page known has 9 kB. A page of nothing but two-letter lines takes 40 times its size in memory,
    # so this keeps a hostile one under 350 MB.
    page_bytes: int = 8 * 1024 * 1024


LIMITS = ReadLimits()
