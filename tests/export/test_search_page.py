"""The examples of docs/search.md, run on a release of the sample."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.build import BuildSettings, build
from pipelines.cli import main
from pipelines.engine import LocalEngine
from pipelines.export.views import VIEWS

HOUSE = Path(__file__).parents[2]
PAGE = (HOUSE / "docs" / "search.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^archive-listings (.*)$", PAGE, flags=re.MULTILINE)
EXAMPLES = re.findall(r"```python\n(.*?)```", PAGE, flags=re.DOTALL)


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A folder with a tagged release of the sample, and what the page's examples of reading are about."""
    folder = tmp_path_factory.mktemp("house")
    processed = folder / "processed"
    build(BuildSettings(HOUSE / "raw" / "sample", processed), LocalEngine())
    assert main(["releases", "--tag", "cited", "--processed", str(processed)]) == 0
    assert main(["export", "--csv", str(folder / "export"), "--processed", str(processed)]) == 0
    assert main(["export", "--duckdb", str(folder / "archive.duckdb"), "--processed", str(processed)]) == 0
    return folder


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_one(command, house, monkeypatch, tmp_path, capsys):
    monkeypatch.chdir(house)
    arguments = shlex.split(command, comments=True)
    if "--page" in arguments:  # the sample has one page of it
        arguments = arguments[: arguments.index("--page")]
    arguments = [
        {"DIR": str(tmp_path / "csv"), "FILE": str(tmp_path / "file.duckdb")}.get(each, each) for each in arguments
    ]
    assert main(arguments) == 0
    assert capsys.readouterr().out


@pytest.mark.parametrize("code", EXAMPLES)
def test_every_example_runs_and_prints(code, house):
    told = subprocess.run([sys.executable, "-c", code], cwd=house, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    assert len(told.stdout.splitlines()) > 3


def test_every_view_is_named():
    assert re.findall(r"^\| `(\w+)` \|", PAGE, flags=re.MULTILINE) == list(VIEWS)
