"""Tables as CSV (RFC 4180): UTF-8, a head, texts in quotes always, so that a null (nothing) is told from an empty text (`""`)."""

from pathlib import Path

import pyarrow as pa
from pyarrow import csv

from pipelines.export.neutral import neutralised

# By these bytes before everything else Excel knows that a file is UTF-8; other programs may take them for part of the first name.
_MARK = "\ufeff".encode()


def write_csv(table: pa.Table, path: Path, *, is_for_excel: bool) -> None:
    """Write one table; days are `YYYY-MM-DD`, moments UTC, truth `true` and `false`."""
    with path.open("wb") as file:
        if is_for_excel:
            file.write(_MARK)
        csv.write_csv(neutralised(table), file, csv.WriteOptions(quoting_style="needed"))
