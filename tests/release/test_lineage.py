"""Every row leads back to its file, the bytes of it that were read, and the lines."""

import random

import duckdb
import pytest

from benchmarks.pages import write_pages
from pipelines.build import BuildSettings
from pipelines.build import build as publish_pages
from pipelines.engine import LocalEngine
from tests.release.cutting import why_not_identical

ROWS = """
    SELECT source_path, source_sha256, line_first, line_last, date_text, title, summary, layout
    FROM '{release}/entries.parquet' JOIN '{release}/pages.parquet' USING (page_id) ORDER BY source_path, position
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A release of made pages of every layout, and where its raw is."""
    folder = tmp_path_factory.mktemp("made")
    write_pages(folder, 1_500, 7)
    return folder / "raw", publish_pages(
        BuildSettings(folder / "raw", folder / "processed"), LocalEngine()
    ).published.path


def rows_of(release):
    found = duckdb.sql(ROWS.format(release=release))
    return [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]


def test_rows_cut_again_from_raw_are_identical(made, torture, figure):
    raw, release = made
    rows = random.Random(3).sample(rows_of(release), torture(100, 500))
    differing = [(row, why) for row in rows if (why := why_not_identical(row, (raw / row["source_path"]).read_bytes()))]
    layouts = len({row["layout"] for row in rows})
    figure(
        "lineage: rows cut again from raw by file and lines",
        f"{len(rows) - len(differing)} of {len(rows)} identical, on pages of {layouts} layouts",
    )
    assert differing == []
    assert layouts >= 8


def test_rows_of_the_sample_cut_again_from_raw_are_identical(sample, processed):
    release = publish_pages(BuildSettings(sample, processed), LocalEngine()).published.path
    rows = rows_of(release)
    assert len(rows) == 94
    assert [
        (row, why) for row in rows if (why := why_not_identical(row, (sample / row["source_path"]).read_bytes()))
    ] == []


@pytest.mark.parametrize(
    "change", [{"line_first": 1}, {"line_last": 1}, {"title": "x"}, {"summary": None}, {"source_sha256": "0" * 64}]
)
def test_the_same_cutting_catches_a_row_that_is_not_identical(made, change):
    raw, release = made
    rows = [row for row in rows_of(release) if row["summary"] and row["line_first"] > 2]
    row = {**rows[0], **change}
    assert why_not_identical(row, (raw / row["source_path"]).read_bytes())
