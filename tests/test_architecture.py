"""Who may import whom, read from the source."""

import ast
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[1]
MODULES = sorted([*HOUSE.glob("pipelines/**/*.py"), *HOUSE.glob("schemas/**/*.py")])
# Rooms that know neither what tables are nor who runs them, and not each other.
STEPS = {"read", "extract", "deduplicate"}
VALUES = {
    "records",
    "text",
    "titles",
    "dates",
    "errors",
    "identifiers",
    "problems",
    "settings",
    "collector",
    "addresses",
}
# What a step may use beside itself: deduplication works on whole columns.
FRAMEWORKS = {"pandas", "pandera", "pyarrow", "prefect", "schemas", "rich"}
ALLOWED = {"deduplicate": {"pyarrow"}}


def imports(path):
    """Every module that a file imports, also within functions."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def top(name):
    return name.split(".")[0]


def room(name):
    parts = name.split(".")
    return parts[1] if parts[0] == "pipelines" and len(parts) > 1 else None


def names(paths):
    return pytest.mark.parametrize("path", paths, ids=lambda path: path.relative_to(HOUSE).as_posix())


@names([path for path in MODULES if path.parts[-2] == "schemas"])
def test_schemas_import_nothing_of_the_pipelines(path):
    assert not {name for name in imports(path) if top(name) == "pipelines"}


@names([path for path in MODULES if path.relative_to(HOUSE).parts[1] in STEPS])
def test_a_step_imports_itself_values_and_no_framework(path):
    own = path.relative_to(HOUSE).parts[1]
    found = imports(path)
    assert not {name for name in found if top(name) in FRAMEWORKS - ALLOWED.get(own, set())}
    assert {room(name) for name in found if room(name)} <= {own} | VALUES


@names([path for path in MODULES if "flows" not in path.parts])
def test_prefect_appears_under_flows_alone(path):
    assert "prefect" not in {top(name) for name in imports(path)}


@names([path for path in MODULES if "flows" not in path.parts and path.name not in ("cli.py", "__main__.py")])
def test_nothing_but_the_command_line_imports_a_flow_or_the_command_line(path):
    assert not {name for name in imports(path) if room(name) in ("flows", "cli")}


@names([path for path in MODULES if path.relative_to(HOUSE).parts[1].removesuffix(".py") in VALUES])
def test_values_import_values_alone(path):
    assert {room(name) for name in imports(path) if room(name)} <= VALUES


@names(MODULES)
def test_a_module_has_one_subject_and_under_300_lines(path):
    assert path.read_text(encoding="utf-8").count("\n") < 300


@names(MODULES)
def test_a_module_says_what_it_is_about(path):
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


def test_no_room_is_empty():
    for folder in {path.parent for path in MODULES}:
        assert any(path.name != "__init__.py" for path in folder.glob("*.py")), folder
