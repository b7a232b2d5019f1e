"""What the release before says of titles is taken over only where it would be said again."""

import shutil
from functools import partial

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from pipelines import build as composition
from pipelines.build import Known, make_checked_tables
from pipelines.engine import LocalEngine
from pipelines.memory.remembered import Remembered
from pipelines.memory.traces import load_titles
from pipelines.reading import read_raw
from pipelines.titles.facts import TitleReader
from tests.memory.conftest import SAMPLE

DIGESTS = {"judgements": None, "gate": None, "authority": None, "keep": "10"}
pytestmark = pytest.mark.usefixtures("settled")


@pytest.fixture
def read(monkeypatch):
    """The titles that are read from now on."""
    found = []

    def noted(reader, title, original=TitleReader.read):
        found.append(title)
        return original(reader, title)

    monkeypatch.setattr(TitleReader, "read", noted)
    return found


def add_pages(raw):
    for page in sorted(SAMPLE.glob("*.txt"))[6:]:
        shutil.copy(page, raw)


def names_in(processed):
    return set(pq.read_table(processed / "current" / "document_parties.parquet").column("name_normalized").to_pylist())


def test_titles_that_the_release_before_has_are_not_read_again(raw, build, read):
    build()
    first = set(read)
    read.clear()
    add_pages(raw)
    build()
    assert len(read) > 0
    assert not first & set(read)


def test_where_names_stand_for_others_now_all_titles_are_read_again(raw, build, tmp_path):
    names = tmp_path / "names.toml"
    names.write_text("[[person]]\nname = 'One'\nvariants = ['Stalin']\n", encoding="utf-8")
    build("--authority", names)
    assert "One" in names_in(tmp_path / "processed")
    names.write_text("[[person]]\nname = 'Other'\nvariants = ['Stalin']\n", encoding="utf-8")
    add_pages(raw)
    build("--authority", names)
    assert "Other" in names_in(tmp_path / "processed")
    assert "One" not in names_in(tmp_path / "processed")


@pytest.mark.parametrize("name", ["document_parties", "title_evidence"])
def test_a_table_that_is_not_as_it_was_published_says_nothing(build, tmp_path, name):
    build()
    processed = tmp_path / "processed"
    documents = pq.read_table(processed / "current" / "documents.parquet")
    load = partial(load_titles, processed, None, documents)
    assert load() is not None
    path = processed / "current" / f"{name}.parquet"
    table = pq.read_table(path)
    pq.write_table(table.slice(1), path)
    assert load() is None


def test_a_release_that_lacks_a_row_that_a_title_gave_is_not_gone_on_from(raw, tmp_path, monkeypatch):
    make = composition.make_tables

    def with_a_bad_row(*given):
        tables = make(*given)
        parties = tables["document_parties"]
        at = parties.schema.get_field_index("wikidata_id")
        bad = pc.if_else(pc.is_null(parties.column("wikidata_id")), "none", parties.column("wikidata_id"))
        return {**tables, "document_parties": parties.set_column(at, parties.schema.field(at), bad)}

    reading = read_raw(raw, LocalEngine(), Remembered.open(raw, tmp_path, DIGESTS, is_fresh=True))
    assert make_checked_tables(reading, Known()).traces is not None
    monkeypatch.setattr(composition, "make_tables", with_a_bad_row)
    monkeypatch.setattr(
        composition, "guard", lambda _: None
    )  # what is left out breaks a law, which is looked at elsewhere
    assert make_checked_tables(reading, Known()).traces is None
