"""A copy of the house, and forks of this process that run tests in it: what tests import of others is imported once, here."""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import os
import pickle
import resource
import select
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import hypothesis
import pytest
from mutation_faults import Fault
from mutation_lines import Traced, Tracing

# polars and duckdb start threads, which do not survive a fork.
IMPORTED = (
    "pyarrow.parquet", "pyarrow.compute", "pyarrow.dataset", "pandas", "pandera.pandas", "numpy", "rapidfuzz", "lxml.etree", "regex",
    "selectolax.lexbor", "warcio.archiveiterator", "rich.console", "rich.table", "rich.progress", "zstandard", "jinja2", "_hypothesis_pytestplugin",
    "hypothesis.strategies", "hypothesis.stateful", "xdist.plugin", "anyio.pytest_plugin", "typeguard._pytest_plugin",
)  # fmt: skip
MOST_BYTES = 8 << 30
COLLECTING_SECONDS, A_TEST_SECONDS, A_TEST_TIMES = 60, 20, 5
COPIED = (
    "pipelines",
    "schemas",
    "tests",
    "benchmarks",
    "raw",
    "docs",
    "pyproject.toml",
    "README.md",
    "judgements.toml",
    "gate.toml",
)
CACHE = Path(tempfile.gettempdir()) / f"archive-listings-mutation-{os.getuid()}"


class Fate(NamedTuple):
    """What became of a fault: the test that found it, or `hang`, or `import`; nothing if it survived. How many tests ran."""

    killer: str | None
    tests: int
    seconds: float


class Chosen:
    """Runs the tests that are named, in their order, says which is started, and stops at the first that fails."""

    def __init__(self, names: list[str], say: Callable[[str], object]) -> None:
        self.places = {name: at for at, name in enumerate(names)}
        self.say = say

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Leave the tests that are named."""
        items[:] = sorted(
            (item for item in items if item.nodeid in self.places), key=lambda item: self.places[item.nodeid]
        )

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        """Say which test is started."""
        self.say(f"start {nodeid}")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Say which test has failed."""
        if report.failed:
            self.say(f"failed {report.nodeid}")


class Words:
    """What a fork says, line by line, until it ends or says nothing for as long as it was given."""

    def __init__(self, reading: int, seconds: float) -> None:
        self.reading, self.until = reading, time.monotonic() + seconds

    def give(self, seconds: float) -> None:
        """Give more time, from now on."""
        self.until = time.monotonic() + seconds

    def __iter__(self) -> Iterator[str]:
        rest = b""
        while select.select([self.reading], [], [], max(0.0, self.until - time.monotonic()))[0]:
            said = os.read(self.reading, 1 << 16)
            if not said:
                yield "end 2"  # died without a word
                return
            *lines, rest = (rest + said).split(b"\n")
            yield from (line.decode() for line in lines)


class Server:
    """Forks that run tests in a copy of the house."""

    def __init__(self, house: Path, folder: Path) -> None:
        self.original, self.house, self.folder, self.forks = house, folder / "house", folder, 0
        self.house.mkdir()
        for name in COPIED:
            if (house / name).is_dir():
                shutil.copytree(house / name, self.house / name)
            elif (house / name).exists():
                shutil.copy2(house / name, self.house / name)
        (self.house / "processed").mkdir()
        shutil.copy2(house / "processed" / "README.md", self.house / "processed")
        for name in IMPORTED:
            with contextlib.suppress(ImportError):
                importlib.import_module(name)
        # The same examples each time, and none made smaller: it is enough that one fails.
        hypothesis.settings.register_profile(
            "mutation", derandomize=True, database=None, deadline=None, suppress_health_check=list(hypothesis.HealthCheck),
            phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate], report_multiple_bugs=False,
        )  # fmt: skip
        hypothesis.settings.load_profile("mutation")

    def try_fault(self, fault: Fault, tests: dict[str, float]) -> Fate:
        """Put a fault into the copy and run tests, in their order with the seconds that each needs, until one fails."""
        target, started = self.house / fault.path, time.monotonic()
        original = target.read_bytes(), target.stat()
        target.write_text(fault.source, encoding="utf-8")
        self.forks += 1
        os.utime(target, (self.forks, self.forks))  # bytecode is told by time and size, and must be of this fault
        try:
            killer, ran = self._first_failure(tests)
        finally:
            target.write_bytes(original[0])
            os.utime(target, ns=(original[1].st_atime_ns, original[1].st_mtime_ns))
        return Fate(killer, ran, time.monotonic() - started)

    def _first_failure(self, tests: dict[str, float]) -> tuple[str | None, int]:
        reading, writing = os.pipe()
        say = lambda line: os.write(writing, f"{line}\n".encode())  # noqa: E731
        files = dict.fromkeys(name.split("::")[0] for name in tests)
        child = self._fork(lambda: say(f"end {_run([*files, '-x'], Chosen(list(tests), say))}"))
        os.close(writing)
        ran, words = 0, Words(reading, COLLECTING_SECONDS)
        try:
            for line in words:
                word, _, rest = line.partition(" ")
                if word == "failed":
                    return rest, ran
                if word == "end":
                    return (None if int(rest) in (0, 5) else "import"), ran
                ran += 1
                words.give(A_TEST_SECONDS + A_TEST_TIMES * tests[rest])
        finally:
            _end(child)
            os.close(reading)
        return "hang", ran

    def _fork(self, run: Callable[[], object]) -> int:
        if child := os.fork():
            return child
        os.setsid()
        with contextlib.suppress(BaseException):
            os.chdir(self.house)
            sys.path[:] = [
                str(self.house),
                *(path for path in sys.path if Path(path) not in (self.original, self.original / "benchmarks")),
            ]
            for name in [name for name in sys.modules if name.startswith("mutation_")]:
                del sys.modules[name]
            os.environ.update(PYTHONPATH=str(self.house), TMPDIR=str(self.folder))
            os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
            sys.dont_write_bytecode, tempfile.tempdir = False, None
            out = os.open(self.folder / "out", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            os.dup2(out, 1)
            os.dup2(out, 2)
            resource.setrlimit(resource.RLIMIT_DATA, (MOST_BYTES, resource.getrlimit(resource.RLIMIT_DATA)[1]))
            _told(run)
        os._exit(0)

    def trace(self, file: str, rooms: list[str]) -> Traced:
        """The lines of the rooms for each test of a file; kept for as long as neither it nor the code changes."""
        kept = CACHE / f"{_digest(self.house, file, rooms)}.pickle"
        if kept.exists():
            return Traced(*pickle.loads(kept.read_bytes()))  # noqa: S301 our own
        CACHE.mkdir(exist_ok=True, mode=0o700)
        with tempfile.TemporaryDirectory(dir=self.folder) as folder:
            answer = Path(folder) / "answer"
            child = self._fork(lambda: _trace(self.house, file, rooms, Path(folder)))
            os.waitpid(child, 0)
            found = pickle.loads(answer.read_bytes())  # noqa: S301 our own
        kept.write_bytes(pickle.dumps(found))
        return Traced(*found)


def _told(run: Callable[[], object]) -> None:
    try:
        run()
    except Exception:  # noqa: BLE001 for whoever looks for the reason
        traceback.print_exc()


def _trace(house: Path, file: str, rooms: list[str], folder: Path) -> None:
    tracing = Tracing(house, rooms, folder)
    tracing.start()
    _run([file], tracing)
    (folder / "answer").write_bytes(pickle.dumps(tuple(tracing.traced())))


def _run(arguments: list[str], plugin: Any) -> int:  # noqa: ANN401 a plugin is any object
    return int(
        pytest.main(
            ["-q", "-p", "no:cacheprovider", "-p", "no:faulthandler", "-m", "not flow", *arguments], plugins=[plugin]
        )
    )


def _end(child: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)


def _digest(house: Path, file: str, rooms: list[str]) -> str:
    """The digest of all code but that of other tests."""
    paths = [
        path
        for room in ("pipelines", "schemas", "benchmarks", "tests")
        for path in sorted((house / room).rglob("*.py"))
    ]
    digest = hashlib.sha256(repr((file, rooms)).encode())
    for path in paths:
        name = path.relative_to(house).as_posix()
        if not path.name.startswith(("test_", "mutation")) or name == file:
            digest.update(name.encode() + path.read_bytes())
    return digest.hexdigest()[:24]
