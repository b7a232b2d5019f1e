"""The files beside raw that a command is given or finds in the working folder: judgements, thresholds, names."""

import argparse
from pathlib import Path

from pipelines.errors import UsageError
from pipelines.gate.thresholds import GATE
from pipelines.options import AUTHORITY, JUDGEMENTS


def gate_of(options: argparse.Namespace) -> Path:
    """The file of thresholds.

    Raises:
        UsageError: it is named and not there.
    """
    return _named(options.gate, GATE, "--gate names the file of thresholds")


def authority_of(options: argparse.Namespace) -> Path:
    """The file of names that extends the one shipped.

    Raises:
        UsageError: it is named and not there.
    """
    return _named(options.authority, AUTHORITY, "--authority names the file of names")


def _named(path: Path | None, default: Path, hint: str) -> Path:
    """A file that need not be there; but one that is named must be, for without it something else would hold."""
    if path and not path.exists():
        message = f"{path}: no such file; {hint}"
        raise UsageError(message)
    return path or default


def judgements_of(options: argparse.Namespace) -> Path:
    """The file of judgements; it need not be there, but where it is named, its folder must.

    Raises:
        UsageError: its folder is not there.
    """
    path: Path = options.judgements or JUDGEMENTS
    if not path.parent.is_dir():
        message = f"{path}: its folder does not exist; --judgements names the file of reviewed decisions"
        raise UsageError(message)
    return path
