import json
import os
import platform
import shutil
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipelines.cli import main

SAMPLE = Path(__file__).parents[2] / "raw" / "sample"
TABLES = [
    "collection_links", "collections", "document_collections", "document_parties", "title_evidence", "documents", "entries",
    "id_redirects", "issues", "matches", "page_filters", "pages", "quality",
]  # fmt: skip
FILES = sorted(
    [
        *(f"{name}.parquet" for name in TABLES),
        *("croissant.json", "datapackage.json", "explorer.html", "manifest.json", "report.html", "report.json"),
    ]
)


# `make torture` runs these tests in full and names the page that its figures go to; otherwise a share of each is run.
IS_FULL_RUN = "ARCHIVE_LISTINGS_TORTURE" in os.environ
STARTED = datetime.now(UTC)


class Run(NamedTuple):
    code: int
    said: dict
    lines: list


def find_faults(release):
    """What a reader of this release could stumble over; nothing where it is whole."""
    try:
        manifest = json.loads((release / "manifest.json").read_bytes())
        present = sorted(path.name for path in release.iterdir())
    except (OSError, ValueError) as error:
        return [f"manifest.json: {error}"]
    faults = [f"{name}: missing or not of a release" for name in set(FILES) ^ set(present)]
    if sorted([*manifest["files"], "manifest.json"]) != FILES:
        faults.append("manifest.json: names other files")
    if manifest["release_id"] != release.name:
        faults.append(f"manifest.json: is of {manifest['release_id']}")
    return faults + [
        f"{name}: {fault}" for name, facts in manifest["files"].items() if (fault := _fault(release / name, facts))
    ]


def _fault(path, facts):
    try:
        data = path.read_bytes()
    except OSError as error:
        return error.strerror
    if len(data) != facts["bytes"] or sha256(data).hexdigest() != facts["sha256"]:
        return "other bytes than the manifest says"
    try:
        if path.suffix == ".parquet" and pq.read_table(pa.BufferReader(data)).num_rows != facts["rows"]:
            return "other rows than the manifest says"
    except pa.ArrowException as error:
        return str(error)
    return None


def read_tree(folder):
    return {
        path.relative_to(folder).as_posix(): f"-> {path.readlink()}" if path.is_symlink() else path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_symlink() or path.is_file()
    }


@pytest.fixture(scope="session")
def torture():
    """Chooses between the size of a share and that of a full run."""
    return lambda share, full: full if IS_FULL_RUN else share


@pytest.fixture
def figure(record_property):
    """Notes what was measured: the test as a row of the page, and its figure."""
    return lambda test, measured: record_property("figure", (test, measured))


PAGE = """# What publishing withstands

Written by `make torture`, which runs `tests/release/` in full, on {day} on {machine},
in {minutes:.0f} minutes: {outcome}. What each row promises is in the README under "Why trust them"; a smaller share of
each is part of `make test`.

File operations are those of a build from taking the lock on, as Python calls them: open, stat, sync, rename, link, remove, a whole file or
table written (cut in half) or read back. Reading raw is not among them: what cannot be read there is an issue of the release.

| test | found |
|---|---|
{rows}
"""


def pytest_terminal_summary(terminalreporter):
    """Prints the figures that tests noted, and in a full run writes their page where the environment names one."""
    reports = [report for kind in ("passed", "failed") for report in terminalreporter.getreports(kind)]
    noted = [
        figure
        for report in reports
        if report.when == "call"
        for name, figure in report.user_properties
        if name == "figure"
    ]
    if not IS_FULL_RUN or not noted:
        return
    page = PAGE.format(
        day=f"{datetime.now(UTC):%d %B %Y}",
        machine=f"{os.cpu_count()} cores and {os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB ({platform.system()} {platform.machine()}, Python {platform.python_version()})",
        minutes=(datetime.now(UTC) - STARTED).total_seconds() / 60,
        outcome=", ".join(f"{len(found)} tests {kind}" for kind in ("passed", "failed", "error") if (found := terminalreporter.getreports(kind))),
        rows="\n".join(f"| {test} | {measured} |" for test, measured in noted),
    )  # fmt: skip
    terminalreporter.write_line(page)
    if os.environ["ARCHIVE_LISTINGS_TORTURE"].endswith(".md"):
        Path(os.environ["ARCHIVE_LISTINGS_TORTURE"]).write_text(page, encoding="utf-8")


@pytest.fixture(scope="session")
def sample():
    return SAMPLE


@pytest.fixture(scope="session")
def release_files():
    return FILES


@pytest.fixture(scope="session")
def table_names():
    return TABLES


@pytest.fixture(scope="session")
def faults():
    return find_faults


@pytest.fixture(scope="session")
def tree():
    return read_tree


@pytest.fixture
def raw(tmp_path):
    return shutil.copytree(SAMPLE, tmp_path / "raw")


@pytest.fixture
def smaller_raw(tmp_path):
    folder = shutil.copytree(SAMPLE, tmp_path / "smaller_raw")
    (folder / "new-search-korean-war.txt").unlink()
    return folder


@pytest.fixture
def processed(tmp_path):
    return tmp_path / "processed"


@pytest.fixture
def build(capsys):
    def run(raw, processed):
        capsys.readouterr()
        code = main(["build", "--no-prefect", "--json", "--raw", str(raw), "--processed", str(processed)])
        said = capsys.readouterr()
        return Run(code, json.loads(said.out), said.err.splitlines())

    return run
