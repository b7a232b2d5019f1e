"""What the command `explorer` is asked."""

import argparse
from pathlib import Path

from pipelines.options import Commands, add_json, add_processed, as_path, as_text


def add_explorer(commands: Commands) -> argparse.ArgumentParser:
    """`explorer`: a page to search, filter and read a release."""
    explorer = commands.add_parser(
        "explorer",
        help="write a page to search, filter and read a release",
        description="Write explorer.html for a release of any size. A large one has its data in the folder explorer/ beside the page; both "
        "work from a disk and from a web server (docs/explorer.md).",
    )
    explorer.add_argument(
        "release",
        nargs="?",
        default="current",
        type=as_text,
        metavar="RELEASE",
        help="its id, a tag, `current`, the id of a rejected one, or its folder (default: current)",
    )
    add_processed(explorer)
    explorer.add_argument(
        "--output",
        type=as_path,
        metavar="DIR",
        help="folder to write into (default: explorer/ in the folder of releases)",
    )
    explorer.add_argument("--open", action="store_true", help="open the page in the browser")
    add_json(explorer)
    explorer.set_defaults(run=_run)
    return explorer


def _run(options: argparse.Namespace) -> int:
    from pipelines.explore.command import ExplorerSettings, explore

    output: Path = options.output or options.processed / "explorer"
    explore(ExplorerSettings(options.processed, options.release, output, opens=options.open, is_json=options.json))
    return 0
