import csv

import pytest

from benchmarks.pages import write_pages
from pipelines.build import Known, make_checked_tables
from pipelines.captures import merge_readings
from pipelines.read import find_sources
from pipelines.shards import read_shard

pytest.register_assert_rewrite("tests.deduplicate.corpora")


def tables_of(folder, judgements=()):
    """Every table of a build of the pages in a folder."""
    sources, issues = find_sources(folder)
    return make_checked_tables(merge_readings([read_shard(sources)], issues), Known(judgements=judgements)).tables


@pytest.fixture
def read_pages(tmp_path):
    """Writes pages as files and reads them as a build does."""

    def run(*, judgements=(), **pages):
        for name, text in pages.items():
            (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
        return tables_of(tmp_path, judgements)

    return run


@pytest.fixture(scope="session")
def generated(tmp_path_factory):
    """The tables of a thousand made-up entries, and which document each (file, position) is in truth."""
    folder = tmp_path_factory.mktemp("generated")
    write_pages(folder, 1_000, 1)
    with (folder / "truth.csv").open(encoding="utf-8") as handle:
        truth = {(row["page"], int(row["position"])): row["document"] for row in csv.DictReader(handle)}
    return tables_of(folder / "raw"), truth
