"""Small faults of a module, made from its syntax tree, and a sample of those of a room."""

from __future__ import annotations

import ast
import copy
import random
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

TURNED = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
A_PLACE = 90


class Fault(NamedTuple):
    """A changed module: where, what was changed to what, the line's text, the statement's lines and the first of them, the source."""

    path: str
    line: int
    column: int
    before: str
    after: str
    text: str
    statement: tuple[int, int]
    within: str
    source: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.before} -> {self.after or 'left out'}"


def sample(house: Path, room: str, count: int, seed: int) -> list[Fault]:
    """So many faults of a room, drawn from all of its modules, in an order that is drawn as well."""
    paths = sorted((house / "pipelines" / room).rglob("*.py"))
    places = [(path, number) for path in paths for number, _ in enumerate(_changes(_parsed(path)))]
    drawn = sorted(random.Random(seed).sample(places, min(count, len(places))), key=str)
    found: list[Fault] = []
    for path in paths:
        wanted = {number for of, number in drawn if of == path}
        found += faults_of(path, house, wanted) if wanted else []
    random.Random(seed).shuffle(found)
    return found


def faults_of(path: Path, house: Path, wanted: set[int] | None = None) -> Iterator[Fault]:
    """The faults of a module, or those of some numbers; docstrings, annotations, decorators and imports stay."""
    tree = _parsed(path)
    lines = path.read_text(encoding="utf-8").split("\n")
    spans = dict(_spans(tree))
    for number, (place, node, changed) in enumerate(_changes(tree)):
        if wanted is not None and number not in wanted:
            continue
        line, column = node.lineno, node.col_offset  # type: ignore[attr-defined]
        shown = [_first_line(each) for each in (node, changed)]
        where = path.relative_to(house).as_posix()
        text, within = lines[line - 1].strip(), lines[spans[id(node)][0] - 1].strip()
        source = _source_with(tree, place, changed)
        yield Fault(where, line, column, *shown, text, spans[id(node)], within, source)


def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _first_line(node: ast.AST) -> str:
    return "" if isinstance(node, ast.Pass) else ast.unparse(node).split("\n")[0][:A_PLACE]


Place = tuple[ast.AST, str, int | None]


def _changes(tree: ast.Module) -> Iterator[tuple[Place, ast.AST, ast.AST]]:
    """Where a node hangs, the node, and what it may become."""
    skipped = {id(part) for kept in _kept(tree) for part in ast.walk(kept)}
    for parent in ast.walk(tree):
        for name, value in ast.iter_fields(parent):
            for at, node in enumerate(value) if isinstance(value, list) else [(None, value)]:
                if isinstance(node, ast.AST) and id(node) not in skipped and hasattr(node, "lineno"):
                    yield from (((parent, name, at), node, changed) for changed in changes_of(node))


def _kept(tree: ast.Module) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        parts = (
            getattr(node, "annotation", None),
            getattr(node, "returns", None),
            *getattr(node, "decorator_list", []),
        )
        yield from (part for part in parts if isinstance(part, ast.AST))
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield node


def changes_of(node: ast.AST) -> Iterator[ast.AST]:
    """What a node may become; `pass` leaves it out."""
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
        case ast.Return(value=ast.expr()) if not _is_none(node.value):
            yield ast.Return(ast.Constant(None))
        case ast.Continue() | ast.Break() | ast.AugAssign() | ast.Expr(value=ast.Call()):
            yield ast.Pass()


def _is_none(node: ast.AST | None) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _changed_constant(value: object) -> Iterator[ast.AST]:
    match value:
        case bool():
            yield ast.Constant(not value)
        case int():
            yield ast.Constant(value + 1)
        case str() if value.isidentifier():
            yield ast.Constant(value + "x")


def _source_with(tree: ast.Module, place: Place, changed: ast.AST) -> str:
    parent, name, at = place
    holder = getattr(parent, name)
    node = holder if at is None else holder[at]
    _put(place, changed)
    try:
        return ast.unparse(ast.fix_missing_locations(copy.deepcopy(tree)))
    finally:
        _put(place, node)


def _put(place: Place, node: ast.AST) -> None:
    parent, name, at = place
    if at is None:
        setattr(parent, name, node)
    else:
        getattr(parent, name)[at] = node


def _spans(node: ast.AST, span: tuple[int, int] = (1, 1)) -> Iterator[tuple[int, tuple[int, int]]]:
    """For each node the lines of the statement that it stands in; of a statement with a body, those of its head."""
    if isinstance(node, ast.stmt):
        body = getattr(node, "body", None)
        span = (node.lineno, max(node.lineno, body[0].lineno - 1) if body else node.end_lineno or node.lineno)
    elif isinstance(node, ast.match_case | ast.ExceptHandler):
        head = node.pattern.lineno if isinstance(node, ast.match_case) else node.lineno
        span = (head, max(head, node.body[0].lineno - 1))
    yield id(node), span
    for child in ast.iter_child_nodes(node):
        yield from _spans(child, span)
