"""The commands that list, tag, switch and remove releases."""

import json
import shutil

import pytest

from pipelines.build import BuildSettings
from pipelines.build import build as publish_pages
from pipelines.cli import main
from pipelines.engine import LocalEngine


@pytest.fixture(scope="module")
def two(sample, tmp_path_factory):
    """Releases of one page, then of two pages, and their ids."""
    folder = tmp_path_factory.mktemp("two")
    (folder / "raw").mkdir()
    ids = []
    for page in ("old-search-mikoyan-mission.txt", "new-search-korean-war.txt"):
        shutil.copy(sample / page, folder / "raw")
        ids.append(
            publish_pages(BuildSettings(folder / "raw", folder / "processed"), LocalEngine()).published.release_id
        )
    return folder / "processed", ids


@pytest.fixture
def folder(two, processed):
    return shutil.copytree(two[0], processed, symlinks=True)


@pytest.fixture
def ids(two):
    return two[1]


@pytest.fixture
def run(folder, capsys):
    def run_command(*arguments):
        capsys.readouterr()
        code = main([*arguments, "--processed", str(folder)])
        printed, said = capsys.readouterr()
        return code, printed, said

    return run_command


def current(folder):
    return (folder / "current").readlink().name


def test_releases_are_listed_the_newest_first(run, ids, folder):
    times = ["2026-01-02T03:04:05Z", "2026-02-02T03:04:05Z"]
    lines = [json.dumps({"release_id": name, "published_at": time}) for name, time in zip(ids, times, strict=True)]
    (folder / "releases.jsonl").write_text("\n".join(lines))
    run("releases", "--tag", "one", ids[0])
    assert run("releases")[1].splitlines() == [
        "  release              published (UTC)        documents      entries  tags",
        f"* {ids[1]}  2026-02-02 03:04:05           16           16",
        f"  {ids[0]}  2026-01-02 03:04:05            8            8  one",
        "* is what current leads to",
    ]


def test_releases_are_listed_for_programs(run, ids):
    listed = json.loads(run("releases", "--json")[1])["releases"]
    assert [(r["release_id"], r["documents"], r["entries"], r["tags"], r["is_current"], r["is_before_current"]) for r in listed] == [
        (ids[1], 16, 16, [], True, False),
        (ids[0], 8, 8, [], False, True),
    ]  # fmt: skip


def test_a_folder_without_releases_says_so(run, folder):
    shutil.rmtree(folder)
    assert run("releases")[:2] == (0, f"No release in {folder}.\n")


def test_a_release_whose_manifest_is_damaged_is_listed_all_the_same(run, ids, folder):
    (folder / "releases" / ids[0] / "manifest.json").write_text("[]")
    assert f"{ids[0]}" in run("releases")[1]
    assert json.loads(run("releases", "--json")[1])["releases"][1]["documents"] is None


def test_a_tag_is_a_link_that_a_reader_can_use(run, ids, folder):
    assert run("releases", "--tag", "paper-2026")[:2] == (0, f"paper-2026 leads to {ids[1]}, which is kept\n")
    assert str((folder / "tags" / "paper-2026").readlink()) == f"../releases/{ids[1]}"
    assert (folder / "tags" / "paper-2026" / "documents.parquet").exists()


def test_a_tag_that_is_given_again_stays(run, ids, folder):
    run("releases", "--tag", "paper", ids[0])
    assert run("releases", "--tag", "paper", ids[0])[0] == 0
    assert [path.name for path in (folder / "tags").iterdir()] == ["paper"]


def test_a_tag_is_not_moved_silently(run, ids, folder):
    run("releases", "--tag", "paper", ids[0])
    code, _, said = run("releases", "--tag", "paper", ids[1])
    assert (code, f"paper: leads to {ids[0]} already" in said) == (1, True)
    assert (folder / "tags" / "paper").readlink().name == ids[0]


@pytest.mark.parametrize(
    "name", ["../current", ".hidden", "a/b", "current", "r1-0123456789abcdef", "-x" * 60, "a b", "é"]
)
def test_what_cannot_be_a_name_is_wrong_usage(run, folder, name):
    assert run("releases", f"--tag={name}")[0] == 2
    assert not (folder / "tags").exists() or not list((folder / "tags").iterdir())


def test_more_than_a_name_and_a_release_is_wrong_usage(run, ids):
    assert run("releases", "--tag", "a", ids[0], ids[1])[0] == 2


def test_a_tag_is_taken_away(run, ids, folder):
    run("releases", "--tag", "paper", ids[0])
    assert run("releases", "--untag", "paper")[0] == 0
    assert list((folder / "tags").iterdir()) == []
    assert run("releases", "--untag", "paper")[0] == 2


def test_rollback_leads_to_the_release_before(run, ids, folder):
    assert run("rollback")[:2] == (0, f"current leads to {ids[0]}; `archive-listings rollback {ids[1]}` leads back\n")
    assert current(folder) == ids[0]


def test_rollback_goes_no_further_than_there_are_releases(run, ids, folder):
    run("rollback")
    code, _, said = run("rollback")
    assert (code, f"no release was published before {ids[0]}" in said) == (2, True)
    assert current(folder) == ids[0]


def test_rollback_leads_to_a_release_by_its_tag_or_id(run, ids, folder):
    run("releases", "--tag", "good", ids[0])
    run("rollback", "good")
    assert current(folder) == ids[0]
    run("rollback", ids[1])
    assert current(folder) == ids[1]
    assert run("rollback", ids[1])[1] == f"current leads to {ids[1]} already\n"


def test_rollback_to_a_damaged_release_is_refused(run, ids, folder):
    file = folder / "releases" / ids[0] / "entries.parquet"
    file.write_bytes(file.read_bytes()[:-1])
    code, _, said = run("rollback")
    assert code == 1
    assert f"{ids[0]}: not rolled back: it is damaged: entries.parquet: not as it was published" in said
    assert current(folder) == ids[1]


@pytest.mark.parametrize("name", ["r1-0000000000000000", "nothing", "..", ""])
def test_a_release_that_is_not_there_is_wrong_usage(run, name):
    for command in ("rollback", "verify"):
        try:
            code = run(command, name)[0]
        except SystemExit as stopped:
            code = stopped.code
        assert code == 2


def test_after_a_rollback_the_same_build_leads_forward_again(run, ids, folder, two):
    run("rollback")
    publish_pages(BuildSettings(two[0].parent / "raw", folder), LocalEngine())
    assert current(folder) == ids[1]


def test_a_rollback_where_current_leads_nowhere_needs_a_name(run, ids, folder):
    (folder / "current").unlink()
    assert run("rollback")[0] == 2
    assert run("rollback", ids[0])[0] == 0
    assert current(folder) == ids[0]


def test_prune_removes_what_is_not_kept(run, ids, folder):
    shutil.copytree(folder / "releases" / ids[0], folder / "releases" / "r1-0000000000000000")
    assert run("prune", "--keep", "2", "--dry-run")[1] == "r1-0000000000000000 would be removed\n"
    assert len(list((folder / "releases").iterdir())) == 3
    assert run("prune", "--keep", "2")[1] == "r1-0000000000000000 removed\n"
    assert sorted(path.name for path in (folder / "releases").iterdir()) == sorted(ids)
    assert json.loads(run("prune", "--keep", "1", "--json")[1]) == {
        "status": "pruned",
        "removed": [],
        "not_removed": [],
    }


@pytest.mark.parametrize("command", [["prune"], ["rollback"], ["releases", "--untag", "x"], ["releases", "--tag", "x"]])
def test_a_folder_that_is_not_there_is_wrong_usage_and_not_made(run, folder, command):
    shutil.rmtree(folder)
    assert run(*command)[0] == 2
    assert not folder.exists()


def test_a_build_keeps_as_many_releases_as_it_is_told(two, tmp_path, capsys):
    raw = shutil.copytree(two[0].parent / "raw", tmp_path / "raw")
    where = ["--no-prefect", "--json", "--raw", str(raw), "--processed", str(tmp_path / "processed"), "--keep", "2"]
    swept = []
    for number in range(3):
        (raw / "note.txt").write_text(f"no listing {number}")
        assert main(["build", *where]) == 0
        swept.append(len(json.loads(capsys.readouterr().out)["swept"]))
    assert swept == [0, 0, 1]
    assert len(list((tmp_path / "processed" / "releases").iterdir())) == 2
