import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.cli import main
from pipelines.flows.api import configured_api

HOUSE = Path(__file__).parents[1]
SAMPLE = HOUSE / "raw" / "sample"


def run(*arguments, **environment):
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    return subprocess.run(
        [sys.executable, "-m", "pipelines", *map(str, arguments)], cwd=HOUSE, env={**clean, **environment},
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip


@pytest.fixture
def no_prefect(monkeypatch, tmp_path):
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    monkeypatch.setenv("PREFECT_HOME", str(tmp_path / "no prefect here"))


@pytest.mark.usefixtures("no_prefect")
def test_a_build_tells_a_person_what_was_found_and_what_to_open(tmp_path, capsys):
    assert main(["build", "--raw", str(SAMPLE), "--processed", str(tmp_path)]) == 0
    printed, said = capsys.readouterr()
    assert "is published" in printed
    assert "pages              14   1 refused, 1 cut" in printed
    assert "entries            94" in printed
    assert "documents          64   24 on several pages; 30 entries merged" in printed
    assert "note-not-a-listing.txt:1: page refused: no grammar claims it" in printed
    assert f"{tmp_path}/current/documents.parquet" in printed
    assert "in this process, without Prefect (no Prefect API is configured" in said


@pytest.mark.usefixtures("no_prefect")
def test_json_is_one_object_on_standard_output_and_nothing_else(tmp_path, capsys):
    main(["build", "--raw", str(SAMPLE), "--processed", str(tmp_path), "--json"])
    found = json.loads(capsys.readouterr().out)
    assert (found["status"], found["is_new"]) == ("published", True)
    assert found["report"]["counts"]["documents"] == 64
    assert Path(found["paths"]["current"]).joinpath("documents.parquet").exists()


@pytest.mark.usefixtures("no_prefect")
def test_building_again_unchanged_publishes_nothing_and_says_so(tmp_path, capsys):
    build = ["build", "--raw", str(SAMPLE), "--processed", str(tmp_path)]
    main(build)
    capsys.readouterr()
    assert main(build) == 0
    assert "is unchanged: nothing new was published" in capsys.readouterr().out
    assert len(list((tmp_path / "releases").iterdir())) == 1


def test_a_raw_folder_that_does_not_exist_is_wrong_usage(tmp_path, capsys):
    assert main(["build", "--raw", str(tmp_path / "none"), "--json"]) == 2
    printed, said = capsys.readouterr()
    assert json.loads(printed)["error"] == "UsageError"
    assert said.count("\n") == 1


@pytest.mark.parametrize(
    "arguments",
    [["build", "--raw", ""], ["build", "--workers", "0"], ["build", "--prefect", "--no-prefect"], ["bild"], []],
)
def test_wrong_arguments_end_with_two(arguments):
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2


@pytest.mark.usefixtures("no_prefect")
def test_raw_in_which_nothing_is_found_ends_with_one_and_one_line(tmp_path, capsys):
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "note.txt").write_text("Nothing here is a listing.\n", encoding="utf-8")
    assert (
        main(["build", "--raw", str(tmp_path / "raw"), "--processed", str(tmp_path / "processed"), "--no-prefect"]) == 1
    )
    assert "quality gate: entries.*: entries_exist" in capsys.readouterr().err


@pytest.mark.parametrize("processed", ["", "processed", "a/b"])
def test_releases_within_raw_are_wrong_usage(tmp_path, capsys, processed):
    assert main(["build", "--raw", str(tmp_path), "--processed", str(tmp_path / processed)]) == 2
    assert "releases would be read as pages" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_help_imports_neither_prefect_nor_pandas():
    code = "import sys; from pipelines.cli import main\ntry: main(['build', '--help'])\nexcept SystemExit: print(sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert "'pipelines.cli'" in loaded
    assert not any(f"'{name}'" in loaded for name in ("prefect", "pandas", "pyarrow", "pandera", "rich"))


@pytest.mark.parametrize("command", ["review", "explain", "diff", "accept"])
def test_help_of_a_command_that_asks_imports_no_tables(command):
    code = f"import sys; from pipelines.cli import main\ntry: main([{command!r}, '--help'])\nexcept SystemExit: print(sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert not any(f"'{name}'" in loaded for name in ("prefect", "pandas", "pyarrow", "pandera", "rich", "numpy"))


JUDGED = """
[[judgement]]
decision = "same"
by = "Ann"
on = 2026-01-02
why = "Another archivist's summary."
left = {date = "January 13, 1950", title = "Cable, Mao Zedong to Liu Shaoqi", summary = "LEFT"}
right = {date = "January 13, 1950", title = "Cable, Mao Zedong to Liu Shaoqi", summary = "RIGHT"}
"""


@pytest.fixture
def two_summaries(tmp_path):
    """Raw with two entries that wait for a person, and a judgement that they are one."""
    raw = tmp_path / "raw"
    raw.mkdir()
    told = {
        "LEFT": "Mao agrees that the barracks be taken over.",
        "RIGHT": "Nothing here is like that at all, it rains.",
    }
    judged = JUDGED
    for name, summary in told.items():
        page = (
            f"Skip to content\n\n\n1 - 1 of 1\n\n\nJanuary 13, 1950\n\nCable, Mao Zedong to Liu Shaoqi\n\n{summary}\n"
        )
        (raw / f"{name}.txt").write_text(page, encoding="utf-8")
        judged = judged.replace(name, summary)
    return raw, judged


def documents(capsys, *arguments):
    assert main(["build", "--json", "--no-prefect", *map(str, arguments)]) == 0
    return json.loads(capsys.readouterr().out)["report"]["counts"]["documents"]


def test_a_build_follows_the_file_of_judgements_that_is_named(tmp_path, capsys, two_summaries):
    raw, judged = two_summaries
    (tmp_path / "decided.toml").write_text(judged, encoding="utf-8")
    where = ("--raw", raw, "--processed", tmp_path / "processed")
    assert documents(capsys, *where, "--judgements", tmp_path / "none-yet.toml") == 2
    assert documents(capsys, *where, "--judgements", tmp_path / "decided.toml") == 1


def test_a_build_follows_the_judgements_in_the_working_folder(tmp_path, capsys, two_summaries, monkeypatch):
    raw, judged = two_summaries
    monkeypatch.chdir(tmp_path)
    assert documents(capsys, "--raw", raw) == 2
    Path("judgements.toml").write_text(judged, encoding="utf-8")
    assert documents(capsys, "--raw", raw) == 1


@pytest.mark.parametrize("command", [["build", "--raw", str(SAMPLE)], ["review"], ["explain", "d1-0"]])
def test_judgements_in_a_folder_that_does_not_exist_are_wrong_usage(tmp_path, capsys, command):
    where = ["--processed", str(tmp_path / "processed"), "--judgements", str(tmp_path / "none" / "judgements.toml")]
    assert main([*command, *where]) == 2
    assert "its folder does not exist" in capsys.readouterr().err
    assert not (tmp_path / "processed").exists()


def test_judgements_that_cannot_be_read_stop_a_build_before_anything_is_published(tmp_path, capsys):
    (tmp_path / "judgements.toml").write_text("[[judgement]]\ndecision = 'same'\n", encoding="utf-8")
    where = ["--processed", str(tmp_path / "processed"), "--judgements", str(tmp_path / "judgements.toml")]
    assert main(["build", "--no-prefect", "--raw", str(SAMPLE), *where]) == 1
    assert "judgements.toml:1: judgement: " in capsys.readouterr().err
    assert not (tmp_path / "processed" / "current").exists()


def test_the_module_is_the_command():
    assert run("--version").stdout == "archive-listings 0.1.0\n"


def test_text_from_raw_cannot_write_to_the_terminal(tmp_path):
    raw = tmp_path / "raw"
    raw.mkdir()
    shutil.copy(SAMPLE / "new-search-korean-war.txt", raw)
    (raw / "evil\x1b[2J.txt").write_text("\x1b]0;owned\x07 not a listing [bold]x[/bold]\n", encoding="utf-8")
    told = run("build", "--raw", raw, "--processed", tmp_path / "processed", "--no-prefect")
    assert told.returncode == 0
    assert "\\x1b]0;owned\\x07 not a listing [bold]x[/bold]" in told.stdout
    assert "\x1b" not in told.stdout + told.stderr


def test_an_api_in_the_environment_is_found():
    assert configured_api({"PREFECT_API_URL": "http://127.0.0.1:4200/api"}) == "the environment"


def test_an_api_in_the_active_profile_is_found(tmp_path):
    profiles = (
        'active = "archive"\n[profiles.archive]\nPREFECT_API_URL = "http://127.0.0.1:4200/api"\n[profiles.bare]\n'
    )
    (tmp_path / "profiles.toml").write_text(profiles, encoding="utf-8")
    assert configured_api({"PREFECT_HOME": str(tmp_path)}) == "the profile archive"
    assert configured_api({"PREFECT_HOME": str(tmp_path), "PREFECT_PROFILE": "bare"}) is None


@pytest.mark.parametrize("profiles", [None, "", "active = ", 'active = "gone"'])
def test_without_a_profile_no_api_is_configured(tmp_path, profiles):
    if profiles is not None:
        (tmp_path / "profiles.toml").write_text(profiles, encoding="utf-8")
    assert configured_api({"PREFECT_HOME": str(tmp_path)}) is None
