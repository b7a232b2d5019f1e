"""What docs/titles.md says of rules, files and queries is true."""

import re
import subprocess
import sys
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipelines.authority import read_authority
from pipelines.title_tables import read_titles
from tests.titles.test_parties import TOLD

HOUSE = Path(__file__).parents[2]
PAGE = (HOUSE / "docs" / "titles.md").read_text(encoding="utf-8")
SOURCE = "\n".join(path.read_text(encoding="utf-8") for path in (HOUSE / "pipelines" / "titles").glob("*.py"))
RULES = [
    name
    for names in re.findall(r"^\| ((?:`\w+`(?:, )?)+) \|", PAGE, flags=re.MULTILINE)
    for name in re.findall(r"\w+", names)
]


def blocks(language):
    return re.findall(rf"```{language}\n(.*?)```", PAGE, flags=re.DOTALL)


def test_every_rule_of_parties_has_a_row_and_an_example_in_the_tests():
    used = {rule for rows in TOLD.values() for *_, rule in rows}
    assert used <= set(RULES)
    assert {"sender", "receiver", "way", "participant", "dash", "diary_owner", "passed_on", "topic"} <= used


def test_every_rule_that_is_documented_is_in_the_code():
    assert [rule for rule in RULES if f'"{rule.removesuffix("_in_quotes")}"' not in SOURCE] == []
    assert len(RULES) == len(set(RULES)) == 29


def test_every_rule_that_speaks_is_documented():
    titles = [
        *TOLD,
        "NSC 8/1",
        "NIE 1-50",
        "Decision P78/3",
        "Visit, 3-10 March 1964, 10 p.m.",
        "Talk on 5 May 1950",
        "A. B, 'Note on C'",
    ]
    titles += ["Session of the Politburo", "Protocol to the 1963 Agreement on Fish", "Order No. 5"]
    ids = [f"d1-{at:016x}" for at in range(len(titles))]
    evidence = read_titles(pa.chunked_array([ids]), pa.chunked_array([titles])).evidence
    assert set(evidence["rule"].to_pylist()) <= set(RULES)


def test_the_example_runs():
    told = subprocess.run(
        [sys.executable, "-c", blocks("python")[0]], cwd=HOUSE, capture_output=True, text=True, check=True
    )
    assert told.stdout.splitlines() == [
        "telegram 3172", "from Stalin sender 29 34", "to Zhou Enlai receiver 39 48", "via Roshchin way 54 61",
    ]  # fmt: skip


def test_the_file_of_names_that_is_shown_can_be_read(tmp_path):
    path = tmp_path / "authority.toml"
    path.write_text(blocks("toml")[0], encoding="utf-8")
    assert read_authority(path).find("Koba").wikidata_id == "Q855"


@pytest.mark.parametrize("query", blocks("sql"))
def test_the_queries_run(query, tmp_path, monkeypatch):
    from pipelines.build import BuildSettings, build
    from pipelines.engine import LocalEngine

    build(BuildSettings(HOUSE / "raw" / "sample", tmp_path / "processed", tmp_path / "none.toml"), LocalEngine())
    monkeypatch.chdir(tmp_path)
    assert duckdb.sql(query).fetchall()
    assert pq.read_table("processed/current/document_parties.parquet").num_rows > 100
