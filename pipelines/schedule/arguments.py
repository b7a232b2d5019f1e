"""What the command `serve` is asked."""

import argparse
from pathlib import Path

from pipelines.gate.thresholds import GATE
from pipelines.options import (
    Commands,
    add_authority,
    add_judgements,
    add_keep,
    add_processed,
    as_path,
    as_positive,
    as_text,
)

# Longer than a build, shorter than a night.
SECONDS_TO_WAIT = 3600


def add_serve(commands: Commands) -> argparse.ArgumentParser:
    """`serve`: build at set times, through Prefect, on this machine."""
    serve = commands.add_parser(
        "serve",
        help="build at set times, through Prefect, on this machine",
        description="Register the flow with the configured Prefect API and stay, to run it at the times of a schedule and whenever "
        "somebody asks the server for a run. One run at a time; a run that finds nothing new publishes nothing.",
    )
    serve.add_argument(
        "--cron", type=as_text, metavar="TIMES", help='when to run, as in cron: "15 3 * * *" (default: only when asked)'
    )
    serve.add_argument(
        "--timezone", type=as_text, default="UTC", metavar="ZONE", help="time zone of --cron (default: UTC)"
    )
    serve.add_argument(
        "--name", type=as_text, default="served", metavar="NAME", help="name of the deployment (default: served)"
    )
    serve.add_argument(
        "--raw", type=as_path, default=Path("raw"), metavar="DIR", help="folder of saved pages (default: raw)"
    )
    add_processed(serve)
    add_judgements(serve)
    add_authority(serve)
    serve.add_argument(
        "--gate", type=as_path, metavar="FILE", help=f"file of thresholds for the quality gate (default: {GATE})"
    )
    serve.add_argument(
        "--workers", type=as_positive, default=1, metavar="N", help="processes that read pages (default: 1)"
    )
    add_keep(serve)
    serve.add_argument(
        "--wait",
        type=as_positive,
        default=SECONDS_TO_WAIT,
        metavar="SECONDS",
        help=f"wait for another run in the same folder for so long (default: {SECONDS_TO_WAIT})",
    )
    serve.add_argument(
        "--openlineage", type=as_text, metavar="URL|FILE", help="where OpenLineage events of each run go"
    )
    serve.add_argument(
        "--report-address",
        type=as_text,
        metavar="URL",
        help="where a browser finds the folder of releases (default: links lead to files of this machine)",
    )
    serve.set_defaults(json=False)
    return serve
