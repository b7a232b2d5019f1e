"""What the gate is asked: options of `build`, and the command `accept`."""

import argparse

from pipelines.gate.thresholds import GATE
from pipelines.options import Commands, add_json, add_keep, add_processed, add_wait, as_path, as_text


def add_gate(build: argparse.ArgumentParser) -> None:
    """The options of `build` that are about the gate."""
    build.add_argument(
        "--gate",
        type=as_path,
        metavar="FILE",
        help=f"file of thresholds for the quality gate (default: {GATE}, which need not be there)",
    )
    build.add_argument(
        "--accept",
        action="store_true",
        help="publish also what fails by a threshold of the gate; to publish what was looked at, use the command accept",
    )


def add_accept(commands: Commands) -> argparse.ArgumentParser:
    """`accept`: publish a release that the gate kept back."""
    accept = commands.add_parser(
        "accept",
        help="publish a release that the quality gate kept back",
        description="Publish a release of processed/rejected/ as it was looked at, in the same one step as any other. It must have "
        "been made to follow the current release.",
    )
    accept.add_argument("release", nargs="?", type=as_text, metavar="RELEASE", help="its id (default: the only one)")
    add_processed(accept)
    add_keep(accept)
    add_wait(accept)
    add_json(accept)
    return accept
