"""The examples of docs/loading.md, run on a release of the sample."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipelines.parquet import write_table
from schemas.derive import arrow_schema

PAGE = (Path(__file__).parents[2] / "docs" / "loading.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```python\n(.*?)```", PAGE, flags=re.DOTALL)
# A title of the sample that names a sender and a receiver: kind, sender, receiver.
LETTER = re.compile(r"(?:Cable|Telegram|Letter), (?P<sender>[^,]+?) to (?P<receiver>[^,]+)")


@pytest.fixture(scope="session")
def house(releases, tmp_path_factory):
    """A folder with a release of the sample where the page says that it is, with the senders and receivers of plain titles."""
    folder = tmp_path_factory.mktemp("house")
    current = shutil.copytree(releases / "sample", folder / "processed" / "current")
    documents = pq.read_table(current / "documents.parquet").to_pylist()
    rows = [
        dict.fromkeys(arrow_schema("document_parties").names)
        | {"document_id": document["document_id"], "party_index": index, "role": role, "name": found[who]}
        for document in documents
        if (found := LETTER.fullmatch(document["title"] or ""))
        for index, (role, who) in enumerate([("from", "sender"), ("to", "receiver")], 1)
    ]
    parties = pa.Table.from_pylist(rows, arrow_schema("document_parties"))
    write_table("document_parties", parties, current / "document_parties.parquet")
    return folder


def run(code, house):
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code], cwd=house, capture_output=True, text=True, check=False
    )


def example(beginning):
    """The example after a sentence."""
    return PAGE.split(beginning, 1)[1].split("```python\n", 1)[1].split("```", 1)[0]


@pytest.mark.parametrize("code", EXAMPLES)
def test_every_example_runs_and_prints(code, house):
    told = run(code, house)
    assert told.returncode == 0, told.stderr
    assert told.stdout.strip()


def cells(told):
    """The cells of the table that DuckDB draws, row by row, without its head."""
    lines = [line for line in told.stdout.splitlines() if line.startswith("│")]
    rows = [[cell.strip() for cell in line.strip("│").split("│")] for line in lines]
    return rows[2:]


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("Who wrote to whom?", ["Mao Zedong", "Liu Shaoqi", "4"]),
        ("Which documents are dated to the month only?", ["February 1950", "1950-02-01", "1950-02-28"]),
        ("What was refused or doubted, file by file?", ["note-not-a-listing.txt", "error", "layout_unknown", "1", "1"]),
    ],
)
def test_a_question_is_answered(question, first, house):
    assert cells(run(example(question), house))[0][: len(first)] == first


def test_the_page_shows_every_reader():
    assert {re.search(r"(?:import|from) (\w+)", code)[1] for code in EXAMPLES} == {
        "pandas", "polars", "duckdb", "pyarrow", "fastparquet", "frictionless", "mlcroissant",
    }  # fmt: skip
