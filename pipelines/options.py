"""Options that several commands share, and what their values may be. Nothing is imported here that would delay `--help`."""

import argparse
from pathlib import Path
from typing import TypeAlias

from pipelines.settings import RELEASES_KEPT

# What `add_subparsers` returns has no public name.
Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 not even to name it
JUDGEMENTS = Path("judgements.toml")
AUTHORITY = Path("authority.toml")
# Thirty years, since no infinity can be told to a Prefect server.
WITHOUT_END = 1_000_000_000


def add_processed(command: argparse.ArgumentParser) -> None:
    """The folder of releases."""
    command.add_argument(
        "--processed",
        type=as_path,
        default=Path("processed"),
        metavar="DIR",
        help="folder of releases (default: processed)",
    )


def add_judgements(command: argparse.ArgumentParser) -> None:
    """The file of reviewed decisions."""
    command.add_argument(
        "--judgements",
        type=as_path,
        metavar="FILE",
        help=f"file of reviewed decisions, which need not be there (default: {JUDGEMENTS})",
    )


def add_authority(command: argparse.ArgumentParser) -> None:
    """The reader's own file of names."""
    command.add_argument(
        "--authority",
        type=as_path,
        metavar="FILE",
        help=f"file of names that extends the one shipped, and need not be there (default: {AUTHORITY}; docs/titles.md)",
    )


def add_json(command: argparse.ArgumentParser) -> None:
    """Whether a program reads what is printed."""
    command.add_argument(
        "--json", action="store_true", help="print one JSON object on standard output; all else goes to standard error"
    )


def add_keep(command: argparse.ArgumentParser) -> None:
    """How many of the last releases are kept; every tagged one is as well."""
    command.add_argument(
        "--keep",
        type=as_positive,
        default=RELEASES_KEPT,
        metavar="N",
        help=f"releases that are kept, the newest first (default: {RELEASES_KEPT}); tagged ones, the current one and the one "
        "before it always are",
    )


def add_wait(command: argparse.ArgumentParser) -> None:
    """For how long another run in the same folder is waited for."""
    command.add_argument(
        "--wait",
        type=as_positive,
        nargs="?",
        const=WITHOUT_END,
        default=0,
        metavar="SECONDS",
        help="wait for another run in the same folder, for so many seconds or until it is done (default: end at once)",
    )


def as_path(text: str) -> Path:
    """A path, of a text that is not empty: an unset variable would be the working folder."""
    return Path(as_text(text))


def as_text(text: str) -> str:
    """A text that is not empty."""
    if not text.strip():
        message = "empty; an unset variable?"
        raise argparse.ArgumentTypeError(message)
    return text


def as_positive(text: str) -> int:
    """A whole number from 1 on."""
    if not text.isdecimal() or int(text) < 1:
        message = f"not a positive whole number: {text!r}"
        raise argparse.ArgumentTypeError(message)
    return int(text)
