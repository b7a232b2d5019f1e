"""What a table's declaration demands of the values of a column, as a Table Schema says it."""

from collections.abc import Callable, Mapping
from typing import Any

from schemas.declared import Column, declared


def constraints_of(table: str, column: Column) -> dict[str, Any]:
    """The constraints of a column. A check of whole rows has no place in a Table Schema, and is in `quality` alone."""
    constraints: dict[str, Any] = {"required": not column.nullable}
    if column.unique:
        constraints["unique"] = True
    for check in declared(table).checks:
        if check.column == column.name:
            constraints |= _SAID[check.check_id](check.limits)
    return constraints


def _length(limits: Mapping[str, Any]) -> dict[str, Any]:
    said = {"minLength": limits["min_value"], "maxLength": limits["max_value"]}
    return {name: limit for name, limit in said.items() if limit is not None}


def pattern_of(regex: str) -> str:
    r"""A regular expression as XML Schema writes it, which a Table Schema asks for: of the whole value, every group plain.

    >>> pattern_of("^(?:[01]\\d|2[0-3]):[0-5]\\d$")
    '([01]\\d|2[0-3]):[0-5]\\d'
    """
    return regex.removeprefix("^").removesuffix("$").replace("(?:", "(")


# Every kind of check that a column declares; one that is not here stops the build of the descriptor, and its tests.
_SAID: dict[str, Callable[[Mapping[str, Any]], dict[str, Any]]] = {
    "str_matches": lambda limits: {"pattern": pattern_of(limits["pattern"])},
    "greater_than_or_equal_to": lambda limits: {"minimum": limits["min_value"]},
    "isin": lambda limits: {"enum": list(limits["allowed_values"])},
    "str_length": _length,
    "in_range": lambda limits: {"minimum": limits["min_value"], "maximum": limits["max_value"]},
}
