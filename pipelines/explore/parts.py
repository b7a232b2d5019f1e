"""A release part by part, in memory that does not grow with it: rows are first laid down by the documents that they are about."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.explore.packing import Numbers
from pipelines.explore.records import (
    DOCUMENT_COLUMNS,
    ENTRY_COLUMNS,
    MATCH_COLUMNS,
    PAGE_COLUMNS,
    PARTY_COLUMNS,
    READING_COLUMNS,
    Part,
)
from pipelines.explore.whole import at_documents, numbered, ordered_pages, placed
from pipelines.parquet import ROWS_A_GROUP, read_table

# Documents whose rows are in memory at a time: a multiple of what is in a file of the page.
DOCUMENTS_AT_A_TIME = 20_000
_TABLES = ("entries", "matches", "document_parties", "title_evidence")


class Laid:
    """The rows of a release, in a folder of its own for the time being, by blocks of documents."""

    def __init__(self, release: Path, folder: Path) -> None:
        """Lay down the rows of a release."""
        self._release, self._folder = release, folder
        self.ids = read_table(release / "documents.parquet", ["document_id"]).column("document_id")
        self._pages = ordered_pages(
            read_table(release / "pages.parquet", PAGE_COLUMNS),
            read_table(release / "collections.parquet", ["collection_id"]),
        )
        entry_ids = read_table(release / "entries.parquet", ["entry_id"]).column("entry_id")
        numbers = self._lay("entries", ENTRY_COLUMNS, lambda rows: placed(rows, self.ids, self._pages))
        self._lay("matches", MATCH_COLUMNS, lambda rows: at_documents(rows, entry_ids, numbers))
        self._lay("document_parties", PARTY_COLUMNS, lambda rows: numbered(rows, self.ids))
        self._lay("title_evidence", READING_COLUMNS, lambda rows: numbered(rows, self.ids))

    def parts(self, documents_a_part: int) -> Iterator[Part]:
        """Every document, so many at a time."""
        file = pq.ParquetFile(self._release / "documents.parquet", page_checksum_verification=True)
        first = 0
        for group in range(file.num_row_groups):
            documents = file.read_row_group(group, DOCUMENT_COLUMNS)
            for at in range(0, documents.num_rows, DOCUMENTS_AT_A_TIME):
                yield from self._parts_of(documents.slice(at, DOCUMENTS_AT_A_TIME), first + at, documents_a_part)
            first += documents.num_rows

    def _parts_of(self, documents: pa.Table, first: int, documents_a_part: int) -> Iterator[Part]:
        """The documents of a block; the rows of a group of the file are a multiple of a block's."""
        rows = [self._block(name, first) for name in _TABLES]
        for at in range(0, documents.num_rows, documents_a_part):
            part = documents.slice(at, documents_a_part)
            begin, end = first + at, first + at + part.num_rows
            entries, matches, parties, readings = (_between(table, begin, end) for table in rows)
            yield Part(begin, part, entries, matches, parties, readings, self._pages)

    def _lay(self, name: str, columns: list[str], number: Callable[[pa.Table], pa.Table]) -> Numbers:
        """Write the rows of a table by blocks; returns the number of the document of each row, in their order."""
        numbers: list[Numbers] = [np.zeros(0, np.int32)]
        with ExitStack() as held:
            writers: dict[int, pa.ipc.RecordBatchStreamWriter] = {}
            file = pq.ParquetFile(self._release / f"{name}.parquet", page_checksum_verification=True)
            for batch in file.iter_batches(ROWS_A_GROUP, columns=columns):
                rows = number(pa.table(batch).select(columns))
                own = rows.column("document").to_numpy()
                numbers.append(own)
                for block in np.unique(own // DOCUMENTS_AT_A_TIME):
                    of_block = rows.filter(pa.array(own // DOCUMENTS_AT_A_TIME == block))
                    if block not in writers:
                        path = self._folder / f"{name}-{block}.arrow"
                        writers[block] = held.enter_context(pa.ipc.new_stream(path, of_block.schema))
                    writers[block].write_table(of_block)
            empty = number(pa.table(file.schema_arrow.empty_table()).select(columns))
        with pa.ipc.new_stream(self._folder / f"{name}-none.arrow", empty.schema) as writer:
            writer.write_table(empty)
        return np.concatenate(numbers)

    def _block(self, name: str, first: int) -> pa.Table:
        path = self._folder / f"{name}-{first // DOCUMENTS_AT_A_TIME}.arrow"
        path = path if path.exists() else self._folder / f"{name}-none.arrow"
        with path.open("rb") as file:
            return pa.ipc.open_stream(file).read_all().sort_by("document")


def _between(rows: pa.Table, begin: int, end: int) -> pa.Table:
    numbers = rows.column("document").to_numpy()
    first, last = np.searchsorted(numbers, [begin, end])
    return rows.slice(int(first), int(last - first))
