"""Recipes that are shown, in docs/schedule.md and deploy/: their commands exist, their files are sound."""

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from pipelines.arguments import make_parser
from pipelines.cli import _RUNS, main
from pipelines.notices import mail, telling

HOUSE = Path(__file__).parents[2]
PAGE = (HOUSE / "docs" / "schedule.md").read_text(encoding="utf-8")
SERVICE = (HOUSE / "deploy" / "archive-listings.service").read_text(encoding="utf-8")
TIMER = (HOUSE / "deploy" / "archive-listings.timer").read_text(encoding="utf-8")
WORKFLOW = yaml.safe_load((HOUSE / "deploy" / "github-actions.yml").read_text(encoding="utf-8"))
ENVIRONMENT = (HOUSE / "deploy" / "archive-listings.env").read_text(encoding="utf-8")


def blocks(language):
    return "\n".join(re.findall(rf"```{language}\n(.*?)```", PAGE, flags=re.DOTALL))


def commands(text):
    """Every command of ours in a text, as words."""
    found = [re.split(r"(?:^|bin/)archive-listings (?=[a-z])", line, maxsplit=1) for line in text.splitlines()]
    return [shlex.split(parts[1], comments=True) for parts in found if len(parts) == 2]


SHOWN = [
    *commands(blocks("sh")),
    *commands(blocks("cron")),
    *commands(re.findall("^ExecStart=(.*)$", SERVICE, flags=re.MULTILINE)[0]),
    *(words for step in WORKFLOW["jobs"]["build"]["steps"] for words in commands(step.get("run", ""))),
]


def test_all_of_them_are_found():
    assert sorted(words[0] for words in SHOWN) == ["build", "build", "build", "build", "build", "serve", "verify"]


@pytest.mark.parametrize("words", SHOWN, ids=" ".join)
def test_every_command_that_is_shown_can_be_given(words):
    assert make_parser(_RUNS).parse_args(words).run


@pytest.mark.parametrize(
    "words", [words for words in SHOWN if words[0] == "build" and "http" not in " ".join(words)], ids=" ".join
)
def test_every_build_that_is_shown_publishes(words, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PREFECT_HOME", str(tmp_path / "none"))
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    shutil.copytree(HOUSE / "raw" / "sample", tmp_path / "raw")
    assert main(words) == 0
    assert (tmp_path / "processed" / "current").exists()


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")
def test_systemd_finds_nothing_wrong_with_the_units(tmp_path):
    there = SERVICE.replace("/srv/archive-listings/.venv/bin/archive-listings", "/bin/true")
    (tmp_path / "archive-listings.service").write_text(there, encoding="utf-8")
    (tmp_path / "archive-listings.timer").write_text(TIMER, encoding="utf-8")
    units = [tmp_path / "archive-listings.service", tmp_path / "archive-listings.timer"]
    told = subprocess.run(
        [shutil.which("systemd-analyze"), "verify", *units], capture_output=True, text=True, check=False
    )
    assert (told.returncode, told.stderr) == (0, "")


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")
def test_the_exposure_of_the_service_is_what_the_page_says(tmp_path):
    unit = tmp_path / "archive-listings.service"
    unit.write_text(SERVICE, encoding="utf-8")
    told = subprocess.run(
        [shutil.which("systemd-analyze"), "security", "--offline=yes", unit],
        capture_output=True,
        text=True,
        check=False,
    )
    if "Overall exposure level" not in told.stdout:
        pytest.skip("a systemd that does not look at files")
    exposure = float(re.search(r"Overall exposure level for \S+: ([0-9.]+)", told.stdout)[1])
    assert exposure <= float(re.search(r"gives it ([0-9.]+) \(0 is best\)", PAGE)[1])


def test_the_service_writes_to_releases_alone():
    assert re.findall("^ReadWritePaths=(.*)$", SERVICE, flags=re.MULTILINE) == ["/srv/archive-listings/processed"]
    assert "ProtectSystem=strict" in SERVICE


def test_the_workflow_runs_one_at_a_time_and_may_only_read():
    assert WORKFLOW["concurrency"] == {"group": "archive-listings", "cancel-in-progress": False}
    assert WORKFLOW["permissions"] == {"contents": "read"}
    (schedule,) = WORKFLOW[True]["schedule"]  # `on` is a yes to YAML 1.1
    assert re.fullmatch(r"\d+ \d+ \* \* \*", schedule["cron"])


def test_every_variable_that_is_shown_is_read():
    known = {
        telling.WEBHOOK,
        *(f"{mail.PREFIX}{name}" for name in ("HOST", "SECURITY", "PORT", "FROM", "TO", "USER", "PASSWORD")),
    }
    assert set(re.findall(r"ARCHIVE_LISTINGS_[A-Z_]*[A-Z]", ENVIRONMENT)) <= known
    assert set(re.findall(r"`(ARCHIVE_LISTINGS_[A-Z_]*[A-Z])`", PAGE)) <= known
    assert set(re.findall("ARCHIVE_LISTINGS_[A-Z_]*[A-Z]", str(WORKFLOW))) <= known


def test_every_event_that_is_said_is_named_on_the_page():
    said = {
        event
        for path in (HOUSE / "pipelines").rglob("*.py")
        for event in re.findall(r'\bsay\(\s*"(\w+)"', path.read_text(encoding="utf-8"))
    }
    named = set(re.findall(r"`(\w+)`", re.search(r"`event` \((.*?)\)", PAGE, flags=re.DOTALL)[1]))
    assert named == said | {"stage", "ended"}


def test_prefect_yaml_and_the_page_name_the_same_deployments():
    declared = yaml.safe_load((HOUSE / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]
    assert [deployment["name"] for deployment in declared] == ["nightly", "on-demand"]
    assert all(f"`{deployment['name']}`" in PAGE for deployment in declared)
