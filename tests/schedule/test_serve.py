"""`serve`, as far as it goes without a server; with one it is tried in tests/flows/test_schedule.py."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.arguments import make_parser
from pipelines.cli import _RUNS, main
from pipelines.schedule.parameters import parameters_of

SAMPLE = str(Path(__file__).parents[2] / "raw" / "sample")


@pytest.fixture
def unconfigured(monkeypatch, tmp_path):
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    monkeypatch.setenv("PREFECT_HOME", str(tmp_path))
    monkeypatch.delenv("PREFECT_PROFILES_PATH", raising=False)


@pytest.mark.usefixtures("unconfigured")
def test_without_an_api_it_says_how_to_start_one(capsys):
    assert main(["serve", "--raw", SAMPLE, "--cron", "15 3 * * *"]) == 2
    said = capsys.readouterr().err
    assert "no Prefect API is configured" in said
    assert "`prefect server start`" in said
    assert "prefect config set PREFECT_API_URL=http://127.0.0.1:4200/api" in said


def test_pages_that_are_not_there_are_told_at_once(tmp_path, capsys):
    assert main(["serve", "--raw", str(tmp_path / "none")]) == 2
    assert "no such folder" in capsys.readouterr().err


@pytest.mark.flow
@pytest.mark.parametrize(
    ("times", "fault"),
    [
        (["--cron", "every night"], "--cron 'every night' --timezone 'UTC': no such times: "),
        (["--cron", "15 3 * * *", "--timezone", "Europe/Atlantis"], "--timezone 'Europe/Atlantis': no such times: "),
    ],
)
def test_times_that_are_none_are_wrong_usage(times, fault, tmp_path):
    # In a process of its own: Prefect, imported while pytest captures what is written, holds on to what pytest closes.
    environment = {**os.environ, "PREFECT_API_URL": "http://127.0.0.1:1/api", "PREFECT_HOME": str(tmp_path)}
    command = [sys.executable, "-m", "pipelines", "serve", "--raw", SAMPLE, *times]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 2
    assert fault in done.stderr


def test_paths_are_whole_and_everything_can_be_said_in_json(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    options = make_parser(_RUNS).parse_args(["serve", "--raw", "pages", "--openlineage", "events.jsonl"])
    assert parameters_of(options, Path("judgements.toml"), Path("gate.toml"), Path("names.toml")) == {
        "raw": str(tmp_path / "pages"),
        "processed": str(tmp_path / "processed"),
        "judgements": str(tmp_path / "judgements.toml"),
        "gate": str(tmp_path / "gate.toml"),
        "authority": str(tmp_path / "names.toml"),
        "workers": 1,
        "keep": 10,
        "wait": 3600,
        "openlineage": "events.jsonl",
        "report_address": "",
    }
