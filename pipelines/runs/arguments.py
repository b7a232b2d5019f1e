"""The options of `build` that are about watching it."""

import argparse

from pipelines.options import as_text

FORMS = ("text", "json")


def add_watching(build: argparse.ArgumentParser) -> None:
    """How a build tells of itself, and whom."""
    build.add_argument(
        "--log-format",
        choices=FORMS,
        default="text",
        help="what is said on standard error: lines for a person, or a JSON object a line (default: text)",
    )
    build.add_argument(
        "--openlineage",
        type=as_text,
        metavar="URL|FILE",
        help="send OpenLineage events of the run to an address, or append them to a file",
    )
    build.add_argument(
        "--notify",
        action="store_true",
        help="where nothing is published for an error, tell the webhook and the mail address that the environment names (docs/schedule.md)",
    )
