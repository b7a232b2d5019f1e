"""The page of a release against its tables: made again, and compared byte by byte."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pyarrow as pa

from pipelines.explore.inline import EXPLORER, explorer_files
from pipelines.verify.faults import REPORT, Fault


def check_explorer(release: Path, tables: Mapping[str, pa.Table]) -> Iterator[Fault]:
    """What the page does not say as the tables do; whether it is as it was published its hash has told.

    Raises:
        OSError: it cannot be read.
    """
    expected = explorer_files(tables).get(EXPLORER)
    path = release / EXPLORER
    said = path.read_bytes() if path.exists() else None
    if said == expected:
        return
    if said is None:
        yield Fault(EXPLORER, "not there, though the release is small enough for one page", REPORT)
    elif expected is None:
        yield Fault(EXPLORER, "there, though the release is too large for one page", REPORT)
    else:
        yield Fault(EXPLORER, "not the page that follows from the tables", REPORT)
