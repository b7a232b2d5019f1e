"""Which test executes which lines of the rooms: a plugin of pytest that traces them, and the hook for processes that tests start."""

from __future__ import annotations

import functools
import gc
import importlib
import inspect
import os
import re
import sys
import threading
import time
from collections import defaultdict
from pathlib import Path
from types import CodeType, FrameType
from typing import Any, NamedTuple

import pytest

Line = tuple[str, int]
WRITTEN = re.compile(r"(?P<path>pipelines/[^:]+\.py):(?P<line>\d+)")
# A function that a test called so often without a line that is new to the test is followed no more in it.
CALLS_WITHOUT_NEWS = 1_000
# Put on the path of processes that tests start; they write each line once, at once, for they may be killed.
HOOK = """
import os, sys, threading
house, folder = os.environ["MUTATION_LINES"].split(os.pathsep)
seen = set()
def local(frame, event, _):
    key = (frame.f_code.co_filename, frame.f_lineno)
    if event == "line" and key not in seen:
        seen.add(key)
        with open(f"{folder}/{os.getpid()}", "a") as out:
            out.write(f"{key[0][len(house) + 1:]}:{key[1]}\\n")
    return local
def trace(frame, *_):
    code = frame.f_code
    return local if code.co_flags & 1 and code.co_filename.startswith(house + "/pipelines/") else None
sys.settrace(trace)
threading.settrace(trace)
"""


class Traced(NamedTuple):
    """The lines that importing executes, and for each test of a file whether it passed, its seconds and its lines."""

    imported: set[Line]
    tests: dict[str, tuple[bool, float, set[Line]]]


class Tracing:
    """Notes the lines of the rooms for each test, with those of its fixtures, and of what tests start for all of the file."""

    def __init__(self, house: Path, rooms: list[str], folder: Path) -> None:
        self.house, self.folder = str(house), folder
        self.rooms = tuple(f"{house}/pipelines/{room}/" for room in rooms)
        self.modules = [
            ".".join(path.relative_to(house).with_suffix("").parts).removesuffix(".__init__")
            for room in rooms
            for path in sorted((house / "pipelines" / room).rglob("*.py"))
        ]
        self.current: set[tuple[CodeType, int]] = set()
        self.imported = self.current
        self.calls: dict[CodeType, int] = {}
        self.of_fixture: dict[object, set[tuple[CodeType, int]]] = defaultdict(set)
        self.fixture_seconds: dict[object, float] = defaultdict(float)
        self.tests: dict[str, tuple[bool, float, set[tuple[CodeType, int]]]] = {}
        self.caches: list[Any] = []
        self.are_results_shared = False

    def start(self) -> None:
        """Trace from here on, in every thread, and in processes by their environment."""
        (self.folder / "hook").mkdir()
        (self.folder / "lines").mkdir()
        (self.folder / "hook" / "sitecustomize.py").write_text(HOOK, encoding="utf-8")
        os.environ["PYTHONPATH"] = os.pathsep.join([str(self.folder / "hook"), self.house])
        os.environ["MUTATION_LINES"] = os.pathsep.join([self.house, str(self.folder / "lines")])
        sys.settrace(self._call)
        threading.settrace(self._call)
        for module in self.modules:
            importlib.import_module(module)

    def _call(self, frame: FrameType, _event: str, _argument: object) -> Any:  # noqa: ANN401 a trace function
        code = frame.f_code
        if not code.co_filename.startswith(self.rooms):
            return None
        self.calls[code] = calls = self.calls.get(code, 0) + 1
        return self._line if calls < CALLS_WITHOUT_NEWS else None

    def _line(self, frame: FrameType, event: str, _argument: object) -> Any:  # noqa: ANN401 a trace function
        line = frame.f_code, frame.f_lineno
        if event == "line" and line not in self.current:
            self.current.add(line)
            self.calls[frame.f_code] = 0
        return self._line

    def _renew(self) -> set[tuple[CodeType, int]]:
        self.calls = {}
        sys.settrace(self._call)  # Python ends a trace that fails, as at the bottom of a deep recursion
        return set()

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Find what is cached: of the pipelines it is forgotten before each test, of a test its lines are those of all."""
        wrappers = [found for found in gc.get_objects() if isinstance(found, functools._lru_cache_wrapper)]  # noqa: SLF001
        self.caches = [found for found in wrappers if str(found.__module__).startswith("pipelines")]
        paths = {str(item.path) for item in session.items}
        self.are_results_shared = any(inspect.unwrap(found).__code__.co_filename in paths for found in wrappers if hasattr(inspect.unwrap(found), "__code__"))  # fmt: skip

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: Any) -> Any:  # noqa: ANN401 a generator of pytest
        """Note the lines of a fixture for each test that uses it."""
        outer, self.current = self.current, self._renew()
        started = time.monotonic()
        try:
            return (yield)
        finally:
            self.of_fixture[fixturedef] |= self.current
            if fixturedef.scope != "function":
                self.fixture_seconds[fixturedef] = time.monotonic() - started
            outer |= self.current
            self.current = outer

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Any:  # noqa: ANN401 a generator of pytest
        """Note the lines of a test and how long it takes."""
        for cache in self.caches:
            cache.cache_clear()
        self.current = self._renew()
        self.tests[item.nodeid] = (True, 0.0, self.current)
        known = sum(self.fixture_seconds.values())
        started = time.monotonic()
        try:
            return (yield)
        finally:
            # A fixture that stands for more than one test is paid for by each that is run alone.
            spent = time.monotonic() - started - (sum(self.fixture_seconds.values()) - known)
            info = getattr(item, "_fixtureinfo", None)
            fixtures = [each for found in info.name2fixturedefs.values() for each in found] if info else []
            lines = self.current.union(*(self.of_fixture[fixture] for fixture in fixtures))
            spent += sum(self.fixture_seconds[fixture] for fixture in fixtures)
            self.tests[item.nodeid] = (self.tests[item.nodeid][0], spent, lines)
            self.current = self._renew()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note a test that fails without any fault, or is skipped; it shows nothing."""
        if report.outcome != "passed" and report.nodeid in self.tests:
            self.tests[report.nodeid] = (False, *self.tests[report.nodeid][1:])

    def traced(self) -> Traced:
        """What was noted, when all tests have run."""
        sys.settrace(None)
        written = "".join(file.read_text(encoding="utf-8") for file in (self.folder / "lines").iterdir())
        # A process that was killed may leave half of a line.
        found = (WRITTEN.fullmatch(line) for line in written.split("\n"))
        elsewhere = {(match["path"], int(match["line"])) for match in found if match}
        lines = {name: self._lines(found) | elsewhere for name, (_, _, found) in self.tests.items()}
        if self.are_results_shared:
            lines = dict.fromkeys(lines, set().union(*lines.values()))
        tests = {name: (passed, spent, lines[name]) for name, (passed, spent, _) in self.tests.items()}
        return Traced(self._lines(self.imported), tests)

    def _lines(self, found: set[tuple[CodeType, int]]) -> set[Line]:
        return {(code.co_filename[len(self.house) + 1 :], line) for code, line in found}
