"""What can be set, with the reason for each value."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReadLimits:
    """Bounds on what is read, so that one file in raw cannot take the machine."""

    # The largest listing page known has 9 kB. A page of nothing but two-letter lines is the worst for memory: at this
    # size a build that refuses it peaks at 300 MB; the sample takes 175.
    page_bytes: int = 4 * 1024 * 1024


LIMITS = ReadLimits()
