"""What docs/declared-layouts.md says, beside what happens."""

import re
import shlex

import pytest

from pipelines.cli import main
from pipelines.dates import read_date
from pipelines.errors import LayoutError
from pipelines.extract.declared import reading
from pipelines.extract.declared.template import FIELDS
from tests.extract.declared.pages import EXAMPLES, declared

TEXT = (EXAMPLES.parent / "declared-layouts.md").read_text(encoding="utf-8")


def blocks(language):
    return re.findall(rf"```{language}\n(.*?)```", TEXT, flags=re.DOTALL)


FIRST, FRUS, ARCHIVESSPACE, FAULTY = blocks("toml")
PAGE, TRIED, FAULTS = blocks("text")


@pytest.fixture
def house(tmp_path, monkeypatch):
    (tmp_path / "raw" / "layouts").mkdir(parents=True)
    (tmp_path / "raw" / "frus-chapter.txt").write_text(PAGE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(("text", "name"), [(FRUS, "frus-volume"), (ARCHIVESSPACE, "archivesspace-results")])
def test_the_examples_are_those_that_are_ready_to_be_copied(text, name):
    assert text == (EXAMPLES / f"{name}.toml").read_text(encoding="utf-8")


def test_the_first_try_is_read_as_it_is_shown(house, capsys):
    (house / "raw" / "layouts" / "first.toml").write_text(FIRST, encoding="utf-8")
    (command,) = blocks("sh")
    assert main(shlex.split(command.split("bin/archive-listings ", 1)[1])) == 0
    assert capsys.readouterr().out.partition("\nWhy no other layout reads it")[0] == TRIED


def test_the_whole_layout_leaves_no_line_without_a_place(house, capsys):
    (house / "raw" / "layouts" / "frus.toml").write_text(FRUS, encoding="utf-8")
    assert main(["layout", "try", "raw/frus-chapter.txt"]) == 0
    assert "lines: 13, of them 7 in entries, 3 furniture, 0 issues, 3 blank" in capsys.readouterr().out


def test_the_faults_are_told_as_they_are_shown(house, capsys):
    (house / "raw" / "layouts" / "harbour.toml").write_text(FAULTY, encoding="utf-8")
    assert main(["layout", "list"]) == 1
    assert capsys.readouterr().err == FAULTS


def test_every_key_is_in_the_table_of_keys():
    rows = set(re.findall(r"^\| `([a-z_.RULE]+)` \|", TEXT, flags=re.MULTILINE))
    known = {"name", "kind", "about", "head.RULE", "between.RULE", "foot.RULE"}
    known |= {f"page.{key}" for key in reading.PAGE_KEYS} | {f"list.{key}" for key in reading.LIST_KEYS}
    known |= {f"entry.{key}" for key in reading.ENTRY_KEYS}
    assert rows == known
    assert {key.split(".")[0] for key in known} == set(reading.TOP_KEYS)


def test_every_field_is_in_the_table_of_fields_with_what_it_takes():
    rows = re.findall(r"^\| ((?:`\{\w+\}`(?:, )?)+) \| ([^|]*) \|", TEXT, flags=re.MULTILINE)
    told = {field: takes for fields, takes in rows for field in re.findall(r"\w+", fields)}
    assert told.keys() == FIELDS.keys()
    assert all(
        takes.startswith((FIELDS[field].partition(",")[0].rstrip("s"), "whole numbers"))
        for field, takes in told.items()
    )


@pytest.mark.parametrize(
    "quoted", ["no part that must follow tells it", "any page would be taken for one of this layout"]
)
def test_the_messages_that_are_explained_are_those_that_are_told(quoted):
    with pytest.raises(LayoutError, match=quoted):
        declared('name = "x"\n[page]\n[[entry]]\nline = "{title}"\n')


def test_a_date_that_could_be_of_two_months_stays_as_printed():
    assert read_date("03.05.1951").problem == "date_unclear"
    for text in ("January 20, 1969", "20 January 1969", "January 1969", "1945-1967", "1969-01-20", "circa 1950"):
        assert f"`{text}`" in TEXT
        assert read_date(text).span is not None
