"""Releases in a few words: documents with their entries, collections and redirects."""

import pyarrow as pa
import pytest

from pipelines.compare.side import Side
from schemas.derive import arrow_schema

RELEASE_ID = "r1-0000000000000000"


def id_of(letter, name):
    return f"{letter}1-{name:0>16}"


def document(name, entries=1, **values):
    """A document whose columns say nothing but what is given."""
    said = {
        "document_id": id_of("d", name),
        "title": f"Letter {name}",
        "entry_count": entries,
        "page_count": entries,
        "collection_count": 0,
        "has_variants": False,
    }
    return {**said, **values}


def side(documents=(), entries=(), members=(), redirects=(), collections=()):
    """A side: documents; pairs of entry and document; of document and collection; of old and new id; of collection and title."""
    table = pa.Table.from_pylist(
        [dict.fromkeys(arrow_schema("documents").names) | row for row in documents], arrow_schema("documents")
    )
    parts = {
        "entries": (["entry_id", "document_id"], "ed", entries),
        "document_collections": (["document_id", "collection_id"], "dc", members),
        "id_redirects": (["old_document_id", "new_document_id"], "dd", redirects),
    }
    tables = {
        name: pa.table(
            {
                column: pa.array([id_of(letters[at], row[at]) for row in rows], pa.string())
                for at, column in enumerate(columns)
            }
        )
        for name, (columns, letters, rows) in parts.items()
    }
    titles = pa.table(
        {
            "collection_id": pa.array([id_of("c", name) for name, _ in collections], pa.string()),
            "title": pa.array([title for _, title in collections], pa.string()),
        }
    )
    return Side(RELEASE_ID, table, **tables, collections=titles, counts={"documents": len(documents)})


@pytest.fixture(scope="session")
def make_side():
    return side


@pytest.fixture(scope="session")
def make_document():
    return document
