"""One declaration, from TOML to a value: every key is looked at, and all that is wrong is told at once, each with its line."""

import tomllib
from typing import Any, get_args

from pipelines.errors import LayoutError
from pipelines.extract.declared.declaration import Block, DeclaredLayout, Rule, RunsOver, Templates
from pipelines.extract.declared.soundness import faults_of
from pipelines.extract.declared.tables import ENTRY_FIELDS, FRAME_FIELDS, PAGER_OR_ANYTHING, Complaints, Table
from pipelines.extract.declared.toml_places import find_places
from pipelines.records import PageKind
from pipelines.settings import LAYOUT_LIMITS

# Every key of a declaration; those of [head], [between] and [foot] are names of rules.
TOP_KEYS = ("name", "kind", "about", "page", "head", "list", "entry", "between", "foot")
PAGE_KEYS = ("has", "begins", "has_not")
LIST_KEYS = ("after", "before", "separator", "blank_lines", "any_order", "may_be_empty")
ENTRY_KEYS = ("line", "optional", "repeated", "runs_over")


def read_declaration(text: str, place: str) -> DeclaredLayout:
    """The layout that a TOML text declares; `place` is the name of its file in messages.

    Raises:
        LayoutError: it is no TOML, has unknown keys or values that cannot be, or describes a list that cannot be told into
            entries; every fault is named with its line.
    """
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LayoutError([f"{place}:{_line_of(error, text)}: not TOML: {error}"]) from error
    except RecursionError as error:
        raise LayoutError([f"{place}:1: not TOML that can be read: nested too deeply"]) from error
    told = Complaints(place, find_places(text))
    layout = _layout(content, told)
    if layout is not None and not told.found:
        for fault in faults_of(layout):
            told.add(fault.table, fault.reason, number=fault.number, key=fault.key)
    if told.found or layout is None:
        raise LayoutError(told.sorted())
    return layout


def _line_of(error: tomllib.TOMLDecodeError, text: str) -> int:
    """The line that the parser names at the end of its message."""
    said = str(error).rpartition("(at line ")[2].partition(",")[0]
    return int(said) if said.isdecimal() else max(1, len(text.splitlines()))


def _layout(content: dict[str, Any], told: Complaints) -> DeclaredLayout | None:
    top = Table(content, told, "", 0, TOP_KEYS)
    name = top.text("name", LAYOUT_LIMITS.name_characters, is_needed=True)
    kind: PageKind = top.word("kind", get_args(PageKind)) or "unknown"
    about = top.text("about", LAYOUT_LIMITS.about_characters)
    page, head, items, between, foot = (
        Table(top.table(key), told, key, 0, known)
        for key, known in (("page", PAGE_KEYS), ("head", None), ("list", LIST_KEYS), ("between", None), ("foot", None))
    )
    blocks = _blocks(top, told)
    has = page.templates("has", PAGER_OR_ANYTHING)
    layout = DeclaredLayout(
        name=name or "",
        place=told.place,
        kind=kind,
        about=about,
        has=tuple((template,) for template in has),
        begins=page.templates("begins", PAGER_OR_ANYTHING),
        has_not=page.templates("has_not", PAGER_OR_ANYTHING),
        head=_rules(head, FRAME_FIELDS, bare=("heading", "description")),
        between=_rules(between, PAGER_OR_ANYTHING),
        foot=_rules(foot, FRAME_FIELDS),
        after=items.templates("after", PAGER_OR_ANYTHING),
        before=items.templates("before", PAGER_OR_ANYTHING),
        separator=items.templates("separator", PAGER_OR_ANYTHING),
        blank_lines=items.count("blank_lines", LAYOUT_LIMITS.blank_lines),
        is_in_any_order=items.flag("any_order"),
        may_be_empty=items.flag("may_be_empty"),
        blocks=blocks,
    )
    return layout if name and blocks else None


def _blocks(top: Table, told: Complaints) -> tuple[Block, ...]:
    tables = top.tables("entry")
    if len(tables) > LAYOUT_LIMITS.entry_blocks:
        told.add("entry", f"{len(tables)} tables [[entry]], the limit is {LAYOUT_LIMITS.entry_blocks}")
        tables = []
    return tuple(_block(Table(content, told, "entry", number, ENTRY_KEYS)) for number, content in enumerate(tables))


def _block(table: Table) -> Block:
    runs_over: RunsOver | None = table.word("runs_over", get_args(RunsOver))
    return Block(
        table.templates("line", ENTRY_FIELDS, bare=("title", "summary", "_"), is_needed=True),
        table.flag("optional"),
        table.flag("repeated"),
        runs_over,
    )


def _rules(table: Table, fields: frozenset[str], bare: tuple[str, ...] = ()) -> tuple[Rule, ...]:
    """Furniture, in the order of the file: the name of the rule, and its lines."""
    return tuple(Rule(name, _rule_templates(table, name, fields, bare)) for name in table.rule_names())


def _rule_templates(table: Table, name: str, fields: frozenset[str], bare: tuple[str, ...]) -> Templates:
    return table.templates(name, fields, bare=bare, is_needed=True)
