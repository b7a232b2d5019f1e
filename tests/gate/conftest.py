"""Builds of the sample through the command line, and what they say."""

import json
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from pipelines.cli import main

SAMPLE = Path(__file__).parents[2] / "raw" / "sample"


class Run(NamedTuple):
    code: int
    said: dict
    lines: list

    @property
    def checks(self):
        return {check["check_id"]: check for check in self.said["gate"]["checks"]}


class Desk(NamedTuple):
    """A folder of raw, one of releases, and the commands on both; `half` are the new pages of the sample: 36 of 64 documents."""

    raw: Path
    half: Path
    processed: Path
    capture: pytest.CaptureFixture

    def command(self, name, *arguments):
        self.capture.readouterr()
        code = main([name, "--json", "--processed", str(self.processed), *map(str, arguments)])
        printed, said = self.capture.readouterr()
        return Run(code, json.loads(printed), said.splitlines())

    def build(self, raw, *arguments):
        return self.command("build", "--no-prefect", "--raw", raw, *arguments)

    @property
    def current(self):
        return (self.processed / "current").readlink().name

    @property
    def rejected(self):
        return self.processed / "rejected"


@pytest.fixture
def desk(tmp_path, capsys):
    raw, half = (shutil.copytree(SAMPLE, tmp_path / name) for name in ("raw", "half"))
    for page in (*half.glob("old-*"), *half.glob("note-*")):
        page.unlink()
    return Desk(raw, half, tmp_path / "processed", capsys)
