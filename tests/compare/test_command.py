"""The command: what a person reads, what a program reads, and which releases are compared."""

import json
import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipelines.build import BuildSettings, build
from pipelines.cli import main
from pipelines.engine import LocalEngine
from schemas.derive import arrow_schema

SAMPLE = Path(__file__).parents[2] / "raw" / "sample"
PAGE = "Skip to content\n\n\n1 - 1 of 1\n\n\n{date}\n\n{title}\n\n{summary}\n"


@pytest.fixture(scope="module")
def processed(tmp_path_factory):
    """A folder with two releases: the sample, and the sample without one page and with one date corrected."""
    folder = tmp_path_factory.mktemp("diff")
    raw = shutil.copytree(SAMPLE, folder / "raw")
    build(BuildSettings(raw, folder / "processed"), LocalEngine())
    (raw / "old-search-mikoyan-mission.txt").unlink()
    page = raw / "old-collection-korean-war.txt"
    page.write_bytes(page.read_bytes().replace(b"January 15, 1953", b"January 16, 1953"))
    build(BuildSettings(raw, folder / "processed"), LocalEngine())
    return folder / "processed"


def diff(capsys, processed, *arguments):
    capsys.readouterr()
    code = main(["diff", "--processed", str(processed), *map(str, arguments)])
    printed, said = capsys.readouterr()
    return code, printed, said


def ids(processed):
    """The first release and the second."""
    current = (processed / "current").readlink().name
    (other,) = {path.name for path in (processed / "releases").iterdir()} - {current}
    return other, current


def test_without_names_the_release_before_is_compared_with_the_current_one(processed, capsys):
    code, printed, _ = diff(capsys, processed, "--json")
    said = json.loads(printed)
    assert code == 0
    assert (said["before"]["release_id"], said["after"]["release_id"]) == ids(processed)
    assert (said["before"]["rows"]["documents"], said["after"]["rows"]["documents"]) == (64, 62)


def test_json_has_every_difference_by_its_kind(processed, capsys):
    said = json.loads(diff(capsys, processed, "--json")[1])
    assert said["counts"] == {
        "documents_before": 64, "documents_after": 62, "unchanged": 55, "new": 1, "gone": 3, "changed": 6, "merged": 0, "split": 0,
        "joined": 0, "left": 1, "redirected": 0,
    }  # fmt: skip
    assert sorted(said["changes"]) == ["changed", "gone", "joined", "left", "merged", "new", "redirected", "split"]
    assert [len(said["changes"][kind]) for kind in ("new", "gone", "changed", "left")] == [1, 3, 6, 1]
    letter = next(item for item in said["changes"]["changed"] if item["title"] == "Letter, Jiang Qing to Mao Zedong")
    assert letter["fields"] == {
        "entry_count": {"before": "2", "after": "1"},
        "page_count": {"before": "2", "after": "1"},
    }
    war = next(row for row in said["collections"] if row["title"] == "Korean War, 1950-1953")
    assert (war["documents_before"], war["documents_after"], war["new"], war["left"]) == (9, 9, 1, 1)


def test_a_person_reads_counts_collections_and_documents(processed, capsys):
    code, printed, _ = diff(capsys, processed)
    lines = printed.splitlines()
    assert code == 0
    assert lines[0] == "From release {} to {}".format(*ids(processed))
    assert "         64       62   documents" in lines
    assert "  documents: 1 new, 3 gone, 6 changed, 0 merged, 0 split, 55 unchanged; ids redirected: 0" in lines
    assert any(
        line.split() == ["9", "9", "1", "·", "1", "·", "·", "·", "1", "Korean", "War,", "1950-1953"] for line in lines
    )
    assert "Documents that are gone (3)" in lines
    assert any(line.endswith("Notes by Anastas Mikoyan ahead of Meetings with Mao Zedong") for line in lines)
    assert "      entry_count: 2 -> 1, page_count: 2 -> 1" in lines


def test_the_other_way_round_is_asked_for_by_name(processed, capsys):
    before, after = ids(processed)
    said = json.loads(diff(capsys, processed, after, before, "--json")[1])
    assert (said["counts"]["new"], said["counts"]["gone"]) == (3, 1)


@pytest.mark.parametrize("name", ["current", "id", "folder"])
def test_a_release_beside_itself_does_not_differ(processed, capsys, name):
    named = {"current": "current", "id": ids(processed)[1], "folder": processed / "current"}[name]
    code, printed, _ = diff(capsys, processed, named)
    assert code == 0
    assert "Their documents, collections and redirects are the same." in printed
    assert json.loads(diff(capsys, processed, named, "--json")[1])["is_same"] is True


def test_the_table_of_differences_is_written_as_declared(processed, capsys, tmp_path):
    code, _, _ = diff(capsys, processed, "--parquet", tmp_path / "changes.parquet")
    table = pq.read_table(tmp_path / "changes.parquet")
    assert code == 0
    assert table.schema.equals(arrow_schema("differences"), check_metadata=True)
    counted = {row["values"]: row["counts"] for row in table["kind"].value_counts().to_pylist()}
    assert counted == {"new": 1, "gone": 3, "changed": 13, "left": 1}
    assert [path.name for path in tmp_path.iterdir()] == ["changes.parquet"]


def test_a_table_that_cannot_be_written_is_one_line(processed, capsys, tmp_path):
    code, _, said = diff(capsys, processed, "--parquet", tmp_path / "none" / "changes.parquet")
    assert code == 1
    assert said.startswith(f"archive-listings: {tmp_path}/none/changes.parquet: cannot be written: ")
    assert said.count("\n") == 1


def test_a_name_that_no_release_has_is_wrong_usage(processed, capsys):
    code, _, said = diff(capsys, processed, "r1-0000000000000000")
    assert code == 2
    assert "no such release" in said


def test_a_first_release_has_none_before_it(tmp_path, capsys):
    build(BuildSettings(SAMPLE, tmp_path), LocalEngine())
    code, _, said = diff(capsys, tmp_path)
    assert code == 1
    assert "no release was published before it; name two to compare" in said


def test_a_folder_without_a_release_is_said(tmp_path, capsys):
    code, _, said = diff(capsys, tmp_path)
    assert code == 2
    assert "no release here" in said


def test_a_release_that_is_damaged_is_one_line(processed, capsys, tmp_path):
    damaged = shutil.copytree(processed / "releases", tmp_path / "damaged") / ids(processed)[0]
    (damaged / "documents.parquet").write_bytes(b"PAR1 no table")
    code, _, said = diff(capsys, processed, damaged)
    assert code == 1
    assert "documents.parquet: cannot be read" in said


def test_text_from_raw_is_neither_markup_nor_control(tmp_path, capsys):
    raw = tmp_path / "raw"
    raw.mkdir()
    titles = ("Cable [bold]one[/bold] \x1b[2J", "Cable [bold]two[/bold] \x1b]0;owned\x07")
    build_of = BuildSettings(raw, tmp_path / "processed")
    for title in titles:
        text = PAGE.format(
            date="January 13, 1950", title=title, summary="It [link=file:///etc/passwd]rains[/link] :smile:."
        )
        (raw / "page.txt").write_text(text, encoding="utf-8")
        build(build_of, LocalEngine())
    printed = diff(capsys, tmp_path / "processed")[1]
    assert "[bold]two[/bold] \\x1b]0;owned\\x07" in printed
    assert "\x1b" not in printed


def test_a_tag_names_a_release(processed, capsys):
    before, _ = ids(processed)
    assert main(["releases", "--tag", "first", before, "--processed", str(processed)]) == 0
    said = json.loads(diff(capsys, processed, "first", "--json")[1])
    assert said["before"]["release_id"] == before
