"""Which tests may find a fault: those of the room that execute the changed statement, the quickest first."""

from __future__ import annotations

import re
from pathlib import Path

from mutation_faults import Fault
from mutation_lines import Line, Traced

# The tests of a room.
TESTS = {
    "extract": "tests/extract tests/units tests/test_golden.py tests/test_layout.py tests/test_reading_laws.py tests/read pipelines/extract",
    "deduplicate": "tests/deduplicate tests/test_explain.py tests/memory tests/test_review.py pipelines/deduplicate",
    "release": "tests/release tests/gate pipelines/release",
}
# Measures of time and memory, which find no fault of another kind, and what needs a browser.
LEFT_OUT = ("tests/read/test_bombs.py", "tests/units/test_patterns_are_linear.py", "chromium")
A_QUICK_TEST = 0.5


def files_of(house: Path, room: str) -> list[str]:
    """The files of a room's tests, with the modules that hold doctests."""
    paths = [house / name for name in TESTS[room].split()]
    found = [file for path in paths for file in (sorted(path.rglob("*.py")) if path.is_dir() else [path])]
    names = [
        file.relative_to(house).as_posix()
        for file in found
        if file.name.startswith("test_") or ">>> " in file.read_text(encoding="utf-8")
    ]
    return [name for name in names if name not in LEFT_OUT]


class Choice:
    """The tests of a room, with the lines that each executes."""

    def __init__(self, house: Path, room: str, traced: dict[str, Traced]) -> None:
        self._house, self._traced = house, traced
        sources = {file: (house / file).read_text(encoding="utf-8") for file in traced}
        self._readers = {file for file, source in sources.items() if f"from pipelines.{room}" in source}
        self._modules = {
            file.relative_to(house).as_posix(): file.read_text(encoding="utf-8")
            for file in (house / "pipelines").rglob("*.py")
        }

    def tests_for(self, fault: Fault) -> dict[str, float]:
        """The tests that may find a fault, in their order, and how many seconds each needs.

        Those that execute the statement; where importing does so, also those that execute its module or one of its users, and
        those that execute nothing, for they may look at its constants.
        """
        span = {(fault.path, line) for line in range(fault.statement[0], fault.statement[1] + 1)}
        users = self._users_of(fault.path)
        ranks: dict[str, tuple[bool, bool]] = {}
        seconds: dict[str, float] = {}
        firsts: dict[str, float] = {}
        for file, found in self._traced.items():
            is_imported = not span.isdisjoint(found.imported)
            for name, (passed, spent, lines) in found.tests.items():
                is_reached = not span.isdisjoint(lines)
                may_find = is_reached or (is_imported and self._is_user(file, lines, users))
                if passed and may_find and not any(left in name for left in LEFT_OUT):
                    ranks[name], seconds[name] = (spent > A_QUICK_TEST, not is_reached), spent
                    firsts[file] = min(firsts.get(file, spent), spent)
        # By files, so that what the tests of a file share is made once.
        order = sorted(
            ranks, key=lambda name: (ranks[name], firsts[name.split("::")[0]], name.split("::")[0], seconds[name])
        )
        return {name: seconds[name] for name in order}

    def _is_user(self, file: str, lines: set[Line], users: set[str]) -> bool:
        return any(path in users for path, _ in lines) if lines else file in self._readers

    def _users_of(self, path: str) -> set[str]:
        """A module and those that import it or its package, which may offer its names; through modules without functions further.

        Of a package, all of its modules: who asks it for a name calls them.
        """
        if path.endswith("/__init__.py"):
            return {name for name in self._modules if name.startswith(path.removesuffix("__init__.py"))}
        found, more = {path}, [path]
        while more:
            mention = _import_of(more.pop())
            users = {name for name, source in self._modules.items() if mention.search(source)} - found
            more += [name for name in users if "def " not in self._modules[name]]
            found |= users
        return found


def _import_of(path: str) -> re.Pattern[str]:
    module = path.removesuffix(".py").replace("/", ".").removesuffix(".__init__")
    names = "|".join(re.escape(name) for name in (module, module.rpartition(".")[0]))
    return re.compile(rf"^\s*(?:from|import) (?:{names})\b(?!\.)", re.MULTILINE)
