"""The current release as a person asks about it: its tables, and its entries with the places that list them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.deduplicate import Said
from pipelines.deduplicate.judgements import content_of
from pipelines.errors import ReleaseError
from pipelines.parquet import read_published
from pipelines.release import CURRENT

Content = tuple[str, str, str]
# What an entry prints, by the names that judgements use, and the columns that hold it.
PRINTED = {"date": "date_text", "title": "title", "summary": "summary"}


class Listed(NamedTuple):
    """An entry of a release: its row in `entries`, and the page that lists it."""

    row: Mapping[str, Any]
    source_path: str
    heading: str | None
    collection: str | None

    @property
    def entry_id(self) -> str:
        """Its id."""
        return str(self.row["entry_id"])

    @property
    def document_id(self) -> str:
        """The document that it is an appearance of."""
        return str(self.row["document_id"])

    @property
    def said(self) -> Said:
        """What it prints, as a judgement quotes it."""
        return Said(**{name: self.row[column] for name, column in PRINTED.items()})

    @property
    def content(self) -> Content:
        """What it says, typography aside."""
        return content_of(self.said)

    @property
    def place(self) -> str:
        """Its file and lines."""
        return f"{self.source_path}:{self.row['line_first']}-{self.row['line_last']}"

    @property
    def place_and_page(self) -> str:
        """Its file and lines, and what the page is about."""
        about = self.collection or self.heading
        return f"{self.place} ({about})" if about else self.place

    def as_json(self) -> dict[str, Any]:
        """Every field, and where it stands."""
        page = {"source_path": self.source_path, "heading": self.heading, "collection": self.collection}
        return {**row_as_json(self.row), **page}


class Release:
    """A release that is there; each table is read when it is first asked for."""

    def __init__(self, path: Path) -> None:
        """Take the folder of the release itself, so that a build meanwhile changes nothing."""
        self.path = path
        self._tables: dict[str, pa.Table] = {}

    @property
    def release_id(self) -> str:
        """Its id."""
        return self.path.name

    def table(self, name: str) -> pa.Table:
        """One table.

        Raises:
            ReleaseError: it cannot be read, or is not the table that this version publishes.
        """
        if name not in self._tables:
            self._tables[name] = read_published(self.path, name)
        return self._tables[name]

    def rows(self, name: str, column: str, values: Iterable[str]) -> list[dict[str, Any]]:
        """The rows of a table with one of these values."""
        table = self.table(name)
        rows: list[dict[str, Any]] = table.filter(is_one_of(table, column, values)).to_pylist()
        return rows

    def entries(self, column: str, ids: Iterable[str]) -> list[Listed]:
        """The entries with one of these ids in a column, by page and place."""
        rows = self.rows("entries", column, ids)
        pages = {page["page_id"]: page for page in self.rows("pages", "page_id", {row["page_id"] for row in rows})}
        about = {page["collection_id"] for page in pages.values()} - {None}
        titles = {found["collection_id"]: found["title"] for found in self.rows("collections", "collection_id", about)}
        listed = [
            Listed(row, page["source_path"], page["heading"], titles.get(page["collection_id"]))
            for row in rows
            for page in (pages[row["page_id"]],)
        ]
        return sorted(listed, key=lambda entry: (entry.source_path, entry.row["position"]))

    def saying(self, contents: Collection[Content]) -> dict[Content, list[Listed]]:
        """The entries that say these things, by what they say; those in vain asked for are left out."""
        if not contents:
            return {}
        table = self.table("entries")
        wanted = {title for _, title, _ in contents}
        printed = table.column("title").unique().to_pylist()
        titles = pa.array([text for text in printed if content_of(Said(None, text, None))[1] in wanted], pa.string())
        ids = table.filter(pc.is_in(table.column("title"), value_set=titles)).column("entry_id").to_pylist()
        found: dict[Content, list[Listed]] = defaultdict(list)
        for entry in self.entries("entry_id", ids):
            if entry.content in contents:
                found[entry.content].append(entry)
        return dict(found)


def open_release(processed: Path) -> Release:
    """The release that `current` leads to.

    Raises:
        ReleaseError: there is none, or the file system does not let it be looked at.
    """
    current = processed / CURRENT
    try:
        return Release(current.resolve(strict=True))
    except FileNotFoundError:
        message = f"{processed}: no release here; `archive-listings build` publishes one, --processed names its folder"
        raise ReleaseError(message) from None
    except (OSError, RuntimeError) as error:  # a link that leads to itself is the latter
        message = f"{current}: cannot be read: {error}"
        raise ReleaseError(message) from error


def is_one_of(table: pa.Table, column: str, values: Iterable[str]) -> pa.ChunkedArray:
    """For each row whether a column has one of these values."""
    return pc.is_in(table.column(column), value_set=pa.array(sorted(values), pa.string()))


def row_as_json(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row whose dates are text."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()}
