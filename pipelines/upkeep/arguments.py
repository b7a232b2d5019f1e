"""What the commands on releases are asked."""

import argparse

from pipelines.options import Commands, add_json, add_keep, add_processed, add_wait, as_text

_RELEASE = "id or tag of a release"


def add_verify(commands: Commands) -> argparse.ArgumentParser:
    """`verify`: whether a release is whole."""
    verify = commands.add_parser(
        "verify",
        help="check that a release is whole, to the last bit",
        description="Hash every file of a release, read every table with its checksums, and check all that a build checks, the "
        "numbers of the report too. Exit codes: 0 whole, 1 any fault, 2 wrong usage.",
    )
    _add_release(verify, "current")
    add_processed(verify)
    add_json(verify)
    return verify


def add_releases(commands: Commands) -> argparse.ArgumentParser:
    """`releases`: what is there, and tags."""
    releases = commands.add_parser(
        "releases",
        help="list the releases, tag one to keep it",
        description="List the releases that are there, the newest first. A tag keeps a release, and is a link to it: tags/NAME.",
    )
    tagging = releases.add_mutually_exclusive_group()
    tagging.add_argument(
        "--tag", nargs="+", type=as_text, metavar=("NAME", "RELEASE"), help="tag a release (default: the current one)"
    )
    tagging.add_argument("--untag", type=as_text, metavar="NAME", help="take a tag away")
    add_processed(releases)
    add_wait(releases)
    add_json(releases)
    return releases


def add_rollback(commands: Commands) -> argparse.ArgumentParser:
    """`rollback`: `current` leads to another release."""
    rollback = commands.add_parser(
        "rollback",
        help="let `current` lead to the release before, or to another one",
        description="Verify a release and let `current` lead to it, in one step. Nothing is removed: the same command with the id that "
        "it prints leads back.",
    )
    _add_release(rollback, "the one published before the current one")
    add_processed(rollback)
    add_wait(rollback)
    add_json(rollback)
    return rollback


def add_prune(commands: Commands) -> argparse.ArgumentParser:
    """`prune`: old releases are removed."""
    prune = commands.add_parser(
        "prune", help="remove old releases", description="Remove old releases, as a build does after it published one."
    )
    add_keep(prune)
    prune.add_argument("--dry-run", action="store_true", help="say what would be removed, and remove nothing")
    add_processed(prune)
    add_wait(prune)
    add_json(prune)
    return prune


def _add_release(command: argparse.ArgumentParser, default: str) -> None:
    command.add_argument("release", nargs="?", type=as_text, metavar="RELEASE", help=f"{_RELEASE} (default: {default})")
