"""The contract with everybody downstream: each table declared once, everything else derived from the declaration."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from schemas.columns import Table
    from schemas.models import OTHER_TABLES, TABLES

# The version of names, types and meanings; a new major one when a column is renamed or re-typed.
TABLE_VERSION = "1.2"

__all__ = ["OTHER_TABLES", "TABLES", "TABLE_VERSION", "Table"]
_MODELS = {"OTHER_TABLES": "schemas.models", "TABLES": "schemas.models", "Table": "schemas.columns"}


def __getattr__(name: str) -> object:
    """The models, imported when they are first asked for: pandas and pandera take half a second."""
    if name not in _MODELS:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(_MODELS[name]), name)
