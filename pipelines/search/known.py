"""What a search reads of a release: a few columns, each page against its checksum."""

from pathlib import Path

import pyarrow as pa

from pipelines.parquet import read_published

COLUMNS = {
    "documents": [
        "document_id", "title", "summary", "date_text", "date_edtf", "date_start", "date_end", "date_precision", "genre", "url",
    ],
    "document_collections": ["document_id", "collection_id"],
    "collections": ["collection_id", "title"],
    "document_parties": ["document_id", "name", "alias", "name_normalized", "wikidata_id"],
}  # fmt: skip


class Known:
    """The tables of a release as far as a search needs them, each read when it is first asked for."""

    def __init__(self, release: Path) -> None:
        """Take the folder of the release itself, so that a build meanwhile changes nothing."""
        self.release = release
        self._tables: dict[str, pa.Table] = {}

    def table(self, name: str) -> pa.Table:
        """One table.

        Raises:
            ReleaseError: it cannot be read, or is not the table that this version publishes.
        """
        if name not in self._tables:
            self._tables[name] = read_published(self.release, name, COLUMNS[name])
        return self._tables[name]
