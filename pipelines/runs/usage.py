"""What this process and those that it waited for have used of the machine."""

import resource
import sys
import time
from typing import NamedTuple

# `ru_maxrss` is in kilobytes on Linux, in bytes on macOS: getrusage(2) of each.
_MAXRSS_UNIT = 1 if sys.platform == "darwin" else 1024


class Usage(NamedTuple):
    """Seconds of the clock, CPU seconds, and the most memory that was held at once until now, in bytes.

    CPU seconds are those of this process with all its threads, and of the processes that it started and has waited for. Memory is
    the highest mark of any one of these processes.
    """

    seconds: float
    cpu_seconds: float
    peak_memory_bytes: int


def usage_now() -> Usage:
    """What was used until now; two of them give what lies between."""
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return Usage(
        time.monotonic(),
        own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime,
        max(own.ru_maxrss, children.ru_maxrss) * _MAXRSS_UNIT,
    )


def used_since(before: Usage) -> dict[str, float | int]:
    """The figures of what was done since."""
    now = usage_now()
    return {
        "seconds": round(now.seconds - before.seconds, 3),
        "cpu_seconds": round(now.cpu_seconds - before.cpu_seconds, 3),
        "peak_memory_bytes": now.peak_memory_bytes,
    }
