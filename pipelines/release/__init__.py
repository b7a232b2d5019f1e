"""Releases: staged, published in one step or not at all, kept in order, and swept when they are old.

What needs tables is imported when it is first asked for, so that a command that only looks or locks starts at once.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from pipelines.release.lock import locked
from pipelines.release.order import Recorded, read_order, release_before
from pipelines.release.places import CURRENT, RELEASES, Published, current_release

if TYPE_CHECKING:
    from pipelines.release.history import read_history
    from pipelines.release.publishing import publish, publish_staged
    from pipelines.release.staging import stage

__all__ = [
    "CURRENT", "RELEASES", "Published", "Recorded", "current_release", "locked", "publish", "publish_staged", "read_history",
    "read_order", "release_before", "stage",
]  # fmt: skip
_WITH_TABLES = {
    "publish": "publishing",
    "publish_staged": "publishing",
    "read_history": "history",
    "stage": "staging",
}


def __getattr__(name: str) -> object:
    if name not in _WITH_TABLES:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(f"{__name__}.{_WITH_TABLES[name]}"), name)
