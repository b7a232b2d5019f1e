import json
from datetime import date
from types import SimpleNamespace

import pytest

from pipelines.cli import main
from tests.written import write_release

RELEASE_ID = "r1-0123456789abcdef"


def id_of(letter, number):
    return f"{letter}1-{number:016x}"


def document(number, **said):
    """A document that says nothing but what is given; a date that has no end is one day."""
    bounds = {name: date.fromisoformat(said[name]) for name in ("date_start", "date_end") if name in said}
    said |= {"date_end": bounds["date_start"], **bounds} if bounds else {}
    return {
        "document_id": id_of("d", number), "entry_count": 1, "page_count": 1, "collection_count": 0, "has_variants": False, **said,
    }  # fmt: skip


def collection(number, title):
    return {"collection_id": id_of("c", number), "title": title, "page_count": 1, "document_count": 1}


def member(document_number, collection_number):
    return {
        "document_id": id_of("d", document_number), "collection_id": id_of("c", collection_number), "entry_count": 1,
    }  # fmt: skip


def party(number, role, name, **said):
    return {"document_id": id_of("d", number), "party_index": 1, "role": role, "name": name, **said}


@pytest.fixture(scope="session")
def make():
    """Makes rows of tables."""
    return SimpleNamespace(document=document, collection=collection, member=member, party=party)


@pytest.fixture
def library(tmp_path):
    """Makes a release of rows by table; returns the folder of releases."""

    def write(**rows):
        return write_release(tmp_path, RELEASE_ID, rows)

    write.folder = tmp_path
    return write


@pytest.fixture
def run(capsys):
    """Runs the command; returns its exit code and what it prints."""

    def search(processed, *arguments):
        code = main(["search", *arguments, "--processed", str(processed)])
        return code, capsys.readouterr().out

    return search


@pytest.fixture
def numbers(run):
    """Runs the command; returns the numbers of the documents on the page that is shown, in order."""

    def search(processed, *arguments):
        code, told = run(processed, *arguments, "--json")
        assert code == 0, told
        return [int(found["document_id"].removeprefix("d1-"), 16) for found in json.loads(told)["documents"]]

    return search
