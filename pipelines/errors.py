"""What can go wrong in a way that stops a build. What is wrong with one page or one row is an issue, not an error."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any


class ListingsError(Exception):
    """The root: anything this project raises on purpose."""


class UsageError(ListingsError):
    """The command was called with something that cannot be, such as a raw folder that does not exist."""


class NoPagesError(ListingsError):
    """Raw holds no file that could be a page."""


class JudgementsError(ListingsError):
    """The file of judgements cannot be read or says something that no judgement says; nothing is built without it."""


class AuthorityError(ListingsError):
    """The reader's file of names cannot be read or says something that no entry says; nothing is built without it."""


class SettingsError(ListingsError):
    """The file of thresholds cannot be read, or sets something unknown or impossible; nothing is built without it."""


class LayoutError(ListingsError):
    """A declared layout cannot be: `faults` are all that is wrong, each as `file:line: what`; nothing is read without it."""

    def __init__(self, faults: Sequence[str]) -> None:
        """Take the faults; the message has one a line."""
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


class LedgerError(ListingsError):
    """A page's lines are not each accounted for exactly once; a fault of a grammar, never of a page."""


class StructureError(ListingsError):
    """A table does not have the declared columns, order or types; nothing of it can be published."""


class QualityGateError(ListingsError):
    """A check that guards publishing failed; the release before stays in place."""


class RejectedError(QualityGateError):
    """A release was kept back by the gate, whole, for a person to look at; `report` is what it says of itself."""

    def __init__(self, message: str, release_id: str, path: Path, report: Mapping[str, Any]) -> None:
        """Take what is said, and which release it is, where it is kept, and its report."""
        super().__init__(message, release_id, path, report)
        self.release_id = release_id
        self.path = path
        self.report = report

    def __str__(self) -> str:
        return str(self.args[0])


class ReleaseError(ListingsError):
    """A release could not be staged, read back or switched to; the release before stays in place."""


class ExportError(ListingsError):
    """A release could not be written as files of another kind; what was there before is as it was."""


class StoppedError(ListingsError):
    """A person stopped the command."""


class OrchestrationError(ListingsError):
    """Prefect could not run the flow: its server did not start or cannot be reached."""
