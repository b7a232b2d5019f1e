"""Releases to report on: the sample, made pages with parties and genres filled in, and one that holds next to nothing."""

import json
import random
import shutil
from pathlib import Path

import pyarrow as pa
import pytest

from pipelines.build import BuildSettings, build
from pipelines.engine import LocalEngine
from pipelines.parquet import read_table
from pipelines.release.staging import stage
from pipelines.report import make_report
from schemas.derive import arrow_schema
from tests.report.made import made_pages, with_column

SAMPLE = Path(__file__).parents[2] / "raw" / "sample"
TOPIC = "Skip to content\n\nHerring\n\nOne.\n\nTwo.\n\nTimeline\n"
GENRES = ["letter", "cable", "report", None, None]


def published(raw, processed):
    return build(BuildSettings(raw, processed), LocalEngine()).published.path


def tables_of(release):
    return {path.stem: read_table(path) for path in sorted(release.glob("*.parquet"))}


def staged(folder, tables):
    """A release of tables, with the report that follows from them."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    release_id = stage(folder, tables, make_report(tables))
    return folder.rename(folder.with_name(release_id))


@pytest.fixture(scope="session")
def sample(tmp_path_factory):
    return published(SAMPLE, tmp_path_factory.mktemp("sample") / "processed")


@pytest.fixture(scope="session")
def topic(tmp_path_factory):
    """A release of one page, which lists nothing."""
    folder = tmp_path_factory.mktemp("topic")
    (folder / "raw").mkdir()
    (folder / "raw" / "topic.txt").write_text(TOPIC, encoding="utf-8")
    return published(folder / "raw", folder / "processed")


@pytest.fixture(scope="session")
def generated(tmp_path_factory):
    """A release of made pages whose documents have parties and genres, some pages an address, and dates of three centuries."""
    folder = tmp_path_factory.mktemp("generated")
    made_pages(folder / "raw", entries=1500)
    tables = tables_of(published(folder / "raw", folder / "processed"))
    chance = random.Random(7)
    documents = tables["documents"]
    ids = documents.column("document_id").to_pylist()
    tables["documents"] = with_column(older(documents, chance), "genre", [chance.choice(GENRES) for _ in ids])
    tables["document_parties"] = parties_of(ids, chance)
    tables |= collections_of(ids, chance)
    return staged(folder / "again" / "staged", tables)


def older(documents, chance):
    """Some documents are three centuries old, some of no precision, some without a date."""
    rows = documents.to_pylist()
    for row in rows:
        if row["date_start"] and chance.random() < 0.1:
            row["date_start"] = row["date_start"].replace(year=chance.randint(1640, 1920), day=1)
            row["year_start"] = row["date_start"].year
            row["date_precision"] = chance.choice([None, "month", "year"])
        elif chance.random() < 0.02:
            row.update(dict.fromkeys(("date_start", "date_end", "year_start", "year_end", "date_precision")))
    return pa.Table.from_pylist(rows, schema=documents.schema)


def collections_of(ids, chance):
    """Twelve collections, which is more than are compared, of documents that several of them list."""
    links = {(chance.choice(ids), f"c1-{chance.randint(1, 12) ** 2:016x}") for _ in range(900)}
    schema = arrow_schema("collections")
    collections = [
        {field.name: None for field in schema}
        | {"collection_id": name, "title": f"Collection {name[-2:]}", "page_count": 1, "document_count": sum(link[1] == name for link in links)}
        for name in sorted({name for _, name in links})
    ]  # fmt: skip
    rows = [{"document_id": one, "collection_id": other, "entry_count": 1} for one, other in sorted(links)]
    return {
        "collections": pa.Table.from_pylist(collections, schema=schema),
        "document_collections": pa.Table.from_pylist(rows, schema=arrow_schema("document_collections")),
        "collection_links": arrow_schema("collection_links").empty_table(),
    }


def parties_of(ids, chance):
    names = [f"Person {number}" for number in range(20)]
    rows = []
    for document_id in ids:
        for index in range(1, chance.choice([1, 2, 3, 4])):
            name = chance.choice(names)
            rows.append({
                "document_id": document_id, "party_index": index, "role": chance.choice(["from", "to", "with", "about"]), "name": name,
                "name_normalized": name.upper() if chance.random() < 0.4 else None, "party_kind": chance.choice(["person", "body", None]),
            })  # fmt: skip
    schema = arrow_schema("document_parties")
    return pa.Table.from_pylist([{field.name: row.get(field.name) for field in schema} for row in rows], schema=schema)


@pytest.fixture(params=["sample", "generated", "topic"])
def release(request):
    return request.getfixturevalue(request.param)


@pytest.fixture
def report(release):
    return json.loads((release / "report.json").read_bytes())


@pytest.fixture
def raw(tmp_path):
    return shutil.copytree(SAMPLE, tmp_path / "raw")
