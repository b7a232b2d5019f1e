"""What is wrong with a release, and what a person can do about it."""

from collections.abc import Mapping
from typing import NamedTuple

# A release is never mended by hand: the same raw gives the same bytes, and a build puts back what is not as it should be.
RESTORE = (
    "restore the file from a copy, or build again from the same raw, which puts it back; `archive-listings rollback` leads to "
    "the release before"
)
FOREIGN = "it was not published; move it away, or build again from the same raw, which removes it"
REPORT = (
    "the bytes are as they were published, so this is a fault of the program that published it; report it, and rollback"
)


class Fault(NamedTuple):
    """One thing that is wrong: in which file of the release, what, and what to do."""

    file: str
    problem: str
    what_to_do: str

    @property
    def text(self) -> str:
        """File and problem, in one line."""
        return f"{self.file}: {self.problem}"


class Verification(NamedTuple):
    """What was looked at, and all that is wrong; `notes` say what could not be checked, which is no fault."""

    release_id: str
    checked: Mapping[str, int]
    faults: tuple[Fault, ...]
    notes: tuple[str, ...] = ()
