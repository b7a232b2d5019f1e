"""The page of a release of any size: its data in files beside it, each a script that hands over one piece when the page asks for it.

A page opened from a disk may not fetch, but it may load scripts; so the same files work from a disk and from a server.
"""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.explore.columns import COLUMNS, make_columns
from pipelines.explore.inline import head
from pipelines.explore.page import json_in_html, make_page
from pipelines.explore.parts import Laid
from pipelines.explore.records import Part, records_of
from pipelines.explore.words import WordIndex
from pipelines.parquet import read_table

# A page of ten results looks into ten of these at most: a hundred kilobytes each.
DOCUMENTS_A_SHARD = 200
WORD_SHARD_BYTES = 128 * 1024
# Words that begin with one or two letters stand in most of the index; a last word is taken for a beginning from here on.
PREFIX_LETTERS = 3


def write_shards(release: Path, key: str, folder: Path) -> bytes:
    """Write the files of a release's page into a folder that is there, and return the page; they are known by the key, an id of a release.

    Raises:
        OSError, pyarrow.ArrowException: a table cannot be read, or a file not be written.
    """
    with TemporaryDirectory(dir=folder, prefix=".rows-") as laid:
        rows = Laid(release, Path(laid))
        index = WordIndex()
        for part in rows.parts(DOCUMENTS_A_SHARD):
            _write(folder, key, f"documents/{part.first // DOCUMENTS_A_SHARD}", records_of(part))
            _index(index, part)
    firsts = []
    for at, page in enumerate(index.pages(WORD_SHARD_BYTES)):
        _write(folder, key, f"words/{at}", page)
        firsts.append(page["words"][0])
    for prefix, numbers in _numbers_by_id(rows.ids, release):
        _write(folder, key, f"ids/{prefix}", numbers)
    tables = {name: read_table(release / f"{name}.parquet", columns) for name, columns in COLUMNS.items()}
    _write(folder, key, "columns", make_columns(tables))
    pages = read_table(release / "pages.parquet", ["source_path", "source_sha256", "source_bytes"])
    entry_count = pq.read_metadata(release / "entries.parquet").num_rows
    shards = {"key": key, "documents": DOCUMENTS_A_SHARD, "words": firsts, "prefix": PREFIX_LETTERS}
    return make_page({**head(pages, len(rows.ids), entry_count), "shards": shards}, has_shards=True)


def _write(folder: Path, key: str, name: str, content: dict[str, Any]) -> None:
    path = folder / f"{name}.js"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b'archiveListings("%s","%s",%s);\n' % (key.encode(), name.encode(), json_in_html(content)))


def _index(index: WordIndex, part: Part) -> None:
    """The words of every form in which a page prints each document."""
    forms: dict[int, tuple[dict[str, None], dict[str, None]]] = {}
    own = zip(part.documents.column("title").to_pylist(), part.documents.column("summary").to_pylist(), strict=True)
    printed = zip(*(part.entries.column(name).to_pylist() for name in ("document", "title", "summary")), strict=True)
    rows = [*((part.first + at, *texts) for at, texts in enumerate(own)), *printed]
    for number, title, summary in rows:
        titles, summaries = forms.setdefault(number, ({}, {}))
        titles[title or ""] = summaries[summary or ""] = None
    for number in sorted(forms):
        index.add(number, *forms[number])


def _numbers_by_id(ids: pa.ChunkedArray, release: Path) -> Iterator[tuple[str, dict[str, int]]]:
    """The number of each id, ids that were given up among them, by the first two digits of the ids."""
    found: dict[str, dict[str, int]] = {}
    numbers = {document_id: number for number, document_id in enumerate(ids.to_pylist())}
    redirects = read_table(release / "id_redirects.parquet", ["old_document_id", "new_document_id"])
    old = ((row["old_document_id"], numbers[row["new_document_id"]]) for row in redirects.to_pylist())
    for document_id, number in (*numbers.items(), *old):
        found.setdefault(document_id.partition("-")[2][:2], {})[document_id] = number
    yield from sorted(found.items())
