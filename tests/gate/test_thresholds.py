"""The file of thresholds: what it sets, and what is said of what it cannot set."""

import re
from dataclasses import asdict, fields
from pathlib import Path

import pytest

from pipelines.cli import main
from pipelines.errors import SettingsError
from pipelines.gate.thresholds import Thresholds, read_thresholds

HOUSE = Path(__file__).parents[2]
SAMPLE = HOUSE / "raw" / "sample"


def read(tmp_path, text):
    path = tmp_path / "gate.toml"
    path.write_text(text, encoding="utf-8")
    return read_thresholds(path)


def test_without_a_file_the_values_built_in_hold(tmp_path):
    assert read_thresholds(tmp_path / "none.toml") == Thresholds(
        refused_pages=0.25,
        lost_entries=0.10,
        fewer_documents=0.10,
        gone_documents=0.10,
        collection_documents_gone=0.50,
        new_review_pairs=0.10,
        judged_from=10,
    )


def test_a_file_sets_what_it_names_and_leaves_the_rest(tmp_path):
    said = read(tmp_path, "# ours\nrefused_pages = 0.5\njudged_from = 100\nlost_entries = 1\n")
    assert asdict(said) == {**asdict(Thresholds()), "refused_pages": 0.5, "judged_from": 100, "lost_entries": 1}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("refused_pages = 1.5", ":1: refused_pages: 1.5: not a share from 0 to 1"),
        ("\n\nlost_entries = -0.1", ":3: lost_entries: -0.1: not a share from 0 to 1"),
        ("lost_entries = nan", ":1: lost_entries: nan: not a share from 0 to 1"),
        ("lost_entries = true", ":1: lost_entries: True: not a share from 0 to 1"),
        ('lost_entries = "10%"', ":1: lost_entries: '10%': not a share from 0 to 1"),
        ("judged_from = 0", ":1: judged_from: 0: not a whole number from 1 on"),
        ("judged_from = 2.0", ":1: judged_from: 2.0: not a whole number from 1 on"),
        ("# x\nrefusedpages = 0.1", ":2: refusedpages: 0.1: no threshold; there are collection_documents_gone, "),
        (
            "lost_entries = 0.1\n[gate]\nrefused_pages = 0.1",
            ":2: gate: {'refused_pages': 0.1}: no threshold; there are ",
        ),
        ('"odd name" = 1', ":1: odd name: 1: no threshold"),
        ("lost_entries = 0.1\nlost_entries = 0.2", ": not TOML: "),
        ("lost_entries = ten", ": not TOML: "),
    ],
)
def test_what_cannot_be_set_is_named_with_its_line_and_value(tmp_path, text, told):
    with pytest.raises(SettingsError, match=re.escape(f"gate.toml{told}")):
        read(tmp_path, text)


def test_a_file_that_is_no_text_is_said(tmp_path):
    (tmp_path / "gate.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(SettingsError, match="cannot be read"):
        read_thresholds(tmp_path / "gate.toml")


def test_a_build_stops_at_a_file_of_thresholds_that_cannot_be_followed(tmp_path, capsys):
    (tmp_path / "gate.toml").write_text("lost_entries = 2\n", encoding="utf-8")
    where = ["--raw", str(SAMPLE), "--processed", str(tmp_path / "processed"), "--gate", str(tmp_path / "gate.toml")]
    assert main(["build", "--no-prefect", *where]) == 1
    assert "gate.toml:1: lost_entries: 2: not a share from 0 to 1" in capsys.readouterr().err
    assert not (tmp_path / "processed" / "current").exists()


def test_a_file_of_thresholds_that_is_named_and_not_there_is_wrong_usage(tmp_path, capsys):
    where = ["--raw", str(SAMPLE), "--processed", str(tmp_path / "processed"), "--gate", str(tmp_path / "none.toml")]
    assert main(["build", "--no-prefect", *where]) == 2
    assert "none.toml: no such file" in capsys.readouterr().err


def test_the_documentation_shows_every_threshold_with_the_value_built_in(tmp_path):
    page = (HOUSE / "docs" / "gate.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"```toml\n(.*?)```", page, flags=re.DOTALL)
    assert re.findall(r"^(\w+) =", shown, flags=re.MULTILINE) == [field.name for field in fields(Thresholds)]
    assert read(tmp_path, shown) == Thresholds()
