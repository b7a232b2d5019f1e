"""What docs/loading.md says of R, where R is found: base R on exported CSV, and reticulate on the Parquet files themselves."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipelines.export.csv_files import write_csv
from schemas.declared import table_names

PAGE = (Path(__file__).parents[2] / "docs" / "loading.md").read_text(encoding="utf-8")
OF_ARROW, OF_CSV, OF_RETICULATE = re.findall(r"```r\n(.*?)```", PAGE, flags=re.DOTALL)
RELEASES = ["sample", "empty", "one row", "all null", "before 1582"]

# Rows, and of each column its nulls and the characters of all its cells.
MEASURE = """
measure <- function(table, rows, columns) {
    for (column in names(columns)) {
        cells <- columns[[column]]
        cat(table, rows, column, sum(is.na(cells)), sum(nchar(cells[!is.na(cells)], type = "chars")), sep = "\\t")
        cat("\\n")
    }
}
"""
READ_CSV = """
for (table in commandArgs(TRUE)) {
    found <- read.csv(paste0(table, ".csv"), colClasses = "character", na.strings = "", encoding = "UTF-8", check.names = FALSE)
    measure(table, nrow(found), found)
}
"""
READ_PARQUET = """
suppressWarnings(library(reticulate))
use_python(Sys.getenv("PYTHON"), required = TRUE)
pq <- import("pyarrow.parquet")
for (table in commandArgs(TRUE)) {
    found <- pq$read_table(paste0(table, ".parquet"))
    as_column <- function(cells) sapply(cells, function(cell) if (is.null(cell)) NA else as.character(cell))
    measure(table, found$num_rows, lapply(found$to_pydict(), as_column))
}
"""


def has_reticulate():
    found = shutil.which("Rscript")
    return (
        found and subprocess.run([found, "-e", "library(reticulate)"], capture_output=True, check=False).returncode == 0
    )


needs_r = pytest.mark.skipif(not shutil.which("Rscript"), reason="R is not installed (Debian: r-base-core)")
needs_reticulate = pytest.mark.skipif(
    not has_reticulate(), reason="reticulate is not installed (Debian: r-cran-reticulate)"
)


def run(code, folder, *arguments):
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "TZ": "UTC", "PYTHON": sys.executable}
    command = ["Rscript", "--vanilla", "-e", code, *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False)


def measured(told):
    assert told.returncode == 0, told.stderr
    rows = [line.split("\t") for line in told.stdout.splitlines()]
    return {
        (table, column): tuple(map(int, (count, nulls, characters))) for table, count, column, nulls, characters in rows
    }


def expected(folder, *, empty_is_null):
    """The same of what pyarrow reads, for the columns of texts alone and the nulls of all."""
    found = {}
    for name in table_names():
        table = pq.read_table(folder / f"{name}.parquet")
        for field in table.schema:
            cells = table[field.name].to_pylist()
            there = [cell for cell in cells if cell is not None and not (empty_is_null and cell == "")]
            characters = sum(map(len, there)) if field.type == pa.string() else None
            found[name, field.name] = (table.num_rows, len(cells) - len(there), characters)
    return found


def agree(found, right):
    assert set(found) == set(right)
    assert {
        where: (rows, nulls, characters if right[where][2] is not None else None)
        for where, (rows, nulls, characters) in found.items()
    } == right


@needs_r
@pytest.mark.parametrize("release", RELEASES)
def test_base_r_reads_every_row_and_character_of_exported_csv(release, releases, tmp_path):
    tables = {name: pq.read_table(releases / release / f"{name}.parquet") for name in table_names()}
    for name, table in tables.items():
        write_csv(table, tmp_path / f"{name}.csv", is_for_excel=False)
    found = measured(run(MEASURE + READ_CSV, tmp_path, *table_names()))
    right = expected(releases / release, empty_is_null=True)
    added = {where: sum(apostrophes(tables[where[0]], where[1])) for where in right}
    agree(
        {where: (rows, nulls, characters - added[where]) for where, (rows, nulls, characters) in found.items()}, right
    )


def apostrophes(table, column):
    """One for each text that the export puts an apostrophe before."""
    return [1 for cell in table[column].to_pylist() if isinstance(cell, str) and cell.startswith("=")]


@needs_reticulate
@pytest.mark.parametrize("release", RELEASES)
def test_r_reads_every_row_and_character_through_reticulate(release, releases):
    folder = releases / release
    tables = [name for name in table_names() if pq.read_metadata(folder / f"{name}.parquet").num_rows]
    found = measured(run(MEASURE + READ_PARQUET, folder, *tables)) if tables else {}
    right = {where: told for where, told in expected(folder, empty_is_null=False).items() if where[0] in tables}
    agree(found, right)


@pytest.fixture
def house(releases, tmp_path):
    """A release of the sample, its export, and this Python, where the page says that they are."""
    shutil.copytree(releases / "sample", tmp_path / "processed" / "current")
    (tmp_path / "export").mkdir()
    for name in table_names():
        table = pq.read_table(tmp_path / "processed" / "current" / f"{name}.parquet")
        write_csv(table, tmp_path / "export" / f"{name}.csv", is_for_excel=False)
    return tmp_path


@needs_r
def test_the_example_of_base_r_runs(house):
    told = run(OF_CSV, house)
    assert told.returncode == 0, told.stderr
    assert "1948-05-10" in told.stdout
    assert "Cable, Mao Zedong to Filippov [Stalin]" in told.stdout


@needs_reticulate
def test_the_example_of_reticulate_runs(house):
    told = run(OF_RETICULATE.replace(".venv/bin/python", sys.executable), house)
    assert told.returncode == 0, told.stderr
    assert "1948-05-10" in told.stdout
    assert "Cable, Mao Zedong to Filippov [Stalin]" in told.stdout


def test_the_page_says_that_arrow_for_r_is_not_tried():
    assert OF_ARROW == 'library(arrow)\ndocuments <- read_parquet("processed/current/documents.parquet")\n'
    assert "This one is not tried" in PAGE
