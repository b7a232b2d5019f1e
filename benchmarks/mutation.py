"""Mutation testing by sample: how many small faults of the code the tests find.

    python benchmarks/mutation.py [--room extract] [--count 60] [--seed 1] [--seconds 1200] [--json]

Draws mutants of a room (a comparison turned, a boundary moved by one, `and` for `or`, a condition denied, a constant changed, a statement
left out, a value not returned), writes each into a copy of the house, and runs the tests of that room until one fails. A mutant
that no test finds has survived, and is shown with its line. Deterministic for its arguments, up to the time that is given.
"""

from __future__ import annotations

import argparse
import ast
import copy
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

HOUSE = Path(__file__).parents[1]
# The tests of a room, the quick ones first.
TESTS = {
    "extract": [
        "tests/units/test_kinds.py tests/test_golden.py tests/units/test_holdings.py",
        "tests/extract tests/test_layout.py tests/read/test_saved_html.py tests/read/test_markup.py tests/test_reading_laws.py",
    ],
    "deduplicate": ["tests/deduplicate tests/test_explain.py", "tests/memory tests/test_review.py"],
    "release": ["tests/release/test_publish.py tests/release/test_retention.py tests/release/test_upkeep.py",
                "tests/release/test_lock.py tests/release/test_verify.py tests/release/test_faults.py tests/gate/test_rejecting.py"],
}  # fmt: skip
SECONDS_A_MUTANT = 150
TURNED = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip


class Mutant(NamedTuple):
    """A changed module: where, what was changed to what, and its source."""

    path: str
    line: int
    before: str
    after: str
    source: str


def changes_of(node: ast.AST) -> Iterator[ast.AST | None]:
    """What a node may become; None leaves it out."""
    match node:
        case ast.Compare(ops=[op]) if type(op) in TURNED:
            yield ast.Compare(node.left, [TURNED[type(op)]()], node.comparators)
        case ast.BoolOp():
            yield ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
        case ast.UnaryOp(op=ast.Not()):
            yield node.operand
        case ast.BinOp(op=ast.Add() | ast.Sub()):
            yield ast.BinOp(node.left, ast.Sub() if isinstance(node.op, ast.Add) else ast.Add(), node.right)
        case ast.Constant():
            yield from _changed_constant(node.value)
        case ast.If() | ast.IfExp():
            yield type(node)(**{**vars(node), "test": ast.UnaryOp(ast.Not(), node.test)})
        case ast.Return(value=ast.expr()):
            yield ast.Return(ast.Constant(None))
        case ast.Continue() | ast.Break() | ast.AugAssign() | ast.Expr(value=ast.Call()):
            yield ast.Pass()


def _changed_constant(value: object) -> Iterator[ast.AST]:
    match value:
        case bool():
            yield ast.Constant(not value)
        case int():
            yield ast.Constant(value + 1)
        case str() if value.isidentifier():
            yield ast.Constant(value + "x")


def mutants_of(path: Path) -> Iterator[Mutant]:
    """Every mutant of a module; docstrings and annotations stay."""
    source = path.read_text(encoding="utf-8")
    tree = ast.parse(source)
    skipped = {
        id(part)
        for node in ast.walk(tree)
        for kept in (
            getattr(node, "annotation", None),
            getattr(node, "returns", None),
            *getattr(node, "decorator_list", []),
        )
        if isinstance(kept, ast.AST)
        for part in ast.walk(kept)
    }
    skipped |= {
        id(part) for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom) for part in ast.walk(node)
    }
    for parent in ast.walk(tree):
        for name, value in ast.iter_fields(parent):
            places = enumerate(value) if isinstance(value, list) else [(None, value)]
            for at, node in places:
                if not isinstance(node, ast.AST) or id(node) in skipped or not hasattr(node, "lineno"):
                    continue
                for changed in changes_of(node):
                    yield _mutant(path, tree, (parent, name, at), node, changed)


def _mutant(
    path: Path, tree: ast.Module, place: tuple[ast.AST, str, int | None], node: ast.AST, changed: ast.AST | None
) -> Mutant:
    parent, name, at = place
    holder = getattr(parent, name)
    if at is None:
        setattr(parent, name, changed)
    else:
        holder[at] = changed
    try:
        source = ast.unparse(ast.fix_missing_locations(copy.deepcopy(tree)))
    finally:
        if at is None:
            setattr(parent, name, node)
        else:
            holder[at] = node
    shown = [ast.unparse(each).split("\n")[0][:90] if each is not None else "" for each in (node, changed)]
    return Mutant(path.relative_to(HOUSE).as_posix(), node.lineno, *shown, source)  # type: ignore[attr-defined]


def sample(room: str, count: int, seed: int) -> list[Mutant]:
    """So many mutants of a room, drawn from all of its modules."""
    paths = sorted((HOUSE / "pipelines" / room).rglob("*.py"))
    places = [(path, number) for path in paths for number, _ in enumerate(mutants_of(path))]
    drawn = sorted(random.Random(seed).sample(places, min(count, len(places))), key=str)
    found: list[Mutant] = []
    for path in paths:
        wanted = {number for of, number in drawn if of == path}
        found += [mutant for number, mutant in enumerate(mutants_of(path)) if number in wanted] if wanted else []
    random.Random(seed).shuffle(found)
    return found


def is_killed(mutant: Mutant, house: Path, room: str) -> bool:
    """Whether a test of the room fails, or hangs, with this mutant in the house."""
    target = house / mutant.path
    original = target.read_bytes()
    target.write_text(mutant.source, encoding="utf-8")
    try:
        return any(_fails(tests.split(), house) for tests in TESTS[room])
    finally:
        target.write_bytes(original)


def _fails(tests: list[str], house: Path) -> bool:
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "-m", "not flow", *tests]
    environment = {**os.environ, "PYTHONPATH": str(house), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(  # noqa: S603 our own tests
            command, cwd=house, env=environment, capture_output=True, timeout=SECONDS_A_MUTANT, check=False
        )
    except subprocess.TimeoutExpired:
        return True
    return done.returncode != 0


def main() -> None:
    """Draw, try, tell."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--room", choices=TESTS, default="extract")
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=int, default=1200)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    end = time.monotonic() + options.seconds
    tried: list[tuple[Mutant, bool]] = []
    with tempfile.TemporaryDirectory() as folder:
        house = Path(folder) / "house"
        shutil.copytree(
            HOUSE, house, ignore=shutil.ignore_patterns(".git", ".venv*", "processed", ".*_cache", "__pycache__")
        )
        (house / "processed").mkdir()
        shutil.copy(HOUSE / "processed" / "README.md", house / "processed")
        if any(_fails(tests.split(), house) for tests in TESTS[options.room]):
            parser.exit(1, "the tests fail without any mutant\n")
        for mutant in sample(options.room, options.count, options.seed):
            if time.monotonic() > end:
                break
            tried.append((mutant, is_killed(mutant, house, options.room)))
            if not tried[-1][1] and not options.json:
                print(f"survived {mutant.path}:{mutant.line}: {mutant.before} -> {mutant.after}", flush=True)
    killed = sum(found for _, found in tried)
    if options.json:
        print(
            json.dumps(
                {
                    "room": options.room,
                    "tried": len(tried),
                    "killed": killed,
                    "survived": [m[:4] for m, found in tried if not found],
                },
                indent=1,
            )
        )
    else:
        print(
            f"{options.room}: {killed} of {len(tried)} killed, {killed / max(1, len(tried)):.0%} (seed {options.seed})"
        )


if __name__ == "__main__":
    main()
