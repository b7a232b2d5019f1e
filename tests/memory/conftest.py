import json
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from pipelines.cli import main
from pipelines.memory import walk

SAMPLE = Path(__file__).parents[2] / "raw" / "sample"


class Answer(NamedTuple):
    status: str
    release_id: str
    how: str


@pytest.fixture
def raw(tmp_path):
    """Six pages of the sample, one of them in a folder."""
    folder = tmp_path / "raw"
    (folder / "more").mkdir(parents=True)
    for path in sorted(SAMPLE.glob("*.txt"))[:6]:
        shutil.copy(path, folder / "more" if path.name.startswith("new-c") else folder)
    return folder


@pytest.fixture
def settled(monkeypatch):
    """Files count as settled as soon as they are written: the clock of this file system ticks often enough for a test."""
    monkeypatch.setattr(walk, "SETTLED_AFTER_NS", -60_000_000_000)


@pytest.fixture
def build(raw, tmp_path, capsys):
    """The command, and what it answers; no page is so dear that its loss would reject a release."""
    lenient = tmp_path / "lenient.toml"
    lenient.write_text("judged_from = 1000000\n", encoding="utf-8")

    def run(*options):
        where = ["--raw", raw, "--processed", tmp_path / "processed", "--judgements", tmp_path / "judgements.toml"]
        gate = [] if "--gate" in options else ["--gate", lenient]
        assert main(["build", "--no-prefect", "--json", *map(str, where), *map(str, gate), *map(str, options)]) == 0
        said = json.loads(capsys.readouterr().out)
        return Answer(said["status"], said["release_id"], said["how"])

    return run


@pytest.fixture
def is_built(build):
    """Whether a build looked at pages, rather than saying that nothing changed."""
    return lambda *options: build(*options).how != "nothing changed, so nothing was built"
