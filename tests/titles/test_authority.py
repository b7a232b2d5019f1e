"""A file of names of the reader's own: what it adds, what it may say, and that a build notices it."""

import re

import pyarrow.parquet as pq
import pytest

from pipelines.authority import read_authority
from pipelines.build import BuildSettings, build
from pipelines.cli import main
from pipelines.engine import LocalEngine
from pipelines.errors import AuthorityError
from pipelines.memory.unchanged import find_unchanged
from pipelines.titles.authority import shipped
from pipelines.titles.facts import title_facts
from tests.memory.conftest import SAMPLE

OWN = """
[[person]]
name = "Ottoline Praed"
variants = ["O. Praed", "Ottilie Praed"]
family = ["Praed"]
wikidata = "Q1"

[[body]]
name = "Lighthouse Board"
variants = ["LHB"]

[[person]]
name = "Another Kovalev"
family = ["Kovalev"]
"""
WRONG = {
    "[[person": "not TOML",
    "[[office]]\nname = 'Pilot'": r"only \[\[person\]\], \[\[body\]\] and \[\[state\]\] tables belong here, not office",
    "[[person]]\nvariants = ['A']": "`name` is missing",
    "[[person]]\nname = 'A'\nnick = 'B'": "`nick` is unknown",
    "[[person]]\nname = 'A'\nvariants = 'B'": "`variants` is 'B', not a list of names",
    "[[person]]\nname = 'A'\nwikidata = 'P5'": "`wikidata` is 'P5', not an id such as Q5582",
    "[[person]]\nname = 'A'\n[[body]]\nname = 'B'\nvariants = ['A']": "'A' stands for A already",
}


@pytest.fixture
def own(tmp_path):
    path = tmp_path / "authority.toml"
    path.write_text(OWN, encoding="utf-8")
    return path


def test_a_readers_file_extends_the_shipped_one(own):
    authority = read_authority(own)
    parties = title_facts("Letter from Praed to LHB, via O. Praed", authority).parties
    assert [(each.value.name, each.value.name_normalized, each.value.party_kind) for each in parties] == [
        ("Praed", "Ottoline Praed", "person"),
        ("LHB", "Lighthouse Board", "body"),
        ("O. Praed", "Ottoline Praed", "person"),
    ]
    assert parties[0].value.wikidata_id == "Q1"
    assert authority.find("Mao Tse-tung").name == "Mao Zedong"


def test_a_readers_file_goes_before_the_shipped_one(own):
    assert shipped().find("Kovalev") is None or shipped().find("Kovalev").name != "Another Kovalev"
    assert read_authority(own).find("Kovalev").name == "Another Kovalev"


def test_no_file_is_the_shipped_authority(tmp_path):
    assert read_authority(tmp_path / "none.toml") is shipped()


@pytest.mark.parametrize("text", WRONG)
def test_a_file_that_says_something_else_is_refused_with_its_place(tmp_path, text):
    path = tmp_path / "authority.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(AuthorityError, match=WRONG[text]) as caught:
        read_authority(path)
    line = "" if "not TOML" in WRONG[text] else r":[1-9]"
    assert re.match(f"{re.escape(str(path))}{line}: ", str(caught.value))


def test_an_entry_is_refused_with_the_line_that_it_begins_at(tmp_path):
    path = tmp_path / "authority.toml"
    path.write_text("# ours\n\n[[person]]\nname = 'A'\n\n[[person]]\nname = 'B'\nnick = 'C'\n", encoding="utf-8")
    with pytest.raises(AuthorityError) as caught:
        read_authority(path)
    assert str(caught.value) == f"{path}:6: person: B: `nick` is unknown"


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    with pytest.raises(AuthorityError, match="cannot be read"):
        read_authority(tmp_path)


def test_a_build_with_another_file_of_names_is_another_build_and_the_one_from_nothing(tmp_path):
    own = tmp_path / "authority.toml"
    settings = BuildSettings(SAMPLE, tmp_path / "processed", tmp_path / "none.toml", authority=own)
    first = build(settings, LocalEngine()).published.release_id
    own.write_text(OWN, encoding="utf-8")
    assert find_unchanged(settings.raw, settings.processed, settings.digests()) is None
    second = build(settings, LocalEngine()).published
    fresh = BuildSettings(SAMPLE, tmp_path / "fresh", tmp_path / "none.toml", authority=own, is_fresh=True)
    assert first != second.release_id == build(fresh, LocalEngine()).published.release_id
    names = pq.read_table(second.path / "document_parties.parquet", columns=["name_normalized"])
    assert "Another Kovalev" in names.column(0).to_pylist()


def test_a_file_that_is_named_must_be_there(tmp_path, capsys):
    assert main(["build", "--raw", str(SAMPLE), "--processed", str(tmp_path / "p"), "--authority", "none.toml"]) == 2
    assert "none.toml: no such file; --authority names the file of names" in capsys.readouterr().err


def test_a_file_that_cannot_be_followed_fails_the_build(tmp_path, capsys):
    own = tmp_path / "authority.toml"
    own.write_text("[[office]]\nname = 'Pilot'", encoding="utf-8")
    command = [
        "build",
        "--no-prefect",
        "--raw",
        str(SAMPLE),
        "--processed",
        str(tmp_path / "p"),
        "--authority",
        str(own),
    ]
    assert main(command) == 1
    assert "authority.toml:1: only [[person]]" in capsys.readouterr().err
