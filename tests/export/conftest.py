import datetime as dt
import json
from types import SimpleNamespace

import pytest

from pipelines.cli import main
from tests.written import write_release

RELEASE_ID = "r1-0123456789abcdef"
COUNTS = {"entry_count": 1, "page_count": 1, "collection_count": 0, "has_variants": False}


def document(number, **said):
    """A document that says nothing but what is given."""
    return {"document_id": f"d1-{number:016x}", **COUNTS, **said}


@pytest.fixture
def library(tmp_path):
    """Makes a release of rows by table; returns the folder of releases."""

    return lambda **rows: write_release(tmp_path / "processed", RELEASE_ID, rows)


@pytest.fixture
def run(capsys):
    """Runs the command; returns its exit code and what it says as JSON."""

    def export(processed, *arguments):
        code = main(["export", *map(str, arguments), "--processed", str(processed), "--json"])
        return SimpleNamespace(code=code, said=json.loads(capsys.readouterr().out))

    return export


@pytest.fixture
def filled(library):
    """A release with two documents, who wrote and received one, and where it was read."""
    return library(
        collections=[
            {"collection_id": f"c1-{1:016x}", "title": "First", "page_count": 1, "document_count": 1},
            {"collection_id": f"c1-{2:016x}", "title": "Second", "page_count": 1, "document_count": 1},
        ],
        pages=[
            {
                "page_id": f"p1-{1:016x}", "source_path": "a.txt", "source_sha256": "0" * 64, "source_bytes": 2**40,
                "media_type": "text/plain", "encoding": "utf-8", "kind": "search",
                "captured_at": dt.datetime(2024, 2, 29, 23, 59, tzinfo=dt.UTC), "line_count": 0, "entry_line_count": 0,
                "furniture_line_count": 0, "issue_line_count": 0, "blank_line_count": 0, "entry_count": 1, "is_cut": False,
            }
        ],
        documents=[
            document(1, title="Cable, Mao to Stalin", summary="", date_edtf="0999-12-31", date_start=dt.date(999, 12, 31), date_end=dt.date(999, 12, 31), year_start=999),
            document(2, title="=1+1"),
        ],
        entries=[
            {
                "entry_id": f"e1-{1:016x}", "page_id": f"p1-{1:016x}", "position": 1, "line_first": 3, "line_last": 5, "title": "CABLE",
                "document_id": f"d1-{1:016x}", "is_representative": True, "is_possibly_cut": False,
            }
        ],
        document_collections=[
            {"document_id": f"d1-{1:016x}", "collection_id": f"c1-{number:016x}", "entry_count": 1} for number in (2, 1)
        ],
        document_parties=[
            {"document_id": f"d1-{1:016x}", "party_index": 1, "role": "from", "name": "Mao", "name_normalized": "Mao Zedong"},
            {"document_id": f"d1-{1:016x}", "party_index": 2, "role": "to", "name": "Filippov", "alias": "Stalin"},
        ],
        issues=[
            {"issue_id": f"i1-{number:016x}", "problem": "date_impossible", "severity": "warning", "source_path": "a.txt", "line_first": number, "message": f"a.txt:{number}"}
            for number in (9, 4)
        ],
    )  # fmt: skip
