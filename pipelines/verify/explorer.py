"""The page of a release against its tables: its data made again, and compared byte by byte.

The script around the data may be that of the program's version that published it; that it is as it was published its hash has told.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pyarrow as pa

from pipelines.explore.inline import EXPLORER, explorer_files
from pipelines.explore.page import data_of
from pipelines.verify.faults import REPORT, Fault


def check_explorer(release: Path, tables: Mapping[str, pa.Table]) -> Iterator[Fault]:
    """What the page does not say as the tables do.

    Raises:
        OSError: it cannot be read.
    """
    expected = explorer_files(tables).get(EXPLORER)
    path = release / EXPLORER
    said = path.read_bytes() if path.exists() else None
    if said == expected:
        return
    if said is not None and expected is not None and _is_data_same(said, expected):
        return
    if said is None:
        yield Fault(EXPLORER, "not there, though the release is small enough for one page", REPORT)
    elif expected is None:
        yield Fault(EXPLORER, "there, though the release is too large for one page", REPORT)
    else:
        yield Fault(EXPLORER, "not the page that follows from the tables", REPORT)


def _is_data_same(said: bytes, expected: bytes) -> bool:
    """Whether the data is the same, or of another format, which this version does not make."""
    ours, theirs = data_of(expected), data_of(said)
    return theirs is not None and (theirs == ours or theirs.partition(b",")[0] != (ours or b"").partition(b",")[0])
