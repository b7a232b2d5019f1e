"""What the models declare, as plain values: written to `declared.json` by `make docs`, so that who reads it needs neither pandas nor pandera.

The file holds a hash of the modules that it was derived from. Where they are others by now it is not used.
"""

import json
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

_HOUSE = Path(__file__).parent
_FILE = _HOUSE / "declared.json"


class Column(NamedTuple):
    """A column: its Arrow type by name, whether it may be null, whether its values stand once, and what it means."""

    name: str
    type: str
    nullable: bool
    unique: bool
    description: str


class Check(NamedTuple):
    """A check that a table declares; of whole rows where there is no column. `limits` are the values that it is given."""

    column: str | None
    check_id: str
    description: str
    limits: dict[str, Any]


class Declared(NamedTuple):
    """All that a table declares, and whether it is part of a release."""

    grain: str
    is_released: bool
    key: list[str]
    foreign_keys: dict[str, str]
    columns: list[Column]
    checks: list[Check]


def table_names() -> list[str]:
    """The tables of a release, in an order in which every foreign key leads to a table named before it, or to the table itself."""
    return [name for name, declared in _all().items() if declared.is_released]


def declared(table: str) -> Declared:
    """What a table declares."""
    return _all()[table]


@cache
def _all() -> dict[str, Declared]:
    try:
        said = json.loads(_FILE.read_bytes())
    except (OSError, ValueError):
        said = {}
    tables = said["tables"] if said.get("sha256") == _digest() else _derive()
    return {
        name: Declared._make([*facts, list(map(Column._make, columns)), list(map(Check._make, checks))])
        for name, (facts, columns, checks) in tables.items()
    }


def _digest() -> str:
    hashes = [f"{path.name} {sha256(path.read_bytes()).hexdigest()}" for path in sorted(_HOUSE.glob("*.py"))]
    return sha256("\n".join(hashes).encode()).hexdigest()


def _derive() -> dict[str, Any]:
    """The same from the models."""
    from schemas import OTHER_TABLES, TABLES  # noqa: PLC0415 imports pandas and pandera

    derived: dict[str, Any] = {}
    for name, model in {**TABLES, **OTHER_TABLES}.items():
        schema = model.to_schema()
        metadata = (model.get_metadata() or {})[name]["dataframe"]
        columns = [
            [column.name, str(column.dtype.type.pyarrow_dtype), column.nullable, column.unique, column.description]
            for column in schema.columns.values()
        ]
        checks = [
            [column.name, check.name, str(check.error), dict(check.statistics or {})]
            for column in schema.columns.values()
            for check in column.checks
        ]
        checks += [[None, check.name, str(check.description), {}] for check in schema.checks]
        grain = " ".join((model.__doc__ or "").split())
        facts = [grain, name in TABLES, list(metadata["key"]), dict(metadata["foreign_keys"])]
        derived[name] = [facts, columns, checks]
    return derived


def as_json() -> str:
    """What the file holds."""
    return json.dumps({"sha256": _digest(), "tables": _derive()}, indent=1, ensure_ascii=False) + "\n"
