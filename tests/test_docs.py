"""What documentation says and a program can check."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet
import pytest

from pipelines import __version__
from pipelines.build import BuildSettings, build
from pipelines.cli import main
from pipelines.deduplicate.rules import RULES
from pipelines.documentation import PAGES
from pipelines.engine import LocalEngine
from pipelines.judgements import read_judgements
from pipelines.problems import PROBLEMS

HOUSE = Path(__file__).parents[1]
README = (HOUSE / "README.md").read_text(encoding="utf-8")
MATCHING = (HOUSE / "docs" / "matching.md").read_text(encoding="utf-8")
PROSE = sorted(
    [*HOUSE.glob("*.md"), *HOUSE.glob("docs/**/*.md"), *HOUSE.glob("raw/*.md"), *HOUSE.glob("processed/README.md")]
)


def blocks(language, text=README):
    return re.findall(rf"```{language}\n(.*?)```", text, flags=re.DOTALL)


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A folder with a release of the sample where the README says that it is."""
    folder = tmp_path_factory.mktemp("house")
    shutil.copytree(HOUSE / "raw", folder / "raw")
    build(BuildSettings(folder / "raw" / "sample", folder / "processed"), LocalEngine())
    return folder


@pytest.mark.parametrize("code", blocks("python"))
def test_every_python_example_of_the_readme_runs_and_prints(code, house):
    told = subprocess.run([sys.executable, "-c", code], cwd=house, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    assert len(told.stdout.splitlines()) > 3


def test_every_make_target_that_is_named_exists():
    targets = set(re.findall(r"^([a-z-]+):", (HOUSE / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE))
    named = {
        target
        for page in PROSE
        for target in re.findall(
            r"make ([a-z-]+)\b",
            "\n".join(re.findall(r"`[^`]*`|```sh.*?```", page.read_text(encoding="utf-8"), flags=re.DOTALL)),
        )
    }
    assert named >= {"run", "test"}
    assert named <= targets


def test_make_alone_lists_every_target_with_what_it_does():
    told = subprocess.run(["make"], cwd=HOUSE, capture_output=True, text=True, check=True).stdout  # noqa: S607 make of the machine
    assert re.findall(r"make (\w+) +set up, and", told)[:2] == ["run", "test"]


def test_every_documented_command_runs(house, monkeypatch, tmp_path):
    monkeypatch.chdir(house)
    monkeypatch.setenv("PREFECT_HOME", str(tmp_path / "none"))
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    commands = [
        line.split("bin/archive-listings ", 1)[1]
        for block in (*blocks("sh"), *blocks("cron"))
        for line in block.splitlines()
        if "bin/archive-listings" in line
    ]
    assert len(commands) == 5
    document_id = pyarrow.parquet.read_table(house / "processed" / "current" / "documents.parquet")["document_id"][
        0
    ].as_py()
    for command in commands:
        assert main(shlex.split(command.replace("d1-…", document_id), comments=True)) == 0


def test_every_rule_has_its_row_in_the_order_of_the_rules():
    rows = re.findall(r"^\| ((?:`\w+`(?:, )?)+) \| (\w+)", MATCHING, flags=re.MULTILINE)
    told = [(name, decision) for names, decision in rows for name in re.findall(r"\w+", names)]
    assert told == [(rule.name, rule.decision) for rule in RULES]


@pytest.mark.parametrize("code", blocks("python", MATCHING))
def test_the_example_of_other_records_runs(code):
    told = subprocess.run([sys.executable, "-c", code], cwd=HOUSE, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    assert "swapped" in told.stdout


def test_the_judgement_that_is_shown_can_be_read(tmp_path):
    (tmp_path / "judgements.toml").write_text(blocks("toml", MATCHING)[0], encoding="utf-8")
    assert [judgement.decision for judgement in read_judgements(tmp_path / "judgements.toml")] == ["same"]


@pytest.mark.parametrize("path", PAGES)
def test_a_generated_page_is_up_to_date(path):
    assert (HOUSE / path).read_text(encoding="utf-8") == PAGES[path](), "run make docs"


@pytest.mark.parametrize("page", PROSE, ids=lambda path: path.relative_to(HOUSE).as_posix())
def test_every_link_and_every_file_that_is_named_exists(page):
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        assert (page.parent / target).exists(), target
    for target in re.findall(r"`((?:pipelines|schemas|tests|docs|benchmarks)/[\w/.-]+)`", text):
        assert (HOUSE / target).exists(), target


def test_every_published_problem_is_raised_somewhere():
    source = "\n".join(
        path.read_text(encoding="utf-8") for path in (HOUSE / "pipelines").rglob("*.py") if path.name != "problems.py"
    )
    assert [code for code in PROBLEMS if f'"{code}"' not in source] == []


def test_the_version_is_in_the_changelog():
    assert f"## {__version__}" in (HOUSE / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_lock_holds_a_hash_for_everything():
    lock = (HOUSE / "requirements.lock").read_text(encoding="utf-8")
    packages = re.findall(r"^([a-z0-9.-]+)==.*?\\\n((?:    --hash=sha256:[0-9a-f]{64}.*\n)+)", lock, flags=re.MULTILINE)
    assert len(packages) == len(re.findall(r"^[a-z]", lock, flags=re.MULTILINE)) > 100
